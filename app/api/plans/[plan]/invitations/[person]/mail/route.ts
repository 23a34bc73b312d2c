import { z } from "zod";
import { sendInvitationAgain } from "#lib/conduct/send-invitation-again";
import { planPorts } from "#lib/wiring/plans";
import { forPeople } from "../../../../../interface";

/** Sends somebody's invitation once more. */
export const POST = forPeople(
  ({ params }, actor) => sendInvitationAgain(planPorts(), actor, params["plan"] ?? "", params["person"] ?? ""),
  z.strictObject({}),
);
