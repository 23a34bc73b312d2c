import { z } from "zod";
import { Assertion } from "#lib/ceremony/assertion.schema";
import { signEndorsement } from "#lib/conduct/sign-endorsement";
import { endorsementPorts } from "#lib/wiring/endorsing";
import { forPeople } from "../interface";

/** A custodian's signature under a roster or a script. What it is about is inside what was signed. */
export const POST = forPeople(
  ({ form }, actor) => signEndorsement(endorsementPorts(), actor, form),
  z.strictObject({ statement: z.string().max(10_000), assertion: Assertion }),
);
