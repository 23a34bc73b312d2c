import { sha256 } from "./digest";

/**
 * The Merkle tree of RFC 6962, section 2.1, over SHA-256. A tree is asked about by the roots of its complete subtrees: `(level, index)`
 * is the tree over the 2^level leaves from index·2^level on. Proofs are lists of hashes, from the leaf's side up.
 */
export type SubtreeReader = (level: number, index: number) => Promise<Uint8Array>;

/** MTH({}): the root of the tree without leaves. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

const LEAF = 0;
const NODE = 1;

/** The hash of a leaf: SHA-256(0x00 ‖ data). */
export function leafHash(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + data.length);
  bytes[0] = LEAF;
  bytes.set(data, 1);
  return sha256(bytes);
}

/** The hash of a node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = NODE;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** The root over these hashes, as leaves of a tree or as roots of complete subtrees of one size. */
export function rootOver(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) above.push(nodeHash(row[i] as Uint8Array, row[i + 1] as Uint8Array));
    if (row.length % 2 === 1) above.push(row[row.length - 1] as Uint8Array);
    row = above;
  }
  return row[0] ?? EMPTY_ROOT;
}

/** The largest power of two smaller than n (n > 1), as its exponent: where RFC 6962 divides a list of n. */
export function splitLevel(n: number): number {
  let level = 0;
  while (2 ** (level + 1) < n) level++;
  return level;
}

/**
 * MTH(D[start:end]) of a range that begins where a complete subtree of its size may begin, as every range of a proof does.
 * Reads one subtree for each bit of its length.
 */
export async function rangeRoot(start: number, end: number, read: SubtreeReader): Promise<Uint8Array> {
  const parts: Promise<Uint8Array>[] = [];
  for (let from = start; from < end; ) {
    const level = end - from === 1 ? 0 : splitLevel(end - from + 1);
    parts.push(read(level, from / 2 ** level));
    from += 2 ** level;
  }
  const roots = await Promise.all(parts);
  return roots.reduceRight((right, left) => nodeHash(left, right));
}

/** The root of the tree over the first `size` leaves. */
export const rootOf = async (size: number, read: SubtreeReader): Promise<Uint8Array> =>
  size === 0 ? EMPTY_ROOT : rangeRoot(0, size, read);

/** PATH(index, D[0:size]), section 2.1.1. Throws a RangeError when there is no such leaf. */
export async function inclusionProof(index: number, size: number, read: SubtreeReader): Promise<readonly Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError("no such leaf");
  const path: Promise<Uint8Array>[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + 2 ** splitLevel(end - start);
    const left = index < middle;
    path.push(left ? rangeRoot(middle, end, read) : rangeRoot(start, middle, read));
    [start, end] = left ? [start, middle] : [middle, end];
  }
  return Promise.all(path.reverse());
}

/** PROOF(old, D[0:size]), section 2.1.2; empty from the empty tree and between equal sizes. Throws a RangeError when old > size. */
export async function consistencyProof(old: number, size: number, read: SubtreeReader): Promise<readonly Uint8Array[]> {
  if (!(old >= 0 && old <= size)) throw new RangeError("no such older tree");
  if (old === 0 || old === size) return [];
  const path: Promise<Uint8Array>[] = [];
  let [start, end] = [0, size];
  while (end !== old) {
    const middle = start + 2 ** splitLevel(end - start);
    const left = old <= middle;
    path.push(left ? rangeRoot(middle, end, read) : rangeRoot(start, middle, read));
    [start, end] = left ? [start, middle] : [middle, end];
  }
  if (start > 0) path.push(rangeRoot(start, end, read));
  return Promise.all(path.reverse());
}

/** The root that a proof leads to from that leaf hash (RFC 9162, section 2.1.3.2); null when no tree of that size has such a proof. */
export function rootFromInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  if (!Number.isSafeInteger(size) || !(index >= 0 && index < size)) return null;
  let [node, last, root] = [index, size - 1, leaf];
  for (const hash of proof) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      root = nodeHash(hash, root);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else root = nodeHash(root, hash);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/**
 * The roots of the old and of the new tree that a consistency proof leads to (RFC 9162, section 2.1.4.2), given the old root; null
 * when no two trees of these sizes have such a proof. Who checks compares both: the old with the one it has, the new with the one
 * it was told.
 */
export function rootsFromConsistency(
  old: number,
  size: number,
  oldRoot: Uint8Array,
  proof: readonly Uint8Array[],
): { readonly old: Uint8Array; readonly new: Uint8Array } | null {
  if (!Number.isSafeInteger(size) || !(old > 0 && old < size)) return null;
  // When the old tree is complete, its root is the first hash, and not sent.
  const hashes = Number.isInteger(Math.log2(old)) ? [oldRoot, ...proof] : proof;
  const [first, ...rest] = hashes;
  if (!first) return null;
  let [node, last] = [old - 1, size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [before, after] = [first, first];
  for (const hash of rest) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      before = nodeHash(hash, before);
      after = nodeHash(hash, after);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else after = nodeHash(after, hash);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { old: before, new: after } : null;
}
