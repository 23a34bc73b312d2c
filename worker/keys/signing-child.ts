import { addOn } from "../token/add-on";
import { serveSigning } from "./serve-signing";

// eslint-disable-next-line no-restricted-properties -- this process has an environment of its own, made for it by the key process
serveSigning(addOn(), process.env);
