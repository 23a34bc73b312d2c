import type { Endorsement } from "#lib/ceremony/endorsement";
import { readRoster } from "#lib/ceremony/read-roster";
import { followRoster } from "#lib/ceremony/roster-chain";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { KnownRoster } from "./people-ports";

/** A published roster that can be read: its bytes are what its hash says, and sound. */
export type ReadRoster = { readonly row: KnownRoster; readonly roster: Roster };

/** The rosters of kept rows, those that cannot be read left out: one planted row must not hide the others. */
export const readRosters = (rows: readonly KnownRoster[]): ReadRoster[] =>
  rows.flatMap((row) => {
    const roster = readRoster(row.bytes);
    return roster && rosterHash(roster) === row.hash ? [{ row, roster }] : [];
  });

/** What a roster's standing is judged by. */
export type StandingPorts = {
  readonly verifier: SignatureVerifier;
  /** Everything kept about a document, by its hash. */
  readonly endorsements: (document: string) => Promise<readonly Endorsement[]>;
  /** Hashes of the rosters that a worker says it has trusted. */
  readonly trusted: ReadonlySet<string>;
  readonly now: string;
};

/**
 * The roster of one mode's list that counts now, or null where there is none: the newest that a worker trusts, else the first,
 * and from it on every version that the quorum of the one before endorsed. The same rule by which a worker goes from one to the
 * next; what a worker says of itself is used for nothing but this, and the worker judges again.
 */
export async function rosterInForce(rosters: readonly ReadRoster[], ports: StandingPorts): Promise<ReadRoster | null> {
  const newestFirst = [...rosters].sort((a, b) => b.roster.version - a.roster.version);
  let current = newestFirst.find(({ row }) => ports.trusted.has(row.hash)) ?? newestFirst.at(-1) ?? null;
  while (current) {
    const next = await followerOf(current, newestFirst, ports);
    if (!next) return current;
    current = next;
  }
  return null;
}

async function followerOf(
  current: ReadRoster,
  newestFirst: readonly ReadRoster[],
  { verifier, endorsements, now }: StandingPorts,
): Promise<ReadRoster | null> {
  for (const one of newestFirst) {
    if (one.roster.prev !== current.row.hash) continue;
    if ((await followRoster(verifier, current.roster, one.roster, await endorsements(one.row.hash), now)).ok) return one;
  }
  return null;
}
