import type { Endorsable } from "#lib/ceremony/endorsement";
import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** An endorsement as it is kept. `bytes` are canonical: statement and assertion; the columns repeat what the statement says. */
export type NewEndorsement = {
  readonly hash: string;
  readonly document: string;
  readonly roster: string;
  readonly person: string;
  readonly what: Endorsable["what"];
  readonly at: string;
  readonly bytes: Uint8Array;
};

/** The bytes of everything kept about a document, the oldest first. Whoever reads them verifies them before believing them. */
export async function listEndorsements(db: Database, document: string): Promise<Uint8Array[]> {
  const rows = await db.endorsement.findMany({
    where: { document },
    orderBy: [{ createdAt: "asc" }, { hash: "asc" }],
    select: { bytes: true },
  });
  return rows.map(({ bytes }) => bytes);
}

/** How many endorsements are kept about each document of a kind; a document without any is not among them. */
export async function countEndorsements(db: Database, what: Endorsable["what"]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.endorsement.groupBy({ by: ["document"], where: { what }, _count: { _all: true } });
  return new Map(rows.map(({ document, _count }) => [document, _count._all]));
}

/** The bytes of all that people said of themselves, of one kind, the oldest first; as little to be believed as the above. */
export async function listOwnStatements(db: Database, what: "duties" | "passkey"): Promise<Uint8Array[]> {
  const rows = await db.endorsement.findMany({
    where: { what },
    orderBy: [{ at: "desc" }, { hash: "asc" }],
    take: MOST_READ,
    select: { bytes: true },
  });
  return rows.map(({ bytes }) => bytes).reverse();
}

/** Far more than there are custodians: of each only the newest is wanted. */
const MOST_READ = 2_000;

/** Keeps an endorsement and notes it for the auditor. The very same one twice is once. */
export async function keepEndorsement(db: Database, endorsement: NewEndorsement): Promise<void> {
  const { bytes, at, ...columns } = endorsement;
  const { document, roster, person, what } = columns;
  try {
    await db.$transaction([
      db.endorsement.create({ data: { ...columns, at: new Date(at), bytes: new Uint8Array(bytes) }, select: { hash: true } }),
      writeAudit(db, { kind: "endorsement-signed", by: person, facts: { what, hash: document, roster } }),
    ]);
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
}
