import { logFile } from "#lib/wiring/transparency-log";
import { forAnyone } from "../../api/interface";

/** A year: a tile never changes. */
const LASTING = "public, max-age=31536000, immutable";
const FRESH = "public, max-age=2";

/** The transparency log as static files (C2SP tlog-tiles), for everybody: it holds hashes, and what signs them is looked at, not asked. */
const serve = forAnyone(async ({ request }) => {
  const { pathname } = new URL(request.url);
  const file = await logFile(decodeURIComponent(pathname).replace(/^\/log\//, ""));
  if (!file) return new Response("There is no such file in the log.\n", { status: 404, headers: { "cache-control": "no-store" } });
  const { bytes, type, lasting } = file;
  return new Response(new Uint8Array(bytes), {
    headers: { "content-type": type, "cache-control": lasting ? LASTING : FRESH, "access-control-allow-origin": "*" },
  });
});

export const GET = (request: Request): Promise<Response> => serve(request, { params: Promise.resolve({}) });
