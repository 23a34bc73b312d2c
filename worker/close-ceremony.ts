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
 * Sees to it that the record of a closed ceremony is in the database, once, and is the one that this worker sealed from the
 * transcript as it has verified it. Afterwards the worker needs to look at the ceremony no more.
 */
export async function sealRecord(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony): Promise<Acted> {
  const record = await acting.store.recordHash(followed.id);
  if (record === null) return makeRecord(acting, followed, ceremony);
  const why = await acting.sealings.verdict(followed.id, record, () => faultOfStored(acting, ceremony, record));
  if (why !== null) return blocked({ code: "RECORD-MINE", facts: { why } });
  const { seq, hash } = ceremony.head;
  acting.memory.sawHead(followed.id, { seq, hash, closed: true, record });
  return WAIT;
}

async function faultOfStored(acting: Acting, ceremony: Ceremony, sha256: string): Promise<string | null> {
  const stored = await acting.store.findRecord(ceremony.id);
  if (!stored || sha256Hex(stored) !== sha256) return "it is another than a moment before";
  return acting.recordFault(stored, ceremony);
}

/** How long a record waits for the log. A day later the same proof can still be made; a room must not wait for it that long. */
const LOG_WAIT_MS = 120_000;

/**
 * Until when a record is held back for a log that does not have every entry; null when it is sealed without the proof. Counted from
 * the last entry, by what is written there: a worker that was started anew does not begin to wait anew.
 */
export function logWaitedFor({ closed }: Pick<Ceremony, "closed">, now: Date): Date | null {
  const until = closed && new Date(Date.parse(closed.at) + LOG_WAIT_MS);
  return until && now < until ? until : null;
}

/** Draws and seals it, from the transcript read and compared a last time; then keeps it, and looks at what was kept. */
async function makeRecord(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony): Promise<Acted> {
  const sealing = acting.sealings.look(followed.id);
  switch (sealing.kind) {
    case "under-way":
      return WAIT;
    case "no-stamp":
      return blocked({ code: "TIME-STAMPED", facts: { why: sealing.why, again: sealing.again.toISOString() } });
    case "failed":
      return blocked({ code: "RECORD-SEALED", facts: { why: sealing.why, again: sealing.again.toISOString() } });
    case "none": {
      await acting.confirmLeadership();
      const log = await acting.logProof(followed.transcript(), ceremony);
      const until = logWaitedFor(ceremony, acting.now());
      if (log === "behind" && until !== null) return blocked({ code: "LOG-COMPLETE", facts: { until: until.toISOString() } });
      const now = await followed.readAgain();
      if (!now.ok) return blocked(now.refusal);
      await acting.confirmLeadership();
      acting.sealings.begin(followed.id, () => acting.seal(followed.transcript(), now.value, log));
      return WAIT;
    }
    case "made": {
      const { bytes: pdf } = sealing;
      await acting.confirmLeadership();
      const [trustAnchor, sealedAt] = [acting.recorder.certificate, acting.now().toISOString()];
      // One that is there already stays as it is; whose it is, is seen when it is read back.
      await acting.store.keepRecord({ ceremony: followed.id, sha256: sha256Hex(pdf), pdf, trustAnchor, sealedAt });
      acting.sealings.forget(followed.id);
      return AGAIN;
    }
  }
}
