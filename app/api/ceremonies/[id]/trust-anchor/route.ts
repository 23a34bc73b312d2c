import { object } from "#lib/conduct/objection";
import { utf8 } from "#lib/log/digest";
import { toPem } from "#lib/x509/pem";
import { sealedRecord } from "#lib/wiring";
import { noteTaken } from "#lib/wiring/taken-files";
import { forPeople } from "../../../interface";

/** The recorder's certificate: a convenience. Whoever verifies compares its fingerprint with the minutes. */
export const GET = forPeople(async ({ params }, { person }) => {
  const id = params["id"] ?? "";
  const found = await sealedRecord(id, person);
  if (found === "not-found") return object("NOT-FOUND");
  if (found === "destroyed") return object("RECORD-DESTROYED");
  if (found === "not-sealed") return object("RECORD-NOT-SEALED");
  const bytes = new Uint8Array(utf8(toPem("CERTIFICATE", found.trustAnchor)));
  await noteTaken(person, { what: "trust-anchor", of: { ceremony: id }, bytes });
  return new Response(bytes, {
    headers: {
      "content-type": "application/x-pem-file",
      "content-disposition": 'attachment; filename="trust-anchor.pem"',
      "cache-control": "private, no-store",
    },
  });
});
