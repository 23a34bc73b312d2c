import type { AuditFilePorts } from "#lib/conduct/close-audit-file";
import type { DeskPorts } from "#lib/conduct/desk-ports";
import type { DestructionPorts, KeptRecord } from "#lib/conduct/destroy-record";
import type { DeskFilter } from "#lib/conduct/desk-filter";
import { holdMatter, holdState } from "#lib/conduct/hold-record";
import { renewalMatter, type RenewalPorts } from "#lib/conduct/keep-renewed-record";
import { lastIn, MATTER_KINDS, mattersFrom, type Matter, type MatterOf } from "#lib/conduct/matter";
import { recordsToRenew } from "#lib/conduct/records-to-renew";
import { keyLivesOf } from "#lib/conduct/retention";
import { retentionLinesOf, type RetentionLine } from "#lib/conduct/retention-lines";
import { keysNamed, searchedWords } from "#lib/conduct/searched-words";
import type { SamplePorts } from "#lib/conduct/take-sample";
import type { Json } from "#lib/log/canonical";
import { treeHeadIn } from "#lib/log/checkpoint";
import { base64url, hex, text, utf8 } from "#lib/log/digest";
import { eventFileText } from "#lib/log/event-file";
import { eventHash, leafBytes, type LoggedEvent } from "#lib/log/leaf";
import { leafHash } from "#lib/log/merkle";
import { logOriginOf } from "#lib/log/origin";
import { ageingOf, type Ageing } from "#lib/record/ageing";
import type { ArchivedFile } from "#lib/record/zip-archive";
import { toPem } from "#lib/x509/pem";
import { findCeremony } from "#lib/store/ceremonies";
import { foundIds, searchRecords } from "#lib/store/desk-search";
import { destroyedRecords, destroyKept, findDestruction } from "#lib/store/destructions";
import { readEntries, readEntry } from "#lib/store/entries";
import { heldFiles } from "#lib/store/evidence-files";
import { eventsAt } from "#lib/store/logged-things";
import { findDeskFile, keepDeskFile, matterEvents, noteMatter } from "#lib/store/matters";
import { countPages } from "#lib/store/notebooks";
import { findPerson } from "#lib/store/people";
import { findRecord, findSeal, sealedRecords, trustAnchors } from "#lib/store/records";
import { bringSearchTexts, type SearchReader } from "#lib/store/search-texts";
import { checkpointAfter, knownLeaves } from "#lib/store/transparency-log";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { env } from "../env";
import { database } from "./database";
import { world } from "./people-ports";
import { registerOfRead } from "./register";
import { logFile, proofUnder } from "./transparency-log";

type Said = { readonly body: { readonly [member: string]: Json } };

/** What of an entry or an event the desk finds it by. The first entry brings its script: by id and by hash. */
const searchReader: SearchReader = {
  entry: (kind, said, openings) => {
    const { body } = said as Said;
    const { script, scriptHash } = body as { readonly script?: { readonly script: string }; readonly scriptHash?: string };
    const opened = kind === "ceremony-opened" && script ? `${script.script} ${scriptHash ?? ""}` : null;
    return { words: searchedWords(said, openings), keys: keysNamed(kind, body), script: opened };
  },
  event: (_kind, facts) => ({ words: searchedWords(facts), keys: [], script: null }),
};

/** Everything that was kept until now can be found afterwards. */
export const bringSearch = (): Promise<void> => bringSearchTexts(database(), searchReader);

/** What every verb of the desk stands on. */
export function deskPorts(): DeskPorts {
  const db = database();
  return {
    people: { find: (person) => findPerson(db, person) },
    matters: {
      find: async (matter) => mattersFrom(await matterEvents(db, { matter }))[0] ?? null,
      all: (of) => mattersOf(of),
      note: (event, files) => noteMatter(db, event, files),
      keep: (file) => keepDeskFile(db, file),
      file: (sha256) => findDeskFile(db, sha256),
    },
    world,
  };
}

/** All matters of a kind, those that changed last first. */
export const mattersOf = async (of: MatterOf): Promise<readonly Matter[]> =>
  mattersFrom(await matterEvents(database(), { kinds: MATTER_KINDS[of] }));

const found: SamplePorts["found"] = async (of, filter, most) => {
  await bringSearch();
  return foundIds(database(), of, filter, most);
};

export const samplePorts = (): SamplePorts => ({ ...deskPorts(), found, firstCheckpoint });

/** Audit events are in the log of production, whatever the house is for. */
const eventOrigin = (): string | null => {
  const { CLAVIGER_LOG_ORIGIN: own } = env();
  return own === undefined ? null : logOriginOf(own, "production");
};

