import { writeFileSync } from "node:fs";
import { MODES, type Mode } from "#lib/ceremony/roles";
import { hex } from "#lib/log/digest";
import { eventFileText } from "#lib/log/event-file";
import type { LoggedEvent } from "#lib/log/leaf";
import { EMPTY_ROOT } from "#lib/log/merkle";
import { logOriginOf } from "#lib/log/origin";
import { hashWords } from "#lib/log/words";
import { countLogged } from "#lib/store/logged-things";
import { openDatabase } from "#lib/store/database";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { databaseStore } from "#worker/database-store";
import type { WorkerEnv } from "#worker/env";
import { checkLog, type Difference } from "#worker/log/check-log";
import { LogFault, ownCheckpoint, signedTree } from "#worker/log/log-keeper";
import { logMemory, type LogMemory } from "#worker/log/log-memory";
import { Witnesses, type WitnessAnswer } from "#worker/log/witnesses";
import { WorkerMemory } from "#worker/memory";
import { askPerson } from "./ask-person";
import { inFours, inLines, NotDone, Unusable, type ExitCode } from "./command";
import { workerEnv } from "./worker-console";

type Store = ReturnType<typeof databaseStore>;

/** What the commands about a log share on the worker's host. */
export type Console = {
  readonly env: WorkerEnv & { readonly log: NonNullable<WorkerEnv["log"]> };
  readonly store: Store;
  readonly memory: LogMemory;
  readonly state: WorkerMemory;
};

export async function atConsole(work: (console: Console) => Promise<ExitCode>): Promise<ExitCode> {
  const { log, ...env } = workerEnv();
  if (!log) throw new Unusable("This worker keeps no log: CLAVIGER_LOG_ORIGIN is not set.");
  const store = databaseStore(env.databaseUrl);
  try {
    return await work({ env: { ...env, log }, store, memory: logMemory(env.stateFolder), state: new WorkerMemory(env.stateFolder) });
  } finally {
    await store.close();
  }
}

/** A log as the database has it, by this recorder's own signature, beside what this worker remembers. */
type Found = {
  readonly mode: Mode;
  readonly origin: string;
  readonly remembered: ReturnType<LogMemory["recall"]>;
  readonly kept: { readonly size: number; readonly root: Uint8Array; readonly note: Uint8Array } | null;
  /** Why what is kept is no log of this recorder. */
  readonly fault: string | null;
};

async function found({ env, store, memory, state }: Console, mode: Mode): Promise<Found> {
  const origin = logOriginOf(env.log.origin, mode);
  const remembered = memory.recall(origin);
  const kept = await store.log.checkpoint(origin);
  if (!kept) return { mode, origin, remembered, kept, fault: null };
  try {
    const { root } = await signedTree({ store: store.log, verifier: webCryptoVerifier, recorderSpki: recorderKey(state) }, origin, kept);
    return { mode, origin, remembered, kept: { ...kept, root }, fault: null };
  } catch (fault) {
    if (!(fault instanceof LogFault)) throw fault;
    return { mode, origin, remembered, kept: null, fault: fault.message };
  }
}

/** Throws NotDone before there is one. */
export function recorderKey(state: WorkerMemory): Uint8Array {
  const certificate = state.certificate("trust-anchor");
  if (!certificate) throw new NotDone("This worker has no recorder yet. Run first: claviger init");
  return readCertificate(certificate).spki;
}

/** `claviger log show`: what is remembered here of each log, and what the database says. */
export const showLogs = (): Promise<ExitCode> =>
  atConsole(async (there) => {
    const blocks: string[] = [];
    for (const mode of MODES) blocks.push(block(await found(there, mode)));
    console.log([...blocks, await counted(there.env)].join("\n\n"));
    return 0;
  });

function block({ mode, origin, remembered, kept, fault }: Found): string {
  const here = remembered ? `${leavesIn(remembered.size)}; root ${inFours(hex(remembered.root)).slice(0, 19)} …` : "nothing: claviger log trust";
  const inDatabase = fault ?? (kept ? `${leavesIn(kept.size)}, signed by this recorder` : "no checkpoint: empty, or emptied");
  const root = kept?.root ?? EMPTY_ROOT;
  return [
    `${origin} (${mode})`,
    `  remembered here   ${here}`,
    `  in the database   ${inDatabase}`,
    `  root              ${inFours(hex(root))}`,
    ...inLines(hashWords(root)).split("\n").map((line) => `  ${line}`),
  ].join("\n");
}

const leavesIn = (size: number): string => `${String(size)} ${size === 1 ? "leaf" : "leaves"}`;

async function counted({ databaseUrl }: WorkerEnv): Promise<string> {
  const db = openDatabase(databaseUrl, { connections: 1, name: "claviger-log" });
  try {
    const { entries, events, waiting } = await countLogged(db);
    return `The database keeps ${String(entries)} entries of transcripts and ${String(events)} audit events; ${String(waiting)} of them wait for the log.`;
  } finally {
    await db.$disconnect();
  }
}

