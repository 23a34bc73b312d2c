import { currentStep, type Ceremony } from "#lib/ceremony/ceremony";
import type { Database } from "./database";

/** One row of a list of ceremonies: what the transcript comes to. A projection; the entries are what is so. */
export type CeremonySummary = {
  readonly id: string;
  readonly title: string;
  readonly mode: string;
  readonly phase: string;
  readonly result: string | null;
  /** Id of the first step that is not done; null when all are. */
  readonly currentStep: string | null;
  readonly headSeq: number;
  readonly headHash: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** Ids of the participants. */
  readonly people: readonly string[];
};

/** The summary of a ceremony as its entries made it. */
export const summaryOf = (ceremony: Ceremony): CeremonySummary => ({
  id: ceremony.id,
  title: ceremony.title,
  mode: ceremony.mode,
  phase: ceremony.phase,
  result: ceremony.closed?.result ?? null,
  currentStep: currentStep(ceremony)?.step.step ?? null,
  headSeq: ceremony.head.seq,
  headHash: ceremony.head.hash,
  openedAt: ceremony.openedAt,
  closedAt: ceremony.closed?.at ?? null,
  people: ceremony.participants.map(({ person }) => person),
});

/** Every ceremony, newest first; `of` narrows to those a person takes part in. */
export async function listCeremonies(db: Database, of?: { readonly person: string }): Promise<CeremonySummary[]> {
  const rows = await db.ceremony.findMany({
    ...(of ? { where: { people: { has: of.person } } } : {}),
    orderBy: [{ openedAt: "desc" }, { id: "desc" }],
  });
  return rows.map((row) => ({ ...row, openedAt: row.openedAt.toISOString(), closedAt: row.closedAt?.toISOString() ?? null }));
}

/** What is listed of one ceremony, or null. */
export async function findCeremony(db: Database, id: string): Promise<CeremonySummary | null> {
  const row = await db.ceremony.findUnique({ where: { id } });
  return row && { ...row, openedAt: row.openedAt.toISOString(), closedAt: row.closedAt?.toISOString() ?? null };
}

/** The write that makes the projection say what the summary says; part of the transaction that appends. */
export function writeSummary(db: Pick<Database, "ceremony">, summary: CeremonySummary) {
  const { id, ...rest } = summary;
  const columns = {
    ...rest,
    openedAt: new Date(rest.openedAt),
    closedAt: rest.closedAt === null ? null : new Date(rest.closedAt),
    people: [...rest.people],
  };
  return db.ceremony.upsert({ where: { id }, create: { id, ...columns }, update: columns });
}

/**
 * Drops the projection and makes it again from the summaries given, in one transaction. The caller folds the transcripts;
 * a ceremony whose transcript does not hold is left out by not giving it.
 */
export async function rebuildCeremonies(db: Database, summaries: readonly CeremonySummary[]): Promise<void> {
  await db.$transaction([db.ceremony.deleteMany(), ...summaries.map((summary) => writeSummary(db, summary))]);
}
