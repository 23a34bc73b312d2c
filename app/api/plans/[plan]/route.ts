import { z } from "zod";
import { changePlan } from "#lib/conduct/change-plan";
import { object } from "#lib/conduct/objection";
import { ok } from "#lib/result";
import { planFor, planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../interface";
import { Plan, Seen } from "../plan.schema";

/** A plan, as this person may see it. */
export const GET = forPeople(async ({ params }, { person }) => {
  const plan = await planFor(params["plan"] ?? "", person);
  return plan ? ok(plan) : object("NOT-FOUND");
});

/** Changes or moves it, with a reason, and tells those whom it concerns. */
export const PUT = forPeople(
  ({ params, form }, actor) => changePlan(planPorts(), actor, params["plan"] ?? "", form),
  Plan.extend({ seen: Seen, reason: z.string() }),
);
