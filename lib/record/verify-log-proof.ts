import { openCheckpoint, treeHeadIn, type Checkpoint, type CheckpointTrouble } from "../log/checkpoint";
import type { Mode } from "../ceremony/roles";
import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { rootFromBatch } from "../log/batch-proof";
import { sameBytes } from "../log/digest";
import { leafBytes } from "../log/leaf";
import { readLogProof } from "../log/log-proof";
import { leafHash } from "../log/merkle";
import { NOTE_ECDSA, type NoteKey } from "../log/note";
import { modeOfLog } from "../log/origin";
import type { Check } from "./verify-transcript";

/** What an auditor brings about logs; nothing of it is taken from the record. */
export type LogTrust = {
  /** The origin of the log that must hold the entries; null when none is asked for. */
  readonly required: string | null;
  /** A proof made after the record was sealed. */
  readonly brought: Uint8Array | null;
  /** Keys of witnesses, each of which must have cosigned a checkpoint that is shown. */
  readonly witnesses: readonly NoteKey[];
};

export const NO_LOG_TRUST: LogTrust = { required: null, brought: null, witnesses: [] };

/** The entries as they were decided: by their own hashes, and never by what a proof says they are. */
export type ProvedEntries = { readonly ceremony: string; readonly mode: Mode; readonly hashes: readonly string[] };

/** The leaf of each entry, as every log of this kind has it. */
export const leavesOf = ({ ceremony, hashes }: Omit<ProvedEntries, "mode">): readonly Uint8Array[] =>
  hashes.map((hash, seq) => leafBytes({ kind: "entry", ceremony, seq, hash }));

/**
 * Holds every entry against the proofs at hand, the one in the record and one that is brought: its leaf, computed here, must lead to
 * the root of a checkpoint that the recorder signed, of a log for this mode. Total, whatever the bytes are.
 */
export async function verifyLogProofs(
  attached: Uint8Array | null,
  entries: ProvedEntries,
  recorderSpki: Uint8Array,
  { required, brought, witnesses }: LogTrust,
  verifier: SignatureVerifier,
): Promise<Check[]> {
  const good: Checkpoint[] = [];
  const checks: Check[] = [];
  for (const [name, file] of [["log", attached], ["later-log", brought]] as const) {
    if (!file) continue;
    const found = await checked(name, file, entries, recorderSpki, witnesses, verifier);
    checks.push(...found.checks);
    if (found.checkpoint) good.push(found.checkpoint);
  }
  if (checks.length === 0 && required === null) {
    checks.push({ name: "log-proof", ok: true, reason: "The record carries no proof from a transparency log, and you asked for none (--log ORIGIN)." });
  }
  if (required !== null) checks.push(requiredCheck(good, required));
  return [...checks, ...witnesses.map((witness) => witnessCheck(good, witness))];
}

async function checked(
  name: string,
  file: Uint8Array,
  { ceremony, mode, hashes }: ProvedEntries,
  recorderSpki: Uint8Array,
  witnesses: readonly NoteKey[],
  verifier: SignatureVerifier,
): Promise<{ readonly checks: Check[]; readonly checkpoint: Checkpoint | null }> {
  const proof = readLogProof(file);
  const bad = (check: string, reason: string) => ({ checks: [{ name: `${name}-${check}`, ok: false, reason }], checkpoint: null });
  if (!proof) return bad("proof", "What is given as the proof of a transparency log is none.");
  if (proof.indices.length !== hashes.length) {
    return bad("proof", `The proof is of ${String(proof.indices.length)} leaves, and the transcript has ${String(hashes.length)} entries.`);
  }
  // What the note says it is of: the key is looked for under that name, so whoever signed says the same.
  const origin = treeHeadIn(proof.checkpoint)?.origin ?? "";
  if (modeOfLog(origin) !== mode) return bad("checkpoint", `The checkpoint is of the log ${origin}, which holds no ${mode}.`);
  const key: NoteKey = { name: origin, kind: NOTE_ECDSA, publicKey: recorderSpki };
  const checkpoint = await openCheckpoint(proof.checkpoint, { origin, keys: [key] }, witnesses, verifier);
  if (typeof checkpoint === "string") return bad("checkpoint", TROUBLES[checkpoint]);
  const placed = leavesOf({ ceremony, hashes }).map((leaf, i) => ({ index: proof.indices[i] ?? -1, hash: leafHash(leaf) }));
  const root = rootFromBatch(placed, checkpoint.size, proof.hashes);
  const signed: Check = { name: `${name}-checkpoint`, ok: true, reason: `The recorder signed the log ${origin} at ${String(checkpoint.size)} leaves.` };
  if (!root || !sameBytes(root, checkpoint.root)) {
    const reason = "The proof does not lead from the entries of this transcript to the root in the checkpoint: another entry, another place or another log.";
    return { checks: [signed, { name: `${name}-inclusion`, ok: false, reason }], checkpoint: null };
  }
  const reason = `Each of ${String(hashes.length)} entries is a leaf of that log, by its own hash.`;
  return { checks: [signed, { name: `${name}-inclusion`, ok: true, reason }], checkpoint };
}

const TROUBLES: Readonly<Record<CheckpointTrouble, string>> = {
  "not-a-checkpoint": "The proof ends in no checkpoint.",
  "other-origin": "The checkpoint is of another log.",
  "no-known-key": "The checkpoint is not signed by the recorder you trust.",
  "bad-signature": "A signature under the checkpoint does not hold.",
};

function requiredCheck(good: readonly Checkpoint[], origin: string): Check {
  const ok = good.some((one) => one.origin === origin);
  return { name: "log-required", ok, reason: ok ? `The entries are in the log you asked for, ${origin}.` : `That the entries are in the log ${origin} is not proved, and you asked for it.` };
}

function witnessCheck(good: readonly Checkpoint[], witness: NoteKey): Check {
  const at = good.flatMap(({ signers }) => signers.flatMap(({ key, at: seen }) => (key === witness && seen !== null ? [seen] : [])))[0];
  const reason = at === undefined ? `${witness.name} cosigned no checkpoint that is shown here.` : `${witness.name} had seen the log grow to this checkpoint and no other by ${at}.`;
  return { name: "log-witness", ok: at !== undefined, reason };
}
