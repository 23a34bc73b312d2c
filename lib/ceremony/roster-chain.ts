import { ok, type Result } from "../result";
import { reachEndorsed, rosterToEndorse, soundEndorsements, type Endorsed, type Endorsement } from "./endorsement";
import { no, type Refusal } from "./refusal";
import { rosterHash, soundRoster, type Roster } from "./roster";
import type { SignatureVerifier } from "./signature-verifier";

declare const followed: unique symbol;

/** Proof that a roster follows one that is trusted, by the will of that one's own quorum. Only `followRoster` makes one. */
export type FollowedRoster = { readonly [followed]: true; readonly roster: Roster; readonly endorsed: Endorsed };

/**
 * Whether `next` may be trusted because `trusted` is: sound, of the same mode, naming it as the one before, of a higher
 * version, and endorsed by its quorum. Versions that nobody endorsed may lie between. Of `kept` only what counts is looked at.
 * The people who are new in `next` have no say in it. Refuses ROSTER-PASSKEY, ROSTER-QUORUM, ROSTER-FOLLOWS, ROSTER-ENDORSED.
 */
export async function followRoster(
  verifier: SignatureVerifier,
  trusted: Roster,
  next: Roster,
  kept: readonly Endorsement[],
  until: string,
): Promise<Result<FollowedRoster, Refusal>> {
  const sound = soundRoster(next);
  if (!sound.ok) return sound;
  const before = rosterHash(trusted);
  if (next.mode !== trusted.mode || next.prev !== before || next.version <= trusted.version) {
    return no("ROSTER-FOLLOWS", { version: next.version, trusted: trusted.version, mode: next.mode, prev: next.prev });
  }
  const document = rosterToEndorse(next);
  const counting = await soundEndorsements(verifier, document, trusted, kept, until);
  const endorsed = reachEndorsed(
    document,
    trusted,
    counting.map(({ verified }) => verified),
    until,
    "ROSTER-ENDORSED",
  );
  return endorsed.ok ? ok({ roster: next, endorsed: endorsed.value } as FollowedRoster) : endorsed;
}
