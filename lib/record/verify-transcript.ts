import { performed, type Ceremony, type Performed } from "../ceremony/ceremony";
import type { Entry } from "../ceremony/entry";
import { RECORDER_KINDS, SIGNED_KINDS } from "../ceremony/entry.schema";
import type { OperationBook } from "../ceremony/operation";
import type { InvariantName } from "../ceremony/refusal";
import { replay, type TranscriptRefusal } from "../ceremony/replay";
import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { commitmentsIn } from "../log/commitment";
import { fromBase64url, sameBytes, sha256Hex } from "../log/digest";
import type { Json } from "../log/canonical";
import { readCertificate } from "#lib/x509/certificate";
import { chainUp } from "#lib/x509/certificate-chain";
import { Malformed } from "#lib/x509/malformed";
import { evidenceNamed, type NamedEvidence } from "./evidence-named";
import { chainInWords } from "./recorder-path";
import { readTranscript } from "./transcript";

/**
 * One named check of the verifier, with the reason for its verdict in a sentence. One that was not made, because what it takes is not here,
 * speaks neither for nor against the record: nothing follows from it, and the verdict says that it was not made.
 */
export type Check = { readonly name: string; readonly ok: boolean; readonly examined?: false; readonly reason: string };

/** What the checks of a transcript need beside it; all of it brought by the caller, none of it from the record. */
export type TranscriptPorts = {
  readonly verifier: SignatureVerifier;
  readonly book: OperationBook;
  /** Test signatures inside outcomes, checked with the public key in the same outcome; problems in sentences. */
  readonly recheckSignatures: (one: Performed, verifier: SignatureVerifier) => Promise<string[]>;
  /** Hears how many entries are decided, of how many. */
  readonly decided?: (entries: number, of: number) => void;
};

/** What came of a transcript; `hashes` are those of its entries, in order, once it was decided. */
export type DecidedTranscript = {
  readonly checks: Check[];
  readonly ceremony: Ceremony | null;
  readonly evidence: readonly NamedEvidence[];
  readonly hashes: readonly string[];
  /** Their canonical bytes, and what they say. */
  readonly entries: readonly Uint8Array[];
  readonly told: readonly Entry[];
};

/** Nothing was decided, for the reason that the checks give. */
export const undecided = (checks: Check[]): DecidedTranscript => ({ checks, ceremony: null, evidence: [], hashes: [], entries: [], told: [] });

/** The rules of the book by what an auditor asks about. Every invariant belongs to the first row whose prefix it has. */
const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  ["entry-chain", ["ENTRY-", "CHAIN-", "TIME-", "OPENED-"]],
  ["assertions", ["PASSKEY-", "ASSERTION-", "STATEMENT-"]],
  ["quorum", ["QUORUM-", "REQUESTER-"]],
  ["script-approval", ["SCRIPT-ENDORSED", "ENDORSEMENT-"]],
  ["readiness", ["DUTIES-", "PASSKEYS-TESTED", "GO-NO-GO"]],
  ["outcomes", ["RECORDER-", "OPERATION-", "OUTCOME-"]],
  ["rules", [""]],
];

const questionOf = (invariant: InvariantName): string =>
  QUESTIONS.find(([, prefixes]) => prefixes.some((prefix) => invariant.startsWith(prefix)))?.[0] ?? "rules";

/**
 * Decides a transcript anew, from its bytes alone, with the same `admit` that app and worker used, and holds its recorder
 * against the certificate the auditor brought. Total: whatever the bytes are, the answer is a list of checks.
 */
export async function verifyTranscript(
  bytes: Uint8Array,
  trustAnchor: Uint8Array,
  { verifier, book, recheckSignatures, decided: hear }: TranscriptPorts,
): Promise<DecidedTranscript> {
  const read = readTranscript(bytes);
  if (!read.ok) return undecided([{ name: "transcript", ok: false, reason: read.refusal.sentence }]);
  const { entries, openings } = read.value;
  const transcript: Check = { name: "transcript", ok: true, reason: `${String(entries.length)} entries in canonical form, ${openingsSentence(entries, openings.length)}.` };

  const decided = await replay(verifier, book, read.value.bytes, null, (count) => hear?.(count, entries.length));
  if (!decided.ok) return undecided([transcript, ...refusedChecks(decided.refusal)]);
  const ceremony = decided.value;
  if (!ceremony) return undecided([transcript, { name: "rules", ok: false, reason: "There is no entry." }]);

  const tests = (await Promise.all(performed(ceremony).map((one) => recheckSignatures(one, verifier)))).flat();
  const checks = [
    transcript,
    ...admittedChecks(ceremony, entries),
    tests[0] === undefined
      ? { name: "test-signatures", ok: true, reason: "Every test signature, request and certificate verifies with the key that made it." }
      : { name: "test-signatures", ok: false, reason: tests[0] },
    recorderCheck(ceremony, trustAnchor),
    closedCheck(ceremony),
  ];
  return { checks, ceremony, evidence: evidenceNamed(ceremony, openings), hashes: read.value.bytes.map(sha256Hex), entries: read.value.bytes, told: entries };
}

function openingsSentence(entries: readonly unknown[], opened: number): string {
  const committed = new Set(commitmentsIn(entries as Json[]).map(({ commitment }) => commitment.committed)).size;
  return opened === committed ? `all ${String(committed)} names and texts open` : `${String(opened)} of ${String(committed)} names and texts open, the others taken out`;
}

