import { object } from "#lib/conduct/objection";
import { toPem } from "#lib/x509/pem";
import { sealedRecord } from "#lib/wiring";
import { forPeople } from "../../../interface";

/** The recorder's certificate: a convenience. Whoever verifies compares its fingerprint with the minutes. */
export const GET = forPeople(async ({ params }, { person }) => {
  const id = params["id"] ?? "";
  const found = await sealedRecord(id, person);
  if (found === "not-found") return object("NOT-FOUND");
  if (found === "destroyed") return object("RECORD-DESTROYED");
  if (found === "not-sealed") return object("RECORD-NOT-SEALED");
  return new Response(toPem("CERTIFICATE", found.trustAnchor), {
    headers: {
      "content-type": "application/x-pem-file",
      "content-disposition": 'attachment; filename="trust-anchor.pem"',
      "cache-control": "private, no-store",
    },
  });
});
