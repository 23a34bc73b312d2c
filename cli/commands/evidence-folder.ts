import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { FileAtHand } from "#lib/record/compare-evidence";

/** Every file in a folder and the folders in it, hashed as a stream: a film of many GB takes no more memory than a photograph. */
export async function filesIn(folder: string): Promise<FileAtHand[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const hashed: FileAtHand[] = [];
  for (const file of files.sort()) {
    const hash = createHash("sha256");
    for await (const part of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(part as Buffer);
    hashed.push({ file: path.relative(folder, file), sha256: hash.digest("hex") });
  }
  return hashed;
}
