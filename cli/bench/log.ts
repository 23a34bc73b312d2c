import { generateKeyPairSync, sign } from "node:crypto";
import { batchProof, rootFromBatch } from "#lib/log/batch-proof";
import { openCheckpoint, treeHeadText } from "#lib/log/checkpoint";
import { base64, sameBytes, utf8 } from "#lib/log/digest";
import { leafBytes } from "#lib/log/leaf";
import { logProofBytes, tlogProofBytes } from "#lib/log/log-proof";
import { inclusionProof, leafHash, rootFromInclusion, rootOver } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine, type NoteKey } from "#lib/log/note";
import { TILE_WIDTH, appended, edgeRoot, subtreesFrom, tileBytes, tilePath, type Edge, type TileName } from "#lib/log/tile";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { figure, median, millisecondsOf } from "./figure";

export const SIZES = [1e4, 1e6, 1e7] as const;
/** What the keeper takes at once. */
const BATCH = 1_000;
/** Twice over every width that the last tile can have. */
const SINGLES = 2 * TILE_WIDTH;
const BATCHES = 30;
const PROOFS = 200;
/** As many entries as a long ceremony has. */
const ENTRIES = 200;
const ORIGIN = "bench.example/log";

/**
 * The transparency log as its keeper makes it, without its database: leaves are hashed, tiles and the right edge grow, every
 * root is signed (by a key in this process: a token takes its own time). Appending must stay flat, and proofs must grow with
 * the logarithm. What a log stands on before it is measured is one leaf, as often as it takes: its tiles are real, and need
 * to be made only once.
 */
export async function benchLog(): Promise<void> {
  const logs = SIZES.map((size) => ({ name: `log.${String(size)}`, log: new BenchLog(size) }));
  const singles = inTurn(logs.map(({ log }) => log), 1, SINGLES);
  const batches = inTurn(logs.map(({ log }) => log), BATCH, BATCHES);
  for (const [i, { name, log }] of logs.entries()) {
    figure(`${name}.append_single`, singles[i] ?? NaN, "leaves/s");
    figure(`${name}.append_batched`, batches[i] ?? NaN, "leaves/s");
    await log.proofs(name);
  }
  // 1: as fast at the largest size as at the smallest.
  for (const [name, rates] of [["single", singles], ["batched", batches]] as const) {
    figure(`log.flat_${name}`, (rates[rates.length - 1] ?? NaN) / (rates[0] ?? NaN), "ratio");
  }
}

/** Leaves a second of each log. They take turns, so that what else the machine does slows all of them. */
function inTurn(logs: readonly BenchLog[], batch: number, rounds: number): readonly number[] {
  const taken: number[][] = logs.map(() => []);
  for (let round = 0; round < rounds; round++) logs.forEach((log, i) => taken[i]?.push(log.append(batch)));
  return taken.map((one) => (batch / median(one)) * 1000);
}

export class BenchLog {
  #edge: Edge;
  /** How many leaves it stood on. */
  readonly #stood: number;
  /** Those made since. */
  readonly #tiles = new Map<string, readonly Uint8Array[]>();
  readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #key: NoteKey = { name: ORIGIN, kind: NOTE_ECDSA, publicKey: new Uint8Array(this.#pair.publicKey.export({ type: "spki", format: "der" })) };

  /** A log of that many leaves, all the same: a subtree of them is the same wherever it stands. */
  constructor(size: number) {
    this.#edge = edgeOfSame(size);
    this.#stood = size;
  }

