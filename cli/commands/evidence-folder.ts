import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { NamedEvidence } from "#lib/record/evidence-named";
import type { Check } from "#lib/record/verify-transcript";

type AtHand = { readonly file: string; readonly sha256: string };

/**
 * Holds the files of a folder against those that a record names: by their hashes, whatever they are called now. What is not at
 * hand is said and proves nothing; a file that has the name of one in the record and another hash is not what it seems.
 */
export async function compareEvidence(folder: string, named: readonly NamedEvidence[]): Promise<Check> {
  const name = "evidence";
  if (named.length === 0) return { name, ok: true, reason: "The record names no files." };
  const atHand = await filesIn(folder);
  const found = named.filter(({ sha256 }) => atHand.some((file) => file.sha256 === sha256));
  const known = (file: AtHand) => named.some(({ sha256 }) => sha256 === file.sha256);
  const untrue = atHand.filter((file) => !known(file) && named.some((one) => one.name === path.basename(file.file)));
  if (untrue.length > 0) {
    const told = untrue.map(({ file, sha256 }) => `${file} (SHA-256 ${sha256})`).join(", ");
    return { name, ok: false, reason: `Not the files that the record names by these names: ${told}.` };
  }
  const missing = named.filter((one) => !found.includes(one)).map((one) => `${one.name ?? "unnamed"} (${one.sha256.slice(0, 8)}…)`);
  const others = atHand.filter((file) => !known(file)).length;
  const sentences = [
    `${String(found.length)} of ${String(named.length)} files that the record names are at hand, with the hashes it names.`,
    ...(missing.length > 0 ? [`Not at hand: ${missing.join(", ")}.`] : []),
    ...(others > 0 ? [`${String(others)} other files are not named in it.`] : []),
  ];
  return { name, ok: true, reason: sentences.join(" ") };
}

/** Every file in a folder and the folders in it, hashed as a stream: a film of many GB takes no more memory than a photograph. */
async function filesIn(folder: string): Promise<AtHand[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const hashed: AtHand[] = [];
  for (const file of files.sort()) {
    const hash = createHash("sha256");
    for await (const part of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(part as Buffer);
    hashed.push({ file: path.relative(folder, file), sha256: hash.digest("hex") });
  }
  return hashed;
}
