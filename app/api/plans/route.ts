import { Hash } from "#lib/ceremony/roster.schema";
import { makePlan } from "#lib/conduct/make-plan";
import { ok } from "#lib/result";
import { modeOf } from "#lib/wiring/parts";
import { planPorts, plans } from "#lib/wiring/plans";
import { forPeople } from "../interface";
import { Plan } from "./plan.schema";

/** The plans this person may look at, by their date. */
export const GET = forPeople(async (_, { person }) => ok({ plans: await plans(person) }));

/** Plans a ceremony, and invites its people. */
export const POST = forPeople(
  ({ form }, actor) => makePlan(planPorts(), actor, modeOf(), form),
  Plan.extend({ scriptHash: Hash }),
);
