import { currentStep, type Ceremony } from "#lib/ceremony/ceremony";
import { sha256Hex } from "#lib/log/digest";
import { append, AGAIN, blocked, WAIT, type Acted, type Acting } from "./acting";
import type { FollowedCeremony } from "./followed-ceremony";

/** Whether nothing is left but the last entry: everybody has signed, or the room has given up, and the token is at rest. */
export function isOver(ceremony: Ceremony): boolean {
  if (ceremony.steps.some((state) => state.started)) return false;
  return ceremony.phase === "aborted" || (ceremony.phase === "running" && currentStep(ceremony) === null);
}

/** Writes the last entry. */
export async function closeCeremony(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony): Promise<Acted> {
  const result = ceremony.phase === "aborted" ? "aborted" : "completed";
  const closed = await append(acting, followed, "ceremony-closed", { result, entries: ceremony.head.seq + 2 });
  return closed.ok ? AGAIN : blocked({ code: closed.refusal.invariant, facts: closed.refusal.facts });
}

/**
 * Seals the record of a closed ceremony, once, from the transcript as this worker has verified it, read and compared a last
 * time. Afterwards the worker needs to look at the ceremony no more.
 */
export async function sealRecord(acting: Acting, followed: FollowedCeremony): Promise<Acted> {
  if (!(await acting.store.isSealed(followed.id))) {
    const now = await followed.readAgain();
    if (!now.ok) return blocked(now.refusal);
    await acting.confirmLeadership();
    await acting.say("sealing the record");
    const pdf = await acting.seal(followed.transcript(), now.value);
    await acting.store.keepRecord({
      ceremony: followed.id,
      sha256: sha256Hex(pdf),
      pdf,
      trustAnchor: acting.recorder.certificate,
      sealedAt: acting.now().toISOString(),
    });
  }
  const { head } = followed.ceremony ?? {};
  if (head) acting.memory.sawHead(followed.id, { seq: head.seq, hash: head.hash, closed: true });
  return WAIT;
}
