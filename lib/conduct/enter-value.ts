import { stateOf } from "#lib/ceremony/ceremony";
import { openingOf } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitFiles, type FileNamed } from "./commit-files";
import { commitValue, newSalt } from "./commit-text";
import type { HeldFile } from "./keep-file";
import type { Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";
import type { Transcript } from "./transcript";

/**
 * A value as one person read it. The second reader's commitment takes the salt of the first one's, so that the same value
 * gives the same commitment and the rules can compare two readings without anybody's value standing in the chain. A photograph of
 * what was read may stand beside it; `held` are the files whose bytes the app keeps for this ceremony.
 */
export function enterValue(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly step: string; readonly value: string; readonly photo?: FileNamed | undefined },
  held: readonly HeldFile[] = [],
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (transcript, { seq }) => {
    const value = readableText(room.world, "value", form.value, "line");
    if (!value.ok) return value;
    const opening = stateOf(transcript.ceremony, form.step)?.opening;
    const salt = saltOfFirst(transcript, form.step) ?? newSalt(room.world);
    const read = commitValue(`check/${form.step}/${opening?.nonce ?? ""}`, value.value, salt);
    const named = commitFiles(room.world, `value-entered/${String(seq)}/photo`, form.photo ? [form.photo] : [], held);
    if (!named.ok) return named;
    const [photo] = named.value.files;
    return ok({
      kind: "value-entered",
      body: { step: form.step, value: read.commitment, ...(photo && { photo }) },
      openings: [read.opening, ...named.value.openings],
    });
  });
}

function saltOfFirst({ ceremony, openings }: Transcript, step: string): string | null {
  const first = stateOf(ceremony, step)?.deeds[0];
  return first?.kind === "value-entered" ? (openingOf(first.body.value, openings)?.salt ?? null) : null;
}
