import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitFiles, type FileNamed } from "./commit-files";
import { commitTexts } from "./commit-text";
import type { HeldFile } from "./keep-file";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

export type NoteEvidence = {
  readonly step: string;
  readonly name: string;
  readonly kept: string;
  readonly sha256?: string | undefined;
  readonly files?: readonly FileNamed[] | undefined;
};

/**
 * Something kept outside the transcript is named: what it is called, where it is kept, and its files by their hashes where
 * there are any already. `held` are the files whose bytes the app keeps for this ceremony.
 */
export function noteEvidence(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: NoteEvidence,
  held: readonly HeldFile[] = [],
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (_, { seq }) => {
    const path = `evidence-noted/${String(seq)}`;
    const texts = commitTexts(room.world, path, {
      name: { text: form.name, length: "line" },
      kept: { text: form.kept, length: "line" },
    });
    if (!texts.ok) return texts;
    const named = commitFiles(room.world, `${path}/files`, form.files ?? [], held);
    if (!named.ok) return named;
    const files = [...named.value.files];
    return ok({
      kind: "evidence-noted",
      body: { step: form.step, ...texts.value.commitments, sha256: form.sha256 ?? null, ...(files.length > 0 && { files }) },
      openings: [...texts.value.openings, ...named.value.openings],
    });
  });
}
