import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseCanonical, canonicalText, type Json } from "#lib/log/canonical";
import { base64url, fromBase64url, hex } from "#lib/log/digest";
import { NOTHING_FOLLOWED, lookAgain, type Followed, type LogSource, type LogTrouble, type Look } from "#lib/log/follow";
import { NOTE_ECDSA, readVkey, vkey, type NoteKey } from "#lib/log/note";
import { hashWords } from "#lib/log/words";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { fromPem } from "#lib/x509/pem";
import { NotDone, Unusable, readArguments, type ExitCode } from "./command";
import { proveRecord } from "./log-prove";
import { LOG_TROUBLES, sourceAt } from "./log-source";

export const LOG_USAGE = `claviger log key --trust TRUST-ANCHOR.pem --origin ORIGIN
  The key of a log, as monitors take it: ORIGIN is the first line of its checkpoints.

claviger log monitor URL --key KEY --state FOLDER [--every SECONDS]
  Reads the log at URL from where it last was, computes its tree anew and compares it with what the log signed.
  FOLDER keeps what was seen; without it a fork cannot be noticed. Looks once, or again and again with --every.

claviger log prove RECORD.pdf URL --key KEY --out FILE
  Makes the proof that every entry of a record is in the log at URL, out of all its leaves, for claviger verify --log-proof FILE.

Exit code: 0 the log is as it should be, 1 it is not or cannot be read, 2 the input cannot be used.`;

/** `claviger log`: what an auditor runs to watch a transparency log from outside. */
export async function logCommand(args: readonly string[]): Promise<ExitCode> {
  const [verb, ...rest] = args;
  if (verb === "key") return printKey(rest);
  if (verb === "monitor") return monitor(rest);
  if (verb === "prove") return prove(rest);
  throw new Unusable(LOG_USAGE);
}

function printKey(args: readonly string[]): ExitCode {
  const { values, rest } = readArguments(args, { valued: ["trust", "origin"], flags: [], usage: LOG_USAGE });
  const { trust, origin } = values;
  if (trust === undefined || origin === undefined || rest.length > 0) throw new Unusable(LOG_USAGE);
  console.log(vkey({ name: origin, kind: NOTE_ECDSA, publicKey: anchorKey(trust) }));
  return 0;
}

function anchorKey(file: string): Uint8Array {
  try {
    return readCertificate(fromPem(readFileSync(file, "utf8"), "CERTIFICATE")).spki;
  } catch {
    throw new Unusable(`${file} is not one certificate in PEM form.`);
  }
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

async function monitor(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: ["key", "state", "every"], flags: [], usage: LOG_USAGE });
  const [url, ...more] = rest;
  const { state, every } = values;
  if (url === undefined || more.length > 0 || state === undefined) throw new Unusable(LOG_USAGE);
  const key = keyOf(values.key);
  const seconds = every === undefined ? null : Number(every);
  if (seconds !== null && !(seconds >= 1 && seconds <= 86_400)) throw new Unusable("--every is a number of seconds, from 1 to 86400.");
  for (;;) {
    await look(sourceAt(url), key, state);
    if (seconds === null) return 0;
    await sleep(seconds * 1000);
  }
}

async function look(source: LogSource, key: NoteKey, folder: string): Promise<void> {
  const before = recall(folder, key);
  const seen = await lookAgain(source, { origin: key.name, keys: [key] }, before, webCryptoVerifier);
  if ("trouble" in seen) throw new NotDone(shout(seen, before, folder));
  remember(folder, key, seen);
  const { size, root } = seen.checkpoint;
  console.log(`${key.name}: ${String(size)} leaves, ${String(seen.added)} new. Root ${hex(root)}, ${hashWords(root).slice(0, 4).join(" ")} …`);
}

/** Says it loudly, and keeps both checkpoints: signed by the same key, they prove it to anybody. */
function shout({ trouble, note }: LogTrouble, { note: earlier }: Followed, folder: string): string {
  const sentence = LOG_TROUBLES[trouble];
  if (trouble !== "forked" && trouble !== "rolled-back") return sentence;
  const kept = [
    ["before", earlier],
    ["after", note],
  ] as const;
  const files = kept.flatMap(([name, bytes]) => {
    if (!bytes) return [];
    const file = path.join(folder, `${trouble}-${name}.note`);
    writeFileSync(file, bytes);
    return [file];
  });
  return [sentence, "Both checkpoints are signed by the log's own key. Keep them, and show them:", ...files.map((file) => `  ${file}`)].join("\n");
}

const stateFile = (folder: string) => path.join(folder, "log.json");

function recall(folder: string, key: NoteKey): Followed {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(stateFile(folder)));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return NOTHING_FOLLOWED;
    throw new Unusable(`${stateFile(folder)} cannot be read. Nothing was compared.`);
  }
  try {
    const { origin, size, rows, note } = parseCanonical(bytes) as { [member: string]: Json };
    if (origin !== key.name) throw new Unusable(`${folder} is the state of another log (${canonicalText(origin ?? null)}). Take another folder.`);
    const edge = { size: size as number, rows: (rows as string[][]).map((row) => row.map(fromBase64url)) };
    return { edge, note: fromBase64url(note as string) };
  } catch (fault) {
    if (fault instanceof Unusable) throw fault;
    throw new Unusable(`${stateFile(folder)} is damaged. Without it a fork cannot be noticed: look at it before you take another folder.`);
  }
}

/** Written beside and renamed: the state is the one before or the one after. */
function remember(folder: string, key: NoteKey, { followed: { edge, note } }: Look): void {
  mkdirSync(folder, { recursive: true });
  const rows = edge.rows.map((row) => row.map(base64url));
  const text = canonicalText({ origin: key.name, size: edge.size, rows, note: base64url(note ?? new Uint8Array()) });
  writeFileSync(`${stateFile(folder)}.new`, text);
  renameSync(`${stateFile(folder)}.new`, stateFile(folder));
}
