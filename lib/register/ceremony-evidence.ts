import { entryHash, readEntry, type Entry } from "#lib/ceremony/entry";
import type { OperationBook, Outcome } from "#lib/ceremony/operation";
import { no, type Refusal } from "#lib/ceremony/refusal";
import { replay } from "#lib/ceremony/replay";
import type { Mode } from "#lib/ceremony/roles";
import { stepsOf, operationsOf, type OperationRequest, type Script } from "#lib/ceremony/script";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { fromBase64url, sha256Hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";

/** Where an outcome stands: everything the register says of a key is found again there. */
export type OutcomeRef = { readonly ceremony: string; readonly seq: number; readonly entry: string; readonly at: string };

/** One outcome, signed by the recorder, with who approved it. */
export type RegisteredOutcome = {
  readonly ref: OutcomeRef;
  readonly request: OperationRequest;
  readonly outcome: Outcome;
  readonly ckaId: string;
  readonly approvedBy: readonly string[];
};

declare const admitted: unique symbol;

/** What a transcript says about keys, every entry of it admitted again. Only `evidenceOf` makes one. */
export type CeremonyEvidence = {
  readonly [admitted]: true;
  readonly ceremony: string;
  readonly title: string;
  readonly mode: Mode;
  readonly script: Pick<Script, "script" | "edition" | "environment"> & { readonly hash: string };
  /** SHA-256 of the SubjectPublicKeyInfo of the recorder that signed the outcomes; null before one took part. */
  readonly recorder: string | null;
  /** The public key itself, DER, base64url. */
  readonly recorderSpki: string | null;
  /** Hash of the last entry. */
  readonly head: string;
  readonly outcomes: readonly RegisteredOutcome[];
  /** SHA-256 of every file that was named as evidence, in the order in which they were. */
  readonly files: readonly string[];
};

/**
 * Decides a whole transcript again, from its bytes, and takes from it what it says about keys. Refuses KEY-RECORDED when its
 * outcomes were signed by a recorder that is none of `recorders` (SHA-256 of their SPKI, hex), and whatever the rules of the
 * room refuse. "any" takes every recorder at its word: for who shows the register, and decides nothing by it. Null for no entries.
 */
export async function evidenceOf(
  verifier: SignatureVerifier,
  book: OperationBook,
  transcript: readonly Uint8Array[],
  recorders: ReadonlySet<string> | "any",
): Promise<Result<CeremonyEvidence | null, Refusal>> {
  const replayed = await replay(verifier, book, transcript);
  if (!replayed.ok) return no(replayed.refusal.refusal.invariant, { ...replayed.refusal.refusal.facts, seq: replayed.refusal.at });
  const ceremony = replayed.value;
  if (!ceremony) return ok(null);
  const { id, title, mode, script, scriptHash } = ceremony;
  const recorder = ceremony.recorder && sha256Hex(fromBase64url(ceremony.recorder.recorder.spki));
  if (recorder !== null && recorders !== "any" && !recorders.has(recorder)) return no("KEY-RECORDED", { ceremony: id, recorder });
  const entries = transcript.map(admittedEntry);
  return ok({
    ceremony: id,
    title,
    mode,
    script: { script: script.script, edition: script.edition, environment: script.environment, hash: scriptHash },
    recorder,
    recorderSpki: ceremony.recorder?.recorder.spki ?? null,
    head: ceremony.head.hash,
    outcomes: outcomesIn(entries, script),
    files: filesIn(entries),
  } as unknown as CeremonyEvidence);
}

function admittedEntry(bytes: Uint8Array): Entry {
  const read = readEntry(bytes);
  if (!read.ok) throw new Error("an entry that was admitted cannot be read again");
  return read.value.entry;
}

const filesIn = (entries: readonly Entry[]): readonly string[] => [
  ...new Set(
    entries.flatMap((entry) => {
      if (entry.kind !== "evidence-noted") return [];
      const { sha256, files } = entry.body;
      return [...(sha256 === null ? [] : [sha256]), ...(files ?? []).map((file) => file.sha256)];
    }),
  ),
];

/** Each outcome beside the intent before it, which says what authorised it. */
function outcomesIn(entries: readonly Entry[], script: Script): RegisteredOutcome[] {
  const found: RegisteredOutcome[] = [];
  for (const entry of entries) {
    if (entry.kind !== "operation-done") continue;
    const { step, index, outcome } = entry.body;
    const started = entries.findLast(
      (one) => one.seq < entry.seq && one.kind === "operation-started" && one.body.step === step && one.body.index === index,
    );
    const state = stepsOf(script).find((one) => one.step === step);
    const request = state && operationsOf(state)[index];
    if (started?.kind !== "operation-started" || !request) continue;
    const { approvals, ckaId } = started.body;
    found.push({
      ref: { ceremony: entry.ceremony, seq: entry.seq, entry: entryHash(entry), at: entry.at },
      request,
      outcome,
      ckaId,
      approvedBy: [...new Set(approvals.flatMap((seq) => entries[seq]?.by ?? []))],
    });
  }
  return found;
}
