import { object } from "#lib/conduct/objection";
import { evidenceFile } from "#lib/wiring";
import { noteTaken } from "#lib/wiring/taken-files";
import { forLookers } from "../../../../lookers";

/**
 * A file that is evidence, to be kept and never to be shown: whatever somebody handed in, it is downloaded under its hash. That
 * it runs nothing if a browser opens it all the same is proxy.ts's doing (DOWNLOAD_POLICY).
 */
export const GET = forLookers(async ({ params }, { person }) => {
  const ceremony = params["id"] ?? "";
  const file = await evidenceFile(ceremony, person, params["sha256"] ?? "");
  if (!file) return object("NOT-FOUND");
  const bytes = new Uint8Array(file.bytes);
  await noteTaken(person, { what: "evidence", of: { ceremony }, bytes });
  return new Response(bytes, {
    headers: {
      "content-type": file.mediaType,
      "content-disposition": `attachment; filename="${file.sha256}"`,
      "content-length": String(file.size),
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
});
