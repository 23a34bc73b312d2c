import { receiveDocuments } from "#lib/conduct/request-documents";
import { deskPorts } from "#lib/wiring/desk";
import { forPeople } from "../../../../interface";
import { Receipt } from "../../../desk.schema";

/** Whoever asked says that they have what was handed over. */
export const POST = forPeople(
  ({ params, form }, actor) => receiveDocuments(deskPorts(), actor, `request/${params["request"] ?? ""}`, form),
  Receipt,
);
