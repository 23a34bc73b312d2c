import { noteVerification } from "#lib/conduct/note-verification";
import { verificationPorts } from "#lib/wiring/desk-looks";
import { forPeople } from "../../../../interface";
import { Verification } from "../../../desk.schema";

/** Notes what an auditor's own browser found when it checked the record: their claim. */
export const POST = forPeople(
  ({ params, form }, actor) => noteVerification(verificationPorts(), actor, { ceremony: params["ceremony"] ?? "", ...form }),
  Verification,
);
