import { z } from "zod";
import { addDuty } from "#lib/conduct/checklist";
import { LISTS } from "#lib/conduct/plan";
import { planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../../interface";
import { Duty } from "../../plan.schema";

/** Adds a duty to one of a plan's lists. */
export const POST = forPeople(
  ({ params, form }, actor) => addDuty(planPorts(), actor, params["plan"] ?? "", form),
  Duty.extend({ list: z.enum(LISTS), text: z.string() }),
);
