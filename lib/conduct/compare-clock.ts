import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

export type CompareClock = { readonly device: string; readonly name: string; readonly milliseconds: number };

/**
 * How far a device's clock is ahead of the server's, as the device itself measured it; what the device is called is committed.
 * Answers null where it is written down already: a page that was loaded twice says it twice.
 */
export async function compareClock(
  room: Room,
  actor: Actor,
  ceremony: string,
  { device, name, milliseconds }: CompareClock,
): Promise<Result<Appended | null, Objection>> {
  const written = await appendEntry(room, actor, ceremony, (_, { seq }) => {
    const texts = commitTexts(room.world, `clock-compared/${String(seq)}`, { name: { text: name, length: "line" } });
    if (!texts.ok) return texts;
    const { commitments, openings } = texts.value;
    return ok({ kind: "clock-compared", body: { device, milliseconds, ...commitments }, openings });
  });
  return !written.ok && written.refusal.code === "CLOCK-COMPARED" ? ok(null) : written;
}
