import { rosterToEndorse, soundEndorsements } from "#lib/ceremony/endorsement";
import { readEndorsement } from "#lib/ceremony/read-endorsement";
import { readRoster } from "#lib/ceremony/read-roster";
import { endorsersOf, rosterHash, type Roster } from "#lib/ceremony/roster";
import { valuesOf } from "#lib/log/commitment";
import { openDatabase, type Database } from "#lib/store/database";
import { listEndorsements } from "#lib/store/endorsements";
import { listRosters, type RosterRow } from "#lib/store/rosters";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { printable } from "./printable";

/** A roster that the app published, as the worker's console reads it. */
export interface Published {
  readonly row: RosterRow;
  readonly roster: Roster;
  /** How far its signatures have come, of the custodians of the version before; null for the first. */
  readonly endorsed: { readonly by: readonly string[]; readonly awaited: readonly string[]; readonly needed: number } | null;
}

/** Every roster in the database whose bytes are what its hash says; the others are told and left out. */
export async function publishedRosters(databaseUrl: string): Promise<Published[]> {
  const db = openDatabase(databaseUrl, { connections: 1, name: "claviger-roster" });
  try {
    const read = (await listRosters(db)).flatMap((row) => {
      const roster = readRoster(row.bytes);
      if (roster && rosterHash(roster) === row.hash) return [{ row, roster }];
      console.error(`Roster ${printable(row.mode)}/${String(row.version)} in the database is not sound and is left out.`);
      return [];
    });
    return await Promise.all(
      read.map(async (one) => {
        const before = read.find(({ row }) => row.hash === one.roster.prev);
        return { ...one, endorsed: before ? await endorsements(db, one.roster, before) : null };
      }),
    );
  } finally {
    await db.$disconnect();
  }
}

/** By their names, where the openings of the version before say them. */
async function endorsements(
  db: Database,
  roster: Roster,
  before: Pick<Published, "row" | "roster">,
): Promise<Published["endorsed"]> {
  const kept = (await listEndorsements(db, rosterHash(roster))).flatMap((bytes) => readEndorsement(bytes) ?? []);
  const now = new Date().toISOString();
  const sound = await soundEndorsements(webCryptoVerifier, rosterToEndorse(roster), before.roster, kept, now);
  const signed = sound.map(({ verified }) => verified.statement.person);
  const value = valuesOf(before.row.openings);
  const asked = endorsersOf(before.roster).map(({ person, name }) => ({ person, name: printable(value(name) ?? person) }));
  return {
    by: asked.filter(({ person }) => signed.includes(person)).map(({ name }) => name),
    awaited: asked.filter(({ person }) => !signed.includes(person)).map(({ name }) => name),
    needed: before.roster.quorum.approve,
  };
}
