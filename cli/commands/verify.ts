import { readFile } from "node:fs/promises";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { fromPem } from "#lib/x509/pem";
import { readCertificate } from "#lib/x509/certificate";
import { Malformed } from "#lib/x509/malformed";
import { compareEvidence, withEvidence } from "#lib/record/compare-evidence";
import type { Anchor, Conclusion } from "#lib/record/conclusions";
import { readFingerprint } from "#lib/record/fingerprint";
import { verifyRecord, type TrustedRecorder, type Verification } from "#lib/record/verify-record";
import { fromHex } from "#lib/log/digest";
import { NOTE_COSIGNATURE, readVkey, type NoteKey } from "#lib/log/note";
import { hashWords } from "#lib/log/words";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { inflate } from "#lib/webcrypto/inflate";
import { filesIn } from "./evidence-folder";
import { printable, printableJson } from "./printable";

export const VERIFY_USAGE = `claviger verify RECORD.pdf (--trust TRUST-ANCHOR.pem | --fingerprint "…") [--tsa TSA.pem]… [--log ORIGIN]
                [--log-proof FILE] [--witness KEY]… [--evidence FOLDER] [--rehearsal] [--json]

  Checks a record offline, trusting nothing but the recorder that you know.
  --trust PEM   its certificate; compare the fingerprint that is printed with the one in the minutes of the day
                the recorder was made
  --fingerprint the fingerprint itself, out of the minutes: 64 hex digits or 32 words; the certificate is then the
                one in the record that has it
  --tsa PEM   the certificate of a time-stamp authority you trust; the record must then carry its stamp. May be
              given again: a record that was renewed has stamps of several
  --log ORIGIN  the transparency log that must hold every entry, by the first line of its checkpoints
  --log-proof   a proof made after the record was sealed: claviger log prove
  --witness KEY the verifier key of a witness, which must have cosigned the checkpoint; may be given again
  --evidence  a folder with photographs, documents and films: each is held against the hash the record names
  --rehearsal take it for a rehearsal; without this a rehearsal is not good, whoever signed it
  Exit code: 0 every check is good, 1 at least one is not, 2 the input cannot be used.`;

class Unusable extends Error {}

/** `claviger verify`: prints the checks and answers the exit code. */
export async function verifyCommand(args: readonly string[]): Promise<0 | 1 | 2> {
  try {
    const { record, trust, tsa, evidence, mode, json, log } = readArguments(args);
    const recorder = "file" in trust ? await certificateIn(trust.file) : trust;
    const stamps = await Promise.all(tsa.map(certificateIn));
    const verified = await verifyRecord(await bytesOf(record), recorder, {
      verifier: webCryptoVerifier,
      inflate,
      mode,
      timeStampAnchors: stamps,
      requireTimeStamp: tsa.length > 0,
      log: { required: log.origin, brought: log.proof === null ? null : await bytesOf(log.proof), witnesses: log.witnesses.map(witnessKey) },
    });
    const verification = evidence === null ? verified : await heldAgainst(verified, evidence);
    console.log(json ? printableJson(verification) : report(record, verification));
    return verification.verdict === "good" ? 0 : 1;
  } catch (fault) {
    if (!(fault instanceof Unusable)) throw fault;
    console.error(fault.message);
    return 2;
  }
}

interface Arguments {
  readonly record: string;
  readonly trust: { readonly file: string } | Exclude<TrustedRecorder, Uint8Array>;
  readonly tsa: readonly string[];
  readonly evidence: string | null;
  readonly mode: Ceremony["mode"];
  readonly json: boolean;
  readonly log: { readonly origin: string | null; readonly proof: string | null; readonly witnesses: readonly string[] };
}

function readArguments(args: readonly string[]): Arguments {
  const rest = [...args];
  const option = (name: string) => {
    const at = rest.indexOf(name);
    if (at < 0) return null;
    const [, value] = rest.splice(at, 2);
    if (value === undefined || value.startsWith("--")) throw new Unusable(`${name} needs a place.\n\n${VERIFY_USAGE}`);
    return value;
  };
  const trust = trusted(option("--trust"), option("--fingerprint"));
  const tsa: string[] = [];
  for (let one = option("--tsa"); one !== null; one = option("--tsa")) tsa.push(one);
  const evidence = option("--evidence");
  const log = { origin: option("--log"), proof: option("--log-proof"), witnesses: [] as string[] };
  for (let key = option("--witness"); key !== null; key = option("--witness")) log.witnesses.push(key);
  const json = rest.includes("--json");
  const mode = rest.includes("--rehearsal") ? "rehearsal" : "production";
  const files = rest.filter((arg) => arg !== "--json" && arg !== "--rehearsal");
  const [record] = files;
  if (record === undefined || files.length > 1 || record.startsWith("-")) throw new Unusable(VERIFY_USAGE);
  return { record, trust, tsa, evidence, mode, json, log };
}

