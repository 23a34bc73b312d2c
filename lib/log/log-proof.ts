import { base64, fromBase64, text, utf8 } from "./digest";

/**
 * That leaves are in a log, to be checked without it: where each stands, a batch proof (`batch-proof.ts`), and the checkpoint it
 * leads to, a signed note as the log gives it out. Nothing in it is checked by being read.
 */
export type LogProof = {
  /** Of each leaf, in the order of what they are leaves of. */
  readonly indices: readonly number[];
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: Uint8Array;
};

/** The name of the attachment in which a record carries the proof of its entries. */
export const LOG_PROOF_FILE = "log-proof.txt";

const BATCH = "claviger/log-proof/v1";
const SINGLE = "c2sp.org/tlog-proof@v1";
const INDEX = /^index (0|[1-9][0-9]{0,15})$/;
const HASH_LENGTH = 32;

/** The lines of C2SP tlog-proof, with an `index` for every leaf: docs/log-proof.md. */
export const logProofBytes = (proof: LogProof): Uint8Array => lines(BATCH, proof);

/** A proof for one leaf as C2SP tlog-proof has it: `hashes` go from the leaf's side up. */
export const tlogProofBytes = (index: number, hashes: readonly Uint8Array[], checkpoint: Uint8Array): Uint8Array =>
  lines(SINGLE, { indices: [index], hashes, checkpoint });

function lines(header: string, { indices, hashes, checkpoint }: LogProof): Uint8Array {
  const above = [header, ...indices.map((index) => `index ${String(index)}`), ...hashes.map(base64)];
  return utf8(`${above.join("\n")}\n\n${text(checkpoint)}`);
}

/** `logProofBytes` back again; null when the bytes are no such proof. */
export function readLogProof(bytes: Uint8Array): LogProof | null {
  try {
    const whole = text(bytes);
    const split = whole.indexOf("\n\n");
    const [header, ...rest] = split < 0 ? [] : whole.slice(0, split).split("\n");
    const firstHash = rest.findIndex((line) => !INDEX.test(line));
    const count = firstHash < 0 ? rest.length : firstHash;
    const indices = rest.slice(0, count).map((line) => Number(line.slice("index ".length)));
    const hashes = rest.slice(count).map(fromBase64);
    if (header !== BATCH || count === 0 || hashes.some(({ length }) => length !== HASH_LENGTH)) return null;
    return { indices, hashes, checkpoint: utf8(whole.slice(split + 2)) };
  } catch {
    return null;
  }
}
