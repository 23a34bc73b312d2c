import { requestDocuments } from "#lib/conduct/request-documents";
import { deskPorts } from "#lib/wiring/desk";
import { forPeople } from "../../interface";
import { Request } from "../desk.schema";

/** An auditor asks for documents, by a day. */
export const POST = forPeople(({ form }, actor) => requestDocuments(deskPorts(), actor, form), Request);