function refusedChecks({ at, refusal }: TranscriptRefusal): Check[] {
  const failed = questionOf(refusal.invariant);
  const facts = Object.entries(refusal.facts).map(([name, value]) => `${name} ${String(value)}`).join(", ");
  return QUESTIONS.map(([name]) =>
    name === failed
      ? { name, ok: false, reason: `Entry ${String(at)} is refused by ${refusal.invariant}${facts ? ` (${facts})` : ""}.` }
      : { name, ok: false, reason: `Not decided: entry ${String(at)} was refused.` },
  );
}

function admittedChecks(ceremony: Ceremony, entries: readonly { kind: string }[]): Check[] {
  const kinds = (...wanted: string[]) => entries.filter((entry) => wanted.includes(entry.kind)).length;
  const authorised = performed(ceremony).filter((one) => one.approvals.length > 0);
  const people = [...new Set(authorised.map((one) => one.approvals.length))].join(" or ");
  const endorsed = ceremony.endorsements.length;
  const own = (ceremony.readiness?.duties.length ?? 0) + (ceremony.readiness?.passkeys.length ?? 0);
  const signed = kinds(...SIGNED_KINDS) + endorsed + own;
  return [
    { name: "entry-chain", ok: true, reason: `Each of ${String(entries.length)} entries names the hash of the one before; the head is ${ceremony.head.hash}.` },
    { name: "assertions", ok: true, reason: `${String(signed)} passkey assertions verify, each over exactly the statement its person could sign.` },
    {
      name: "quorum",
      ok: true,
      reason: authorised.length === 0 ? "No operation needed a quorum." : `${String(authorised.length)} operations, each agreed to by ${people} distinct people before it began.`,
    },
    {
      name: "script-approval",
      ok: true,
      reason:
        ceremony.mode === "production"
          ? `${String(endorsed)} custodians of the roster endorsed the script before it was opened; its quorum is ${String(ceremony.roster.quorum.approve)}.`
          : `A rehearsal needs no approval of its script; ${endorsed === 0 ? "nobody" : String(endorsed)} endorsed it.`,
    },
    { name: "readiness", ok: true, reason: readinessSentence(ceremony) },
    { name: "outcomes", ok: true, reason: `${String(kinds(...RECORDER_KINDS))} entries signed by the recorder; ${String(performed(ceremony).length)} outcomes agree with their requests.` },
    { name: "rules", ok: true, reason: `Every entry is admitted by the rule book, from the opening to the last.` },
  ];
}

function readinessSentence({ readiness, script, mode, participants }: Ceremony): string {
  const { duties, passkeys, goNoGo } = script;
  if (!duties && !passkeys && !goNoGo) return "The script asks for no duties, tests of passkeys or go / no-go.";
  const custodians = participants.filter(({ role }) => role === "custodian").length;
  const counted = `${String(readiness?.duties.length ?? 0)} accepted duties and ${String(readiness?.passkeys.length ?? 0)} tested passkeys are carried`;
  const red = readiness?.lines.filter(({ go }) => !go).length ?? 0;
  const lines = goNoGo ? ` ${String(readiness?.lines.length ?? 0)} lines of the go / no-go, ${String(red)} of them red.` : "";
  const ready = mode === "production" ? `; each of the ${String(custodians)} custodians is ready as the script asks` : "; a rehearsal demands none";
  return `${counted}${ready}.${lines}`;
}

/** The recorder is whom the auditor trusts: its certificate is the anchor, byte by byte, and holds the key that signed. */
function recorderCheck(ceremony: Ceremony, trustAnchor: Uint8Array): Check {
  const name = "recorder";
  const attached = ceremony.recorder?.recorder;
  if (!attached) return { name, ok: false, reason: "No recorder attached itself to this ceremony." };
  if (!sameBytes(fromBase64url(attached.certificate), trustAnchor)) {
    return { name, ok: false, reason: "The recorder of this ceremony is not the one you trust: its certificate differs from the trust anchor." };
  }
  if (!sameBytes(readCertificate(trustAnchor).spki, fromBase64url(attached.spki))) {
    return { name, ok: false, reason: "The recorder signed with a key that is not the one in its certificate." };
  }
  const told = attached.chain === undefined ? "" : toldChain(attached.chain, fromBase64url(attached.spki));
  if (told === null) return { name, ok: false, reason: "The certificates by an organisation that the recorder brought are not those of its key." };
  return { name, ok: true, reason: `The recorder is the one you trust, ${sha256Hex(trustAnchor)}.${told}` };
}

/** What the recorder said of an organisation when it joined, beside what its seal says; null where that is not of its own key, or more than that. */
function toldChain(chain: readonly string[], spki: Uint8Array): string | null {
  try {
    const [end, ...above] = chain.map((der) => readCertificate(fromBase64url(der)));
    const path = end && sameBytes(end.spki, spki) ? chainUp(end, above) : [];
    return path.length === chain.length ? ` When it joined it said that its key is ${chainInWords(path)}.` : null;
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}

function closedCheck({ closed }: Ceremony): Check {
  const name = "closed";
  if (!closed) return { name, ok: false, reason: "The ceremony was not closed: something was cut off, or is still to come." };
  return { name, ok: true, reason: closed.result === "completed" ? "Every step was done and signed." : "The ceremony was aborted, and says so." };
}
