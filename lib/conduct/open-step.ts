import { hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** The operator opens a step, or opens it again with the deviation that says why. What it asks may be signed until it expires. */
export function openStep(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly step: string; readonly deviation?: number | undefined },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (transcript, { at }) => {
    const { minutes } = transcript.ceremony.script.expires;
    const expires = new Date(Date.parse(at) + minutes * 60_000).toISOString();
    const nonce = hex(room.world.random(32));
    return ok({
      kind: "step-opened",
      body: { step: form.step, nonce, expires, deviation: form.deviation ?? null },
      openings: [],
    });
  });
}
