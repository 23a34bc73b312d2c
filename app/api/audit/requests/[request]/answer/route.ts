import { answerRequest } from "#lib/conduct/request-documents";
import { deskPorts } from "#lib/wiring/desk";
import { forPeople } from "../../../../interface";
import { Answer } from "../../../desk.schema";

/** An administrator answers a request, with files that were taken in before. */
export const POST = forPeople(
  ({ params, form }, actor) => answerRequest(deskPorts(), actor, `request/${params["request"] ?? ""}`, form),
  Answer,
);
