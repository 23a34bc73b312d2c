import type { EvidenceFile } from "#lib/ceremony/ceremony";
import type { Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import { commitTexts } from "./commit-text";
import type { HeldFile } from "./keep-file";
import type { Objection } from "./objection";
import type { World } from "./ports";

/** A file as somebody names it: what it is called, and what their browser found it to be. */
export type FileNamed = HeldFile & { readonly name: string };

/**
 * Files as an entry names them, `path` before the place of each. Of those kept here size and type are what was kept, whatever
 * was said; of the others what the browser found, which read them and sent nothing.
 */
export function commitFiles(
  world: World,
  path: string,
  named: readonly FileNamed[],
  held: readonly HeldFile[],
): Result<{ readonly files: readonly EvidenceFile[]; readonly openings: readonly Opening[] }, Objection> {
  const files: EvidenceFile[] = [];
  const openings: Opening[] = [];
  for (const [i, { name, sha256, size, mediaType }] of named.entries()) {
    const text = commitTexts(world, `${path}/${String(i)}`, { name: { text: name, length: "line" } });
    if (!text.ok) return text;
    const kept = held.find((one) => one.sha256 === sha256);
    files.push({ ...text.value.commitments, sha256, ...(kept ?? { size, mediaType }), held: kept !== undefined });
    openings.push(...text.value.openings);
  }
  return ok({ files, openings });
}
