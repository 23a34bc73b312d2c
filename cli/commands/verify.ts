import { readFile } from "node:fs/promises";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { fromPem } from "#lib/x509/pem";
import { readCertificate } from "#lib/x509/certificate";
import { Malformed } from "#lib/x509/malformed";
import { compareEvidence, withEvidence } from "#lib/record/compare-evidence";
import type { Anchor, Conclusion } from "#lib/record/conclusions";
import { countedFields } from "#lib/record/fields";
import { readFingerprint } from "#lib/record/fingerprint";
import { verifyFile } from "#lib/record/verify-file";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import type { Verification } from "#lib/record/verify-record";
import { fromHex } from "#lib/log/digest";
import { NOTE_COSIGNATURE, readVkey, type NoteKey } from "#lib/log/note";
import { hashWords } from "#lib/log/words";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { inflate } from "#lib/webcrypto/inflate";
import type { ExitCode } from "./command";
import { filesIn } from "./evidence-folder";
import { printable, printableJson } from "./printable";
import { redrawing } from "./redrawing";

export const VERIFY_USAGE = `claviger verify RECORD.pdf (--trust TRUST-ANCHOR.pem | --fingerprint "…") [--certified-as "NAME"]
                [--tsa TSA.pem]… [--log ORIGIN] [--log-proof FILE] [--witness KEY]… [--evidence FOLDER] [--rehearsal] [--redacted] [--json]

  Checks a record offline, trusting nothing but the recorder that you know.
  --trust PEM   its certificate; compare the fingerprint that is printed with the one in the minutes of the day
                the recorder was made
  --fingerprint the fingerprint itself, out of the minutes: 64 hex digits or 32 words; the certificate is then the
                one in the record that has it
  --certified-as  what you know is the root of an organisation, by its certificate or fingerprint, and this is the name
                under which it certifies the recorder, from the minutes: "O=Nordhafen, CN=Claviger recorder"
  --tsa PEM   the certificate of a time-stamp authority you trust; the record must then carry its stamp on the seal or,
              where others signed the record first, over the whole within a day of the seal. May be given again: a
              record that was renewed has stamps of several
  --log ORIGIN  the transparency log that must hold every entry, by the first line of its checkpoints
  --log-proof   a proof made after the record was sealed: claviger log prove
  --witness KEY the verifier key of a witness, which must have cosigned the checkpoint; may be given again
  --evidence  a folder with photographs, documents and films: each is held against the hash the record names
  --rehearsal take it for a rehearsal; without this a rehearsal is not good, whoever signed it
  --redacted  take it for a redacted edition, which has no seal; a whole record is then not what was asked for
  Exit code: 0 every check is good, 1 at least one is not, 2 the input cannot be used, 3 every check is good, of a
  redacted edition that was not asked for.`;

class Unusable extends Error {}

/** `claviger verify`: prints the checks and answers the exit code. */
export async function verifyCommand(args: readonly string[]): Promise<ExitCode> {
  try {
    const { record, trust, certifiedAs, tsa, evidence, mode, redacted, json, log } = readArguments(args);
    const known = "file" in trust ? await certificateIn(trust.file) : trust;
    const recorder: TrustedRecorder = certifiedAs === null ? known : { organisation: known, name: certifiedAs };
    const stamps = await Promise.all(tsa.map(certificateIn));
    const verified = await verifyFile(await bytesOf(record), recorder, {
      verifier: webCryptoVerifier,
      inflate,
      mode,
      redraw: await redrawing(),
      timeStampAnchors: stamps,
      requireTimeStamp: tsa.length > 0,
      log: { required: log.origin, brought: log.proof === null ? null : await bytesOf(log.proof), witnesses: log.witnesses.map(witnessKey) },
    });
    const verification = evidence === null ? verified : await heldAgainst(verified, evidence);
    console.log(json ? printableJson(verification) : report(record, verification));
    if (verification.verdict === "good-redacted") return redacted ? 0 : 3;
    return verification.verdict === "good" && !redacted ? 0 : 1;
  } catch (fault) {
    if (!(fault instanceof Unusable)) throw fault;
    console.error(fault.message);
    return 2;
  }
}

