import { z } from "zod";
import { answerInvitation } from "#lib/conduct/answer-invitation";
import { ANSWERS } from "#lib/conduct/plan";
import { planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../../interface";
import { Seen } from "../../plan.schema";

const Answer = z.strictObject({
  seen: Seen,
  answer: z.enum(ANSWERS),
  proposedAt: z.iso.datetime({ offset: true }).nullable(),
  remark: z.string(),
});

/** One's own answer to an invitation. There is no GET that answers: a link alone does nothing. */
export const POST = forPeople(({ params, form }, actor) => answerInvitation(planPorts(), actor, params["plan"] ?? "", form), Answer);
