import { nodeHash, rangeRoot, splitLevel, type SubtreeReader } from "./merkle";

/**
 * One proof that many leaves are in one tree: a ceremony's entries are neighbours, and a proof for each would repeat most of it.
 * It has the roots of the largest ranges that hold none of the leaves, from left to right, where a range is divided as RFC 6962
 * divides a list: at the largest power of two below its length. Of one leaf it has the hashes of that leaf's inclusion proof.
 */
export async function batchProof(indices: readonly number[], size: number, read: SubtreeReader): Promise<readonly Uint8Array[]> {
  if (!isBatch(indices, size)) throw new RangeError("no such leaves");
  const path: Promise<Uint8Array>[] = [];
  const visit = (start: number, end: number, within: readonly number[]): void => {
    if (within.length === 0) path.push(rangeRoot(start, end, read));
    else if (end - start > 1) {
      const middle = start + 2 ** splitLevel(end - start);
      visit(start, middle, within.filter((index) => index < middle));
      visit(middle, end, within.filter((index) => index >= middle));
    }
  };
  visit(0, size, indices);
  return Promise.all(path);
}

/** A leaf where it is said to stand. */
export type PlacedLeaf = { readonly index: number; readonly hash: Uint8Array };

/** The root that a proof leads to from those leaf hashes; null when no tree of that size has such a proof of such leaves. */
export function rootFromBatch(leaves: readonly PlacedLeaf[], size: number, proof: readonly Uint8Array[]): Uint8Array | null {
  if (!isBatch(leaves.map(({ index }) => index), size)) return null;
  let used = 0;
  const rootOf = (start: number, end: number, within: readonly PlacedLeaf[]): Uint8Array | null => {
    if (within.length === 0) return proof[used++] ?? null;
    if (end - start === 1) return (within[0] as PlacedLeaf).hash;
    const middle = start + 2 ** splitLevel(end - start);
    const left = rootOf(start, middle, within.filter(({ index }) => index < middle));
    const right = rootOf(middle, end, within.filter(({ index }) => index >= middle));
    return left && right && nodeHash(left, right);
  };
  const root = rootOf(0, size, leaves);
  return used === proof.length ? root : null;
}

/** Whether these can be the places of leaves in a tree of that size: at least one, each in the tree, none twice. */
export function isBatch(indices: readonly number[], size: number): boolean {
  const inside = (index: number) => Number.isSafeInteger(index) && index >= 0 && index < size;
  return Number.isSafeInteger(size) && indices.length > 0 && indices.every(inside) && new Set(indices).size === indices.length;
}