/** `claviger log trust MODE`: a person says that what the database has of a log is all that there ever was of it. */
export const trustLog = (mode: Mode, words: string | null): Promise<ExitCode> =>
  atConsole(async (there) => {
    const log = await found(there, mode);
    const { origin, remembered, kept, fault } = log;
    if (remembered) {
      console.log(`The log ${origin} is remembered here already, at ${leavesIn(remembered.size)}. The worker goes by that and by nothing else.`);
      return 0;
    }
    if (fault !== null) throw new NotDone(`${fault}. Nothing was trusted.`);
    const witnesses = kept ? await askWitnesses(there, origin, kept) : [];
    console.log([block(log), "", await counted(there.env), ...witnesses.map(({ witness, says }) => `Witness ${witness} ${says}.`), ""].join("\n"));
    const ahead = witnesses.find(({ seen }) => seen !== null);
    if (ahead) throw new NotDone(`The log was longer than this: witness ${ahead.witness} ${ahead.says}. Bring the database's newest backup. Nothing was trusted.`);
    console.log(kept ? COMPARE : COMPARE_EMPTY);
    const said = hashWords(kept?.root ?? EMPTY_ROOT);
    const wanted = kept ? `${said[0] ?? ""} ${said.at(-1) ?? ""}` : "empty";
    const typed = words ?? (await askPerson(kept ? "Then type the first and the last word of the root: " : "If it never had a leaf, type the word empty: ", "--words"));
    if (typed.trim().toLowerCase().split(/\s+/).join(" ") !== wanted.toLowerCase()) throw new NotDone("That is not it. Nothing was trusted.");
    const root = kept?.root ?? EMPTY_ROOT;
    there.state.toTell({ what: "log", sha256: hex(root), origin, size: kept?.size ?? 0, at: new Date().toISOString() });
    there.memory.remember(origin, { size: kept?.size ?? 0, root, promised: [] });
    console.log(`The log ${origin} is trusted at ${leavesIn(kept?.size ?? 0)}. The worker goes on from there.`);
    return 0;
  });

const COMPARE = [
  "The worker will sign what follows on this, and cannot know whether leaves were taken away. Compare the size and the words with what",
  "somebody else holds: the last line of a monitor, the newest record's log proof, claviger log show on the other worker's host.",
].join("\n");
const COMPARE_EMPTY = [
  "The database has no checkpoint of this log. A log that had leaves and is begun anew is a fork under this recorder's own key: ask whoever",
  "monitors it, and look into the newest record's log proof, whether it ever had one.",
].join("\n");

function askWitnesses(
  { env, store, state }: Console,
  origin: string,
  { note, size }: NonNullable<Found["kept"]>,
): Promise<readonly WitnessAnswer[]> {
  const witnesses = new Witnesses(env.log.witnesses, webCryptoVerifier, () => new Date(), () => undefined);
  return witnesses.answers(ownCheckpoint({ store: store.log, recorderSpki: recorderKey(state) }, note, { origin, size }));
}

/** `claviger log check`: every row that was logged against its leaf, every leaf against what this worker signed. */
export const checkKeptLog = (): Promise<ExitCode> =>
  atConsole(async ({ env, store, memory, state }) => {
    const unknown = MODES.map((mode) => logOriginOf(env.log.origin, mode)).filter((origin) => memory.recall(origin) === null);
    if (unknown.length > 0) throw new NotDone(`Nothing is remembered here of ${unknown.join(" and ")}, so nothing can be compared: claviger log trust`);
    const differences: Difference[] = [];
    const parts = {
      ...{ store: store.log, memory, sealed: () => state.sealedRecords() },
      isGone: (fault: unknown) => store.isGone(fault),
      record: (ceremony: string) => store.findRecord(ceremony),
    };
    for await (const step of checkLog(parts, env.log.origin)) differences.push(...step);
    for (const { what, how } of differences) console.log(`✗ ${what}: ${HOW[how]}`);
    if (differences.length > 0) throw new NotDone(`${String(differences.length)} rows are not what was logged. Keep the database as it is, and compare it with its backups.`);
    console.log(`${await counted(env)} Every one that was logged is what its leaf says, and every leaf is what this worker signed.`);
    return 0;
  });

const HOW: Readonly<Record<Difference["how"], string>> = {
  changed: "is not what it was when it was logged",
  missing: "is gone",
  "not-in-the-log": "is not in the log, and does not wait for it: changed after it was logged, or added behind the log's back",
  unreadable: "cannot be read, and was not compared",
};

/** `claviger log events`: the audit trail as a file that whoever has it can hold against the log. Never over a file that is there. */
export const exportEvents = (out: string): Promise<ExitCode> =>
  atConsole(async ({ store }) => {
    const events: LoggedEvent[] = [];
    for (let after: string | null = null; ; after = events.at(-1)?.event ?? null) {
      const read = await store.log.eventsAfter(after, EVENTS_AT_ONCE);
      for (const one of read) if (one.kind === "event") events.push({ event: one.event, at: one.at, kind: one.of, by: one.by, facts: one.facts, salt: one.salt });
      if (read.length < EVENTS_AT_ONCE) break;
    }
    try {
      writeFileSync(out, eventFileText(events), { flag: "wx", mode: 0o600 });
    } catch (fault) {
      throw new Unusable(`${out} cannot be written (${(fault as NodeJS.ErrnoException).code ?? "no place"}).`);
    }
    console.log(`${String(events.length)} audit events are in ${out}. Whoever has it runs: claviger log compare ${out} URL --key KEY`);
    return 0;
  });

const EVENTS_AT_ONCE = 1_000;