async function firstCheckpoint(event: string): ReturnType<SamplePorts["firstCheckpoint"]> {
  const origin = eventOrigin();
  if (origin === null) return null;
  const [logged] = await loggedEvents([event]);
  if (!logged) return "awaited";
  const leaf = leafOf(logged);
  const index = (await knownLeaves(database(), origin, [leaf])).get(leaf);
  const kept = index === undefined ? null : await checkpointAfter(database(), origin, index);
  const head = kept && treeHeadIn(kept.note);
  if (index === undefined || !head) return "awaited";
  const [proof, recorders] = await Promise.all([proofUnder(origin, index, kept), trustAnchors(database())]);
  const shown = { note: text(kept.note), event: eventFileText([logged]), proof: text(proof), recorders: recorders.map(base64url) };
  return { head: { origin, size: head.size, root: hex(head.root) }, ...shown };
}

/** Audit events as the log names them, those of these ids that are there. */
export async function loggedEvents(ids: readonly string[]): Promise<LoggedEvent[]> {
  const things = await eventsAt(database(), ids.map(BigInt));
  return things.map(({ event, at, of, by, facts, salt }) => ({ event, at, kind: of, by, facts, salt }));
}

const leafOf = (event: LoggedEvent): string => hex(leafHash(leafBytes({ kind: "event", event: event.event, hash: eventHash(event) })));

/** A closed ceremony and what is kept of it; null for one that is not closed, or not there. */
export const keptRecord = (ceremony: string): Promise<KeptRecord | null> => keptBeside(ceremony, registerOfRead);

type Registered = Awaited<ReturnType<typeof registerOfRead>>;

async function keptBeside(ceremony: string, register: () => Promise<Registered>): Promise<KeptRecord | null> {
  const db = database();
  const summary = await findCeremony(db, ceremony);
  if (summary?.phase !== "closed" || summary.closedAt === null) return null;
  const [entries, record, files, pages, destroyed, registered] = await Promise.all([
    readEntries(db, ceremony),
    findSeal(db, ceremony),
    heldFiles(db, ceremony),
    countPages(db, ceremony),
    findDestruction(db, ceremony),
    register(),
  ]);
  return {
    ceremony,
    title: summary.title,
    mode: summary.mode,
    result: summary.result ?? "",
    openedAt: summary.openedAt,
    endedAt: summary.closedAt,
    entries: entries.length,
    headHash: summary.headHash,
    record,
    files: files.map(({ sha256, size }) => ({ sha256, size })),
    openings: entries.reduce((sum, { openings }) => sum + openings.length, 0),
    pages,
    keys: keyLivesOf(registered, ceremony),
    destroyed: destroyed && { at: destroyed.at, certificate: destroyed.certificate },
  };
}

export const destructionPorts = (): DestructionPorts => ({
  ...deskPorts(),
  kept: keptRecord,
  destroy: (event, certificate) => destroyKept(database(), event, certificate),
});

/** The ceremonies whose record was destroyed. */
export const destroyed = () => destroyedRecords(database());

/** Whether a ceremony is over, so that there is a record to be held. */
export const isClosed = async (ceremony: string): Promise<boolean> => (await findCeremony(database(), ceremony))?.phase === "closed";

export const auditFilePorts = (): AuditFilePorts => ({ ...deskPorts(), found, recordFiles, logFiles });

async function recordFiles(ceremony: string): Promise<ArchivedFile[]> {
  const record = await findRecord(database(), ceremony);
  if (!record) return [];
  const folder = `records/${ceremony}`;
  const matter = await deskPorts().matters.find(renewalMatter(ceremony));
  const renewed = matter && lastIn(matter, "record-renewed");
  const newest = renewed && (await findDeskFile(database(), renewed.facts.file.sha256));
  return [
    ...(newest ? [{ name: `${folder}/renewed.pdf`, bytes: newest.bytes }] : []),
    { name: `${folder}/record.pdf`, bytes: record.pdf },
    { name: `${folder}/trust-anchor.pem`, bytes: utf8(toPem("CERTIFICATE", record.trustAnchor)) },
  ];
}

/** One after the other, so that whoever puts them together can stop. */
async function* logFiles(ids: readonly string[]): AsyncGenerator<ArchivedFile> {
  const events = await loggedEvents(ids.flatMap((id) => /^event\/([0-9]+)$/.exec(id)?.[1] ?? []));
  if (events.length > 0) yield { name: "events.jsonl", bytes: utf8(eventFileText(events)) };
  for (const event of events) yield* await proofFile(`events/${event.event}`, leafOf(event), "");
  for (const id of ids) {
    const [, ceremony, seq] = /^entry\/([^/]+)\/([0-9]+)$/.exec(id) ?? [];
    const entry = ceremony === undefined ? null : await readEntry(database(), ceremony, Number(seq));
    if (ceremony === undefined || !entry) continue;
    const leaf = hex(leafHash(leafBytes({ kind: "entry", ceremony, seq: entry.seq, hash: entry.hash })));
    const name = `entries/${ceremony}/${String(entry.seq)}`;
    yield { name: `${name}.json`, bytes: entry.bytes };
    yield* await proofFile(name, leaf, "");
    yield* await proofFile(name, leaf, "rehearsal/");
  }
}

