import { object } from "#lib/conduct/objection";
import { deskFileFor } from "#lib/wiring/desk-looks";
import { forPeople } from "../../../interface";

/**
 * A file that a matter of the desk names, to be kept and never to be shown (proxy.ts: DOWNLOAD_POLICY). Each time it is taken is
 * noted.
 */
export const GET = forPeople(async ({ request, params }, actor) => {
  const sha256 = params["sha256"] ?? "";
  const file = await deskFileFor(actor, new URL(request.url).searchParams.get("matter") ?? "", sha256);
  if (file === null) return object("NOT-FOUND");
  if ("ok" in file) return file;
  const ending = file.mediaType === "application/zip" ? ".zip" : file.mediaType === "application/json" ? ".json" : "";
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      "content-type": file.mediaType,
      "content-disposition": `attachment; filename="${sha256}${ending}"`,
      "content-length": String(file.size),
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
});
