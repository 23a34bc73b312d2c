import { object } from "#lib/conduct/objection";
import { takenRecord } from "#lib/wiring";
import { forPeople } from "../../../interface";

/** The sealed record, for those who took part and for auditors. */
export const GET = forPeople(async ({ params }, { person }) => {
  const id = params["id"] ?? "";
  const found = await takenRecord(id, person);
  if (found === "not-found") return object("NOT-FOUND");
  if (found === "destroyed") return object("RECORD-DESTROYED");
  if (found === "not-sealed") return object("RECORD-NOT-SEALED");
  return new Response(new Uint8Array(found.pdf), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="record-${id}.pdf"`,
      "cache-control": "private, no-store",
      etag: `"${found.sha256}"`,
    },
  });
});
