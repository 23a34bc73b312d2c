import { z } from "zod";
import { cancelPlan } from "#lib/conduct/cancel-plan";
import { planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../../interface";
import { Seen } from "../../plan.schema";

/** Cancels a plan for good, with a reason. */
export const POST = forPeople(
  ({ params, form }, actor) => cancelPlan(planPorts(), actor, params["plan"] ?? "", form),
  z.strictObject({ seen: Seen, reason: z.string() }),
);
