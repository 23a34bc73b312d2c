import type { Ceremony } from "#lib/ceremony/ceremony";
import { compareEvidence, withEvidence } from "#lib/record/compare-evidence";
import type { Anchor, Conclusion } from "#lib/record/conclusions";
import { countedFields } from "#lib/record/fields";
import { verifyFile } from "#lib/record/verify-file";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import type { Progress, Verification } from "#lib/record/verify-record";
import { fromHex } from "#lib/log/digest";
import { NOTE_COSIGNATURE, readVkey, type NoteKey } from "#lib/log/note";
import { hashWords } from "#lib/log/words";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { inflate } from "#lib/webcrypto/inflate";
import { Unusable, type ExitCode } from "./command";
import { filesIn } from "./evidence-folder";
import { bytesOf, certificateIn } from "./given-files";
import { printable, printableJson } from "./printable";
import { redrawing } from "./redrawing";
import { TRUST_HELP, TRUST_LINE, TRUST_OPTIONS, trustedRecorder, type TrustArguments } from "./trust-arguments";

export const VERIFY_USAGE = `claviger verify RECORD.pdf ${TRUST_LINE}
                [--tsa TSA.pem]… [--log ORIGIN] [--log-proof FILE] [--witness KEY]… [--evidence FOLDER] [--rehearsal] [--redacted] [--json]

  Checks a record offline, trusting nothing but the recorder that you know.
${TRUST_HELP}
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

/** `claviger verify`: prints the checks and answers the exit code. */
export async function verifyCommand(args: readonly string[]): Promise<ExitCode> {
  try {
    const { record, recorder, tsa, evidence, mode, redacted, json, log } = readArguments(args);
    const stamps = tsa.map(certificateIn);
    const verified = await verifyFile(bytesOf(record), recorder, {
      verifier: webCryptoVerifier,
      inflate,
      mode,
      now: Date.now(),
      redraw: await redrawing(),
      timeStampAnchors: stamps,
      ...(!json && process.stderr.isTTY && { progress: onTerminal() }),
      requireTimeStamp: tsa.length > 0,
      log: { required: log.origin, brought: log.proof === null ? null : bytesOf(log.proof), witnesses: log.witnesses.map(witnessKey) },
    });
    const verification = evidence === null ? verified : await heldAgainst(verified, evidence);
    console.log(json ? printableJson(verification) : report(record, verification));
    if (verification.verdict === "good-redacted") return redacted ? 0 : 3;
    return verification.verdict === "good" && !redacted ? 0 : 1;
  } catch (fault) {
    if (!(fault instanceof Unusable)) throw fault;
    console.error(`${fault.message}\nNothing was checked.`);
    return 2;
  }
}

/** What is decided so far, in one line that the report takes the place of. */
function onTerminal(): Progress {
  let checks = 0;
  let entries = "";
  const line = () => process.stderr.write(`\r\u001b[K${String(checks)} checks${entries}\r`);
  return {
    told() {
      checks += 1;
      line();
    },
    decided(count, of) {
      entries = `, ${String(count)} of ${String(of)} entries`;
      line();
    },
  };
}

interface Arguments {
  readonly record: string;
  readonly recorder: TrustedRecorder;
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
  const known = Object.fromEntries(TRUST_OPTIONS.map((name) => [name, option(`--${name}`) ?? undefined])) as TrustArguments;
  const recorder = trustedRecorder(known, VERIFY_USAGE);
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
  return { record, recorder, tsa, evidence, mode, redacted, json, log };
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
    throw new Unusable(`${folder} cannot be read (${code}).`);
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