  /** Milliseconds that so many more leaves take, with their tiles as bytes and the root signed. */
  append(count: number): number {
    const began = performance.now();
    for (const tile of this.#grow(count)) tileBytes(tile);
    this.#note();
    return performance.now() - began;
  }

  async proofs(name: string): Promise<void> {
    const { size } = this.#edge;
    const root = edgeRoot(this.#edge);
    const checkpoint = this.#note();
    const places = Array.from({ length: PROOFS }, (_, i) => (i % 2 === 0 ? Math.floor((i * size) / PROOFS) : size - 1 - i));
    const bytes: number[] = [];
    const [made, checked]: [number[], number[]] = [[], []];
    for (const index of places) {
      let proof: readonly Uint8Array[] = [];
      made.push(await millisecondsOf(async () => (proof = await inclusionProof(index, size, this.#subtrees(size)))));
      bytes.push(tlogProofBytes(index, proof, checkpoint).length);
      const began = performance.now();
      const found = rootFromInclusion(leafHash(this.#leafAt(index)), index, size, proof);
      checked.push(performance.now() - began);
      if (!found || !sameBytes(found, root)) throw new Error(`no proof of leaf ${String(index)}`);
    }
    figure(`${name}.proof`, median(bytes), "bytes");
    figure(`${name}.proof_made`, median(made), "ms");
    figure(`${name}.proof_checked`, median(checked), "ms");

    // Neighbours, with something else after every fourth.
    const indices = Array.from({ length: ENTRIES }, (_, i) => size - 20_000 + i + Math.floor(i / 4));
    let hashes: readonly Uint8Array[] = [];
    figure(`${name}.record_proof_made`, await millisecondsOf(async () => (hashes = await batchProof(indices, size, this.#subtrees(size)))), "ms");
    figure(`${name}.record_proof`, logProofBytes({ indices, hashes, checkpoint }).length, "bytes");
    const check = async () => {
      const opened = await openCheckpoint(checkpoint, { origin: ORIGIN, keys: [this.#key] }, [], webCryptoVerifier);
      const found = rootFromBatch(indices.map((index) => ({ index, hash: leafHash(this.#leafAt(index)) })), size, hashes);
      if (typeof opened === "string" || !found || !sameBytes(found, opened.root)) throw new Error("the proof of a record does not hold");
    };
    figure(`${name}.record_proof_checked`, await millisecondsOf(check), "ms");
  }

  #grow(count: number): readonly (readonly Uint8Array[])[] {
    const from = this.#edge.size;
    const { edge, tiles } = appended(this.#edge, Array.from({ length: count }, (_, i) => leafHash(this.#leafAt(from + i))));
    this.#edge = edge;
    for (const { level, index, hashes } of tiles) this.#tiles.set(tilePath({ level, index, width: TILE_WIDTH }), hashes);
    return tiles.map(({ hashes }) => hashes);
  }

  #subtrees(size: number) {
    return subtreesFrom(size, (name) => Promise.resolve(this.#load(name)));
  }

  #load({ level, index, width }: TileName): readonly Uint8Array[] {
    const made = this.#tiles.get(tilePath({ level, index, width: TILE_WIDTH }));
    return made?.slice(0, width) ?? new Array<Uint8Array>(width).fill(sameAt(level));
  }

  #leafAt(index: number): Uint8Array {
    return index < this.#stood ? SAME : leafAt(index);
  }

  #note(): Uint8Array {
    const text = treeHeadText({ origin: ORIGIN, size: this.#edge.size, root: edgeRoot(this.#edge) });
    return utf8(noteOf(text, [signatureLine(this.#key, new Uint8Array(sign("sha256", utf8(text), this.#pair.privateKey)))]));
  }
}

/** The right edge of a tree of that many leaves, all the same. */
export function edgeOfSame(size: number): Edge {
  const rows: Uint8Array[][] = [];
  for (let level = 0, row = size; row > 0; level++, row = Math.floor(row / TILE_WIDTH)) {
    rows.push(new Array<Uint8Array>(row % TILE_WIDTH).fill(sameAt(level)));
  }
  return { size, rows };
}

/** The root over 256^level leaves that are all the same. */
export function sameAt(level: number): Uint8Array {
  const known = SAME_ROOTS[level] ?? rootOver(new Array<Uint8Array>(TILE_WIDTH).fill(sameAt(level - 1)));
  SAME_ROOTS[level] = known;
  return known;
}

/** A leaf as long as a real one. */
const leafAt = (index: number): Uint8Array =>
  leafBytes({ kind: "entry", ceremony: `c-${String(index % 977)}`, seq: index, hash: base64(utf8(`entry ${String(index)}`)).padEnd(64, "0") });

const SAME = leafAt(0);
const SAME_ROOTS: Uint8Array[] = [leafHash(SAME)];