function trusted(file: string | null, typed: string | null): Arguments["trust"] {
  if (file !== null && typed !== null) throw new Unusable("Bring the recorder's certificate or its fingerprint, not both.");
  if (file !== null) return { file };
  if (typed === null) throw new Unusable(`Bring what you know the recorder by: --trust trust-anchor.pem or --fingerprint "…".\n\n${VERIFY_USAGE}`);
  const sha256 = readFingerprint(typed);
  if (sha256 === null) throw new Unusable("--fingerprint takes 64 hex digits or the 32 words they are read aloud as; this is neither. Nothing was checked.");
  return { sha256 };
}

function witnessKey(text: string): NoteKey {
  const key = readVkey(text);
  if (key?.kind !== NOTE_COSIGNATURE) throw new Unusable(`--witness takes the verifier key of a witness (C2SP tlog-cosignature, Ed25519), and ${text} is none.`);
  return key;
}

/** The same with one check more: whether the files at hand are those that the record names. */
async function heldAgainst(verification: Verification, folder: string): Promise<Verification> {
  try {
    const atHand = verification.evidence.length === 0 ? [] : await filesIn(folder);
    return withEvidence(verification, compareEvidence(atHand, verification.evidence));
  } catch (fault) {
    const code = fault instanceof Error && "code" in fault ? String(fault.code) : "unreadable";
    throw new Unusable(`${folder} cannot be read (${code}). Nothing was compared.`);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (fault) {
    const code = fault instanceof Error && "code" in fault ? String(fault.code) : "unreadable";
    throw new Unusable(`${file} cannot be read (${code}). Nothing was checked.`);
  }
}

async function certificateIn(file: string): Promise<Uint8Array> {
  const text = new TextDecoder().decode(await bytesOf(file));
  try {
    const der = fromPem(text, "CERTIFICATE");
    readCertificate(der);
    return der;
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault;
    throw new Unusable(`${file} is not one certificate in PEM form (${fault.message}). Nothing was checked.`);
  }
}

function report(file: string, { verdict, about, trustAnchor, sealedAt, evidence, checks, anchors, conclusions }: Verification): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, ok, reason }) => `${ok ? "✓" : "✗"} ${name.padEnd(width)}  ${printable(reason)}`);
  const bring = evidence.length > 0 && !checks.some(({ name }) => name === "evidence");
  const words = hashWords(fromHex(trustAnchor));
  return [
    file,
    ...(about ? [`${printable(about.title)} (${about.ceremony}), ${about.mode === "rehearsal" ? "a REHEARSAL: no evidence of production" : "production"}`] : []),
    ...(sealedAt ? [`Sealed ${sealedAt.at}, by the word of the ${sealedAt.by}`] : []),
    "",
    ...lines,
    ...(bring ? ["", `It names ${String(evidence.length)} files by their hashes. Whether they are at hand: --evidence FOLDER.`] : []),
    "",
    "What follows, and what it rests on",
    ...conclusions.flatMap((conclusion) => followed(conclusion, anchors)),
    "",
    `Trust anchor ${trustAnchor.match(/.{4}/g)?.join(" ") ?? ""}`,
    ...[0, 8, 16, 24].map((at) => `             ${words.slice(at, at + 8).join(" ")}`),
    verdict === "good" ? "GOOD: every check holds." : `BAD: ${String(checks.filter(({ ok }) => !ok).length)} of ${String(checks.length)} checks do not hold.`,
  ].join("\n");
}

const ANCHOR_NAMES: Readonly<Record<Anchor["kind"], string>> = {
  recorder: "the recorder you trust",
  "time-stamp-authority": "the time-stamp authority you trust",
  "log-witness": "the witness of the log you trust",
};

/** A conclusion in two lines: whether it holds, and on whose word. */
function followed({ says, holds, restsOn, assumes }: Conclusion, anchors: readonly Anchor[]): string[] {
  if (holds === null) return [`- Nothing was shown for: ${says}`];
  const brought = anchors.filter(({ kind }) => restsOn.includes(kind)).map(({ kind, sha256 }) => `${ANCHOR_NAMES[kind]} (${sha256.slice(0, 8)}…)`);
  const words = restsOn.length === 0 ? "the file and this verifier alone" : brought.join(", ");
  return [`${holds ? "✓" : "✗"} ${says}`, `  rests on ${words}; assumes ${assumes.join(", ")} of the record's last pages`];
}
