import { z } from "zod";
import { takeOverDraft } from "#lib/conduct/take-over-draft";
import { planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../../interface";
import { Seen } from "../../plan.schema";

/** Takes over what was drafted by itself. */
export const POST = forPeople(
  ({ params, form }, actor) => takeOverDraft(planPorts(), actor, params["plan"] ?? "", form),
  z.strictObject({ seen: Seen }),
);
