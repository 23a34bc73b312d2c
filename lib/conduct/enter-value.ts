import { stateOf } from "#lib/ceremony/ceremony";
import { openingOf } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitValue, newSalt } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";
import type { Transcript } from "./transcript";

/**
 * A value as one person read it. The second reader's commitment takes the salt of the first one's, so that the same value
 * gives the same commitment and the rules can compare two readings without anybody's value standing in the chain.
 */
export function enterValue(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly step: string; readonly value: string },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (transcript) => {
    const value = readableText(room.world, "value", form.value, "line");
    if (!value.ok) return value;
    const opening = stateOf(transcript.ceremony, form.step)?.opening;
    const salt = saltOfFirst(transcript, form.step) ?? newSalt(room.world);
    const read = commitValue(`check/${form.step}/${opening?.nonce ?? ""}`, value.value, salt);
    return ok({ kind: "value-entered", body: { step: form.step, value: read.commitment }, openings: [read.opening] });
  });
}

function saltOfFirst({ ceremony, openings }: Transcript, step: string): string | null {
  const first = stateOf(ceremony, step)?.deeds[0];
  return first?.kind === "value-entered" ? (openingOf(first.body.value, openings)?.salt ?? null) : null;
}
