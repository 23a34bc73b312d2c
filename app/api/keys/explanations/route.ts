import { z } from "zod";
import { Hash } from "#lib/ceremony/roster.schema";
import { explainFinding } from "#lib/conduct/explain-finding";
import { explainPorts } from "#lib/wiring/register";
import { forPeople } from "../../interface";

/** Writes down how a finding came about; its writer signs it afterwards. */
export const POST = forPeople(
  ({ form }, actor) => explainFinding(explainPorts(), actor, form),
  z.strictObject({ finding: Hash, says: z.string().max(20_000) }),
);
