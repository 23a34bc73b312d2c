import { readEndorsement } from "#lib/ceremony/read-endorsement";
import { readRoster } from "#lib/ceremony/read-roster";
import { followRoster, type FollowedRoster } from "#lib/ceremony/roster-chain";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { sha256Hex, utf8 } from "#lib/log/digest";
import type { Acting } from "./acting";
import { CLOCK_TOLERANCE_MS } from "#lib/ceremony/signing-time";
import type { PinnedRoster } from "./memory";
import { signAsRecorder } from "./recorder";

type Following = Pick<Acting, "memory" | "store" | "recorder" | "verifier" | "token" | "mode" | "now">;

/**
 * Goes on from the newest roster this worker trusts, in its mode, to the one that its quorum endorsed, as often as
 * there is one, and pins it under the same seal as what was trusted at the console. Every signature is verified here, against
 * the version in the worker's own memory; what the database holds beside it counts for nothing. Without a first version,
 * trusted at the console, nothing follows. Answers what was pinned.
 */
export async function followRosters(following: Following, unfit: Unfit = new Map()): Promise<Roster[]> {
  const { memory, recorder, verifier, token, mode, now } = following;
  const pinned: Roster[] = [];
  for (;;) {
    const newest = await memory.newestPinned(mode, recorder.spki, verifier);
    const next = newest && (await endorsedAfter(following, newest, unfit));
    if (!next) return pinned;
    await memory.pinRoster(next.roster, now().toISOString(), (bytes) => signAsRecorder(token, bytes));
    pinned.push(next.roster);
  }
}

/**
 * What was looked at and does not follow, with the signatures it had, and when: planted rows cost a look a minute and not one a round. Time
 * alone can make a signature count that was dated a little ahead.
 */
export type Unfit = Map<string, number>;
const AGAIN_MS = 60_000;

/** The roster that the quorum of `newest` endorsed, or null; of several the one of the highest version. */
async function endorsedAfter({ store, verifier, now }: Following, newest: PinnedRoster, unfit: Unfit): Promise<FollowedRoster | null> {
  const until = new Date(now().getTime() + CLOCK_TOLERANCE_MS).toISOString();
  const following: FollowedRoster[] = [];
  for (const row of await store.rostersAfter(newest.roster.mode, newest.hash)) {
    const roster = readRoster(row.bytes);
    if (!roster) continue;
    const endorsements = await store.endorsements(row.hash);
    const looked = sha256Hex(utf8([newest.hash, rosterHash(roster), ...endorsements.map(sha256Hex)].join("\n")));
    if (now().getTime() - (unfit.get(looked) ?? -Infinity) < AGAIN_MS) continue;
    const kept = endorsements.flatMap((bytes) => readEndorsement(bytes) ?? []);
    const followed = await followRoster(verifier, newest.roster, roster, kept, until);
    if (followed.ok) following.push(followed.value);
    else unfit.set(looked, now().getTime());
  }
  return following.sort((a, b) => b.roster.version - a.roster.version)[0] ?? null;
}
