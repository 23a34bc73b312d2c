import { changeDuty } from "#lib/conduct/checklist";
import { planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../../../interface";
import { Duty } from "../../../plan.schema";

/** Gives a duty to somebody else, or another date. */
export const PUT = forPeople(
  ({ params, form }, actor) => changeDuty(planPorts(), actor, params["plan"] ?? "", params["duty"] ?? "", form),
  Duty,
);
