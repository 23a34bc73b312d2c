import { MODES } from "#lib/ceremony/roles";
import { NOTE_COSIGNATURE, readVkey, type NoteKey } from "#lib/log/note";
import { readArguments, Unusable, type ExitCode } from "./command";
import { compareWithLog } from "./log-compare";
import { logKey } from "./log-key";
import { monitorLog } from "./log-monitor";
import { proveRecord } from "./log-prove";
import { sourceAt } from "./log-source";
import { TRUST_LINE, TRUST_OPTIONS, trustedRecorder } from "./trust-arguments";

export const LOG_USAGE = `claviger log key [RECORD.pdf] ${TRUST_LINE} --origin ORIGIN
  The key of a log, as monitors take it: ORIGIN is the first line of its checkpoints. Who knows the recorder by a fingerprint or by
  an organisation brings a record of its own too: it is verified, and the recorder's key is in it.

claviger log monitor URL --key KEY --state FOLDER [--witness KEY]… [--witnesses N] [--every SECONDS]
  Reads the log at URL from where it last was, computes its tree anew and compares it with what the log signed.
  FOLDER keeps what was seen; without it a fork cannot be noticed. Looks once, or again and again with --every.
  --witness KEY   a witness whose cosignature is looked for; --witnesses N: so many of them must have signed, else all

claviger log compare EVENTS URL --key KEY [--part]
  Holds a file of audit events, as claviger log events writes it, against the log at URL: what was changed, left out, added or
  doubled is named. --part: the file is not meant to have every event.

claviger log prove RECORD.pdf URL --key KEY --out FILE
  Makes the proof that every entry of a record is in the log at URL, out of all its leaves, for claviger verify --log-proof FILE.

On the host of the worker that keeps the log, with its environment:
claviger log show                                   what it remembers of its logs, and what the database says
claviger log trust production|rehearsal [--words "FIRST LAST"]
  Says to a worker with an empty folder what the log was. Before that it signs nothing.
claviger log check                                  holds every row that was logged against its leaf
claviger log events --out FILE                      writes the audit events, for whoever is to compare them
claviger log uses [YYYY-MM-DD]                      counts the uses of keys again, of one day or of all, and holds them against the log

Exit code: 0 the log is as it should be, 1 it is not or cannot be read, 2 the input cannot be used.`;

/** `claviger log`: what an auditor runs to watch a transparency log from outside, and a person at the console of whoever keeps it. */
export async function logCommand(args: readonly string[]): Promise<ExitCode> {
  const [verb, ...rest] = args;
  if (verb === "key") return printKey(rest);
  if (verb === "monitor") return monitor(rest);
  if (verb === "prove") return prove(rest);
  if (verb === "compare") return compare(rest);
  if (verb === "show" || verb === "trust" || verb === "check" || verb === "events") return atConsole(verb, rest);
  if (verb === "uses") return checkUses(rest);
  throw new Unusable(LOG_USAGE);
}

async function printKey(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: [...TRUST_OPTIONS, "origin"], flags: [], usage: LOG_USAGE });
  const [record, ...more] = rest;
  if (values.origin === undefined || more.length > 0) throw new Unusable(LOG_USAGE);
  console.log(await logKey(trustedRecorder(values, LOG_USAGE), values.origin, record));
  return 0;
}

function prove(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: ["key", "out"], flags: [], usage: LOG_USAGE });
  const [record, url, ...more] = rest;
  if (record === undefined || url === undefined || more.length > 0 || values.out === undefined) throw new Unusable(LOG_USAGE);
  return proveRecord(record, url, keyOf(values.key), values.out);
}

function keyOf(text: string | undefined): NoteKey {
  const key = readVkey(text ?? "");
  if (!key) throw new Unusable(`--key is no verifier key. Make one: claviger log key --trust TRUST-ANCHOR.pem --origin ORIGIN`);
  return key;
}

function monitor(args: readonly string[]): Promise<ExitCode> {
  const keys: string[] = [];
  const others = args.flatMap((arg, i) => {
    if (args[i - 1] === "--witness") keys.push(arg);
    return arg === "--witness" || args[i - 1] === "--witness" ? [] : [arg];
  });
  const { values, rest } = readArguments(others, { valued: ["key", "state", "every", "witnesses"], flags: [], usage: LOG_USAGE });
  const [url, ...more] = rest;
  const { state, every } = values;
  if (url === undefined || more.length > 0 || state === undefined) throw new Unusable(LOG_USAGE);
  const witnesses = keys.map(witnessOf);
  const needed = values.witnesses === undefined ? witnesses.length : Number(values.witnesses);
  if (!Number.isInteger(needed) || needed < 0 || needed > witnesses.length) throw new Unusable("--witnesses is a number, at most as many as keys are given with --witness.");
  const seconds = every === undefined ? null : Number(every);
  if (seconds !== null && !(seconds >= 1 && seconds <= 86_400)) throw new Unusable("--every is a number of seconds, from 1 to 86400.");
  return monitorLog({ source: sourceAt(url), key: keyOf(values.key), folder: state, witnesses, needed }, seconds);
}

function witnessOf(text: string): NoteKey {
  const key = readVkey(text);
  if (key?.kind !== NOTE_COSIGNATURE) throw new Unusable(`--witness takes the verifier key of a witness (C2SP tlog-cosignature, Ed25519), and ${text} is none.`);
  return key;
}

function compare(args: readonly string[]): Promise<ExitCode> {
  const { values, flags, rest } = readArguments(args, { valued: ["key"], flags: ["part"], usage: LOG_USAGE });
  const [file, url, ...more] = rest;
  if (file === undefined || url === undefined || more.length > 0) throw new Unusable(LOG_USAGE);
  return compareWithLog(file, sourceAt(url), keyOf(values.key), { isPart: flags.has("part") });
}

async function checkUses(args: readonly string[]): Promise<ExitCode> {
  const { rest } = readArguments(args, { valued: [], flags: [], usage: LOG_USAGE });
  const [day, ...more] = rest;
  if (more.length > 0) throw new Unusable(LOG_USAGE);
  if (day !== undefined && !isDay(day)) throw new Unusable(`${day} is no day. Write it as YYYY-MM-DD, in UTC.`);
  return (await import("./log-uses")).checkCountedUses(day ?? null);
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

async function atConsole(verb: "show" | "trust" | "check" | "events", args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: ["words", "out"], flags: [], usage: LOG_USAGE });
  const [which, ...more] = rest;
  const mode = MODES.find((one) => one === which);
  const isSound = more.length === 0 && (verb === "trust") === (mode !== undefined) && (verb === "trust" || which === undefined);
  if (!isSound || (verb === "events") !== (values.out !== undefined)) throw new Unusable(LOG_USAGE);
  const { showLogs, trustLog, checkKeptLog, exportEvents } = await import("./log-console");
  if (verb === "show") return showLogs();
  if (verb === "check") return checkKeptLog();
  return mode ? trustLog(mode, values.words ?? null) : exportEvents(values.out ?? "");
}
