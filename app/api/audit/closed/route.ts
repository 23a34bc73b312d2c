import { closeAuditFile } from "#lib/conduct/close-audit-file";
import { auditFilePorts } from "#lib/wiring/desk";
import { forPeople } from "../../interface";
import { ClosedFile } from "../desk.schema";

/** Puts what an auditor chose into one archive and closes it. */
export const POST = forPeople(({ form }, actor) => closeAuditFile(auditFilePorts(), actor, form), ClosedFile);
