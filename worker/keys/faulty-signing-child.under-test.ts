import path from "node:path";
import { addOn } from "../token/add-on";
import { faultyAddOn } from "./faulty-module.under-test";
import { serveSigning } from "./serve-signing";

/** A signing child whose module does what the file `fault` beside SoftHSM's configuration says. */
const file = path.join(path.dirname(process.env["SOFTHSM2_CONF"] ?? ""), "fault");
serveSigning(faultyAddOn(addOn(), file), process.env);