/** The proof of a leaf in the log below that place; none where that log does not have it. */
async function proofFile(name: string, leaf: string, log: "" | "rehearsal/"): Promise<ArchivedFile[]> {
  const proof = await logFile(`${log}proof/${leaf}.tlog-proof`);
  return proof ? [{ name: `${name}.tlog-proof`, bytes: proof.bytes }] : [];
}

/** What a closed file can be made of: sealed records that the filter finds, and every matter that happened. */
export async function closable(filter: DeskFilter) {
  await bringSearch();
  const { records } = await searchRecords(database(), filter, { from: 0, most: 200 });
  const kinds = (["request", "sample", "hold", "destruction"] as const).flatMap((of) => [...MATTER_KINDS[of]]);
  return {
    records: records.flatMap(({ ceremony, title, sha256, closedAt }) => (sha256 === null || closedAt === null ? [] : [{ ceremony, title, closedAt }])),
    matters: mattersFrom(await matterEvents(database(), { kinds })).slice(0, 500),
  };
}

export const renewalPorts = (): RenewalPorts => ({
  ...deskPorts(),
  sealed: async (ceremony) => (await findRecord(database(), ceremony))?.pdf ?? null,
  verifier: webCryptoVerifier,
  inflate,
});

/** How old a record has become is in its bytes, and those never change. */
const ages = new Map<string, Ageing | null>();

async function ageingOfRecord({ ceremony, record }: KeptRecord): Promise<Ageing | null> {
  if (record === null) return null;
  const matter = await deskPorts().matters.find(renewalMatter(ceremony));
  const renewed = matter && lastIn(matter, "record-renewed");
  if (renewed) return ageingOfRenewed(renewed.facts.file.sha256);
  const known = ages.get(record.sha256);
  if (known !== undefined) return known;
  return lookAtAge({ ceremony, sha256: record.sha256 });
}

async function lookAtAge({ ceremony, sha256 }: { readonly ceremony: string; readonly sha256: string }): Promise<Ageing | null> {
  const found = await findRecord(database(), ceremony);
  const ageing = found && ageingOf(found.pdf);
  ages.set(sha256, ageing);
  return ageing;
}

/** When the records that are to be renewed end, the earliest first. */
export async function renewalsDue(at: string): Promise<readonly string[]> {
  const [records, events] = await Promise.all([sealedRecords(database()), matterEvents(database(), { kinds: MATTER_KINDS.renewal })]);
  const renewed = new Map(events.flatMap(({ kind, facts }) => (kind === "record-renewed" ? [[facts.ceremony, facts.endsAt] as const] : [])));
  const known = (sha256: string) => (ages.has(sha256) ? (ages.get(sha256)?.endsAt ?? null) : undefined);
  return recordsToRenew({ records, renewed, known, look: async (one) => (await lookAtAge(one))?.endsAt ?? null, now: at });
}

async function ageingOfRenewed(sha256: string): Promise<Ageing | null> {
  const known = ages.get(sha256);
  if (known !== undefined) return known;
  const file = await findDeskFile(database(), sha256);
  const ageing = file && ageingOf(file.bytes);
  ages.set(sha256, ageing);
  return ageing;
}

/** Fewer than lists have: each record is read once to its end. */
const RETENTION_LINES = 20;

/** Closed ceremonies with what is kept of them, what holds it, and when it ages, a page at a time. */
export async function retentionLines(page: number): Promise<{ readonly pages: number; readonly shown: readonly RetentionLine<Ageing | null>[] }> {
  const most = RETENTION_LINES;
  const { found, records } = await searchRecords(database(), {}, { from: (page - 1) * most, most });
  const { matters } = deskPorts();
  const shown = await retentionLinesOf(
    {
      register: registerOfRead,
      kept: (ceremony, register) => keptBeside(ceremony, () => Promise.resolve(register)),
      hold: async (ceremony) => holdState(await matters.find(holdMatter(ceremony))),
      ageing: ageingOfRecord,
    },
    records.map(({ ceremony }) => ceremony),
  );
  return { pages: Math.max(1, Math.ceil(found / most)), shown };
}
