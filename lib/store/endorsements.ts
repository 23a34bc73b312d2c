import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** An endorsement as it is kept. `bytes` are canonical: statement and assertion; the columns repeat what the statement says. */
export type NewEndorsement = {
  readonly hash: string;
  readonly document: string;
  readonly roster: string;
  readonly person: string;
  readonly what: "roster" | "script" | "duties" | "passkey";
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

/** Keeps an endorsement and notes it for the auditor. "taken" when this person has endorsed the document under that roster. */
export async function keepEndorsement(db: Database, endorsement: NewEndorsement): Promise<"kept" | "taken"> {
  const { bytes, at, ...columns } = endorsement;
  const { document, roster, person, what } = columns;
  try {
    await db.$transaction([
      db.endorsement.create({ data: { ...columns, at: new Date(at), bytes: new Uint8Array(bytes) }, select: { hash: true } }),
      writeAudit(db, { kind: "endorsement-signed", by: person, facts: { what, hash: document, roster } }),
    ]);
  } catch (fault) {
    if (isTaken(fault)) return "taken";
    throw fault;
  }
  return "kept";
}
