import { LOOKED_AT, mediaTypeOf } from "#lib/conduct/media-type";
import type { HashNews } from "./file-hash.worker";

/** A file as this browser found it: nothing of it was sent. */
export type HashedFile = { readonly name: string; readonly size: number; readonly sha256: string; readonly mediaType: string };

/**
 * Hashes a file of any size in a worker of its own, part by part, so that the page stays awake and the memory flat. `progress`
 * hears how many bytes are done. Answers null when `signal` ended it; throws when the file cannot be read.
 */
export async function hashFile(file: File, progress: (done: number) => void, signal: AbortSignal): Promise<HashedFile | null> {
  const head = new Uint8Array(await file.slice(0, LOOKED_AT).arrayBuffer());
  if (signal.aborted) return null;
  const worker = new Worker(new URL("./file-hash.worker.ts", import.meta.url), { type: "module" });
  try {
    const sha256 = await new Promise<string | null>((resolve, reject) => {
      signal.addEventListener("abort", () => {
        resolve(null);
      });
      worker.addEventListener("error", ({ message }) => {
        reject(new Error(message));
      });
      worker.addEventListener("message", ({ data }: MessageEvent<HashNews>) => {
        if ("done" in data) progress(data.done);
        else if ("sha256" in data) resolve(data.sha256);
        else reject(new Error(data.unreadable));
      });
      worker.postMessage(file);
    });
    return sha256 === null ? null : { name: file.name, size: file.size, sha256, mediaType: mediaTypeOf(head) };
  } finally {
    worker.terminate();
  }
}
