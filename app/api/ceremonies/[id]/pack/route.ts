import { object } from "#lib/conduct/objection";
import { takenPack } from "#lib/wiring/taken-pack";
import { forPeople } from "../../../interface";

/** The evidence pack of a sealed record, for those who took part and for auditors. */
export const GET = forPeople(async ({ params }, { person }) => {
  const id = params["id"] ?? "";
  const found = await takenPack(id, person);
  if (found === "not-found") return object("NOT-FOUND");
  if (found === "destroyed") return object("RECORD-DESTROYED");
  if (found === "not-sealed") return object("RECORD-NOT-SEALED");
  return new Response(new Uint8Array(found.zip), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="pack-${id}.zip"`,
      "cache-control": "private, no-store",
      etag: `"${found.sha256}"`,
    },
  });
});