interface Arguments {
  readonly record: string;
  readonly trust: { readonly file: string } | { readonly sha256: string };
  /** The name under which the organisation that is trusted certifies the recorder; null where the recorder itself is. */
  readonly certifiedAs: string | null;
  readonly tsa: readonly string[];
  readonly evidence: string | null;
  readonly mode: Ceremony["mode"];
  readonly redacted: boolean;
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
  const certifiedAs = option("--certified-as");
  if (certifiedAs?.trim() === "") throw new Unusable("--certified-as takes the name under which the organisation certifies the recorder. Nothing was checked.");
  const tsa: string[] = [];
  for (let one = option("--tsa"); one !== null; one = option("--tsa")) tsa.push(one);
  const evidence = option("--evidence");
  const log = { origin: option("--log"), proof: option("--log-proof"), witnesses: [] as string[] };
  for (let key = option("--witness"); key !== null; key = option("--witness")) log.witnesses.push(key);
  const json = rest.includes("--json");
  const mode = rest.includes("--rehearsal") ? "rehearsal" : "production";
  const redacted = rest.includes("--redacted");
  const files = rest.filter((arg) => !["--json", "--rehearsal", "--redacted"].includes(arg));
  const [record] = files;
  if (record === undefined || files.length > 1 || record.startsWith("-")) throw new Unusable(VERIFY_USAGE);
  return { record, trust, certifiedAs, tsa, evidence, mode, redacted, json, log };
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

function report(file: string, verification: Verification): string {
  const { about, edition, trustAnchor, sealedAt, evidence, checks, anchors, conclusions } = verification;
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, ok, examined, reason }) => `${examined === false ? "–" : ok ? "✓" : "✗"} ${name.padEnd(width)}  ${printable(reason)}`);
  const bring = evidence.length > 0 && !checks.some(({ name }) => name === "evidence");
  const words = hashWords(fromHex(trustAnchor));
  return [
    file,
    ...(about ? [`${printable(about.title)} (${about.ceremony}), ${about.mode === "rehearsal" ? "a REHEARSAL: no evidence of production" : "production"}`] : []),
    ...(edition ? [`A REDACTED EDITION: ${String(edition.withheld.length)} of ${String(edition.of)} names and texts are withheld; no seal`] : []),
    ...(sealedAt ? [`Sealed ${sealedAt.at}, by the word of the ${sealedAt.by}`] : []),
    "",
    ...lines,
    ...(bring ? ["", `It names ${String(evidence.length)} files by their hashes. Whether they are at hand: --evidence FOLDER.`] : []),
    "",
    "What follows, and what it rests on",
    ...conclusions.flatMap((conclusion) => followed(conclusion, anchors)),
    "",
    ...anchors.flatMap(({ kind, name }) => (kind === "organisation" && name !== null ? [`Known as     ${printable(name)}`] : [])),
    `Trust anchor ${trustAnchor.match(/.{4}/g)?.join(" ") ?? ""}`,
    ...[0, 8, 16, 24].map((at) => `             ${words.slice(at, at + 8).join(" ")}`),
    verdictLine(verification),
  ].join("\n");
}

function heldIn(checks: Verification["checks"]): string {
  const missing = checks.flatMap(({ name, examined }) => (examined === false ? [name] : []));
  return missing.length === 0 ? "every check holds." : `every check that was made holds. Not made: ${missing.join(", ")} (–, above).`;
}

/** The last line, which people look at first: what is no record is never called good without saying what it is. */
function verdictLine({ verdict, about, edition, checks }: Verification): string {
  if (verdict === "good") return `GOOD: ${heldIn(checks)}`;
  const { withheld = [] } = edition ?? {};
  if (verdict === "good-redacted") {
    const what = withheld.length === 0 ? "nothing" : countedFields(withheld);
    return `GOOD AS A REDACTED EDITION, and no more, of the record of ceremony ${about?.ceremony ?? ""}: ${heldIn(checks)} Withheld: ${what}.`;
  }
  return `BAD: ${String(checks.filter(({ ok }) => !ok).length)} of ${String(checks.length)} checks do not hold.`;
}

const ANCHOR_NAMES: Readonly<Record<Anchor["kind"], string>> = {
  recorder: "the recorder you trust",
  organisation: "the root of the organisation you trust",
  "time-stamp-authority": "the time-stamp authority you trust",
  "log-witness": "the witness of the log you trust",
};

/** A conclusion in two lines: whether it holds, and on whose word. */
function followed({ says, holds, restsOn, authorities, assumes }: Conclusion, anchors: readonly Anchor[]): string[] {
  if (holds === null) return [`- Nothing was shown for: ${says}`];
  const meant = ({ kind, sha256 }: Anchor) => restsOn.includes(kind) && (authorities.length === 0 || kind !== "time-stamp-authority" || authorities.includes(sha256));
  const brought = anchors.filter(meant).map(({ kind, sha256 }) => `${ANCHOR_NAMES[kind]} (${sha256.slice(0, 8)}…)`);
  const words = restsOn.length === 0 ? "the file and this verifier alone" : brought.join(", ");
  return [`${holds ? "✓" : "✗"} ${says}`, `  rests on ${words}; ${assumes.length === 0 ? "assumes nothing" : `assumes ${assumes.join(", ")} of the record's last pages`}`];
}
