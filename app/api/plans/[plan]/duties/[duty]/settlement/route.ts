import { z } from "zod";
import { settleDuty } from "#lib/conduct/checklist";
import { planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../../../../interface";

/** Done, or signed off as not done, because. */
export const POST = forPeople(
  ({ params, form }, actor) => settleDuty(planPorts(), actor, params["plan"] ?? "", params["duty"] ?? "", form),
  z.strictObject({ notDoneBecause: z.string().nullable() }),
);
