import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchProof, rootFromBatch } from "./batch-proof";
import { utf8 } from "./digest";
import { inclusionProof, leafHash, rootOf, rootOver, type SubtreeReader } from "./merkle";

const leaves = (size: number) => Array.from({ length: size }, (_, i) => leafHash(utf8(`leaf ${String(i)}`)));
const over = (hashes: readonly Uint8Array[]): SubtreeReader => (level, index) =>
  Promise.resolve(rootOver(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)));

const trees = fc.integer({ min: 1, max: 600 }).chain((size) =>
  fc.record({ size: fc.constant(size), indices: fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 40 }) }),
);

describe("a batch proof", () => {
  test("leads from any leaves of any tree to its root, in whatever order they are named", () =>
    fc.assert(
      fc.asyncProperty(trees, async ({ size, indices }) => {
        const hashes = leaves(size);
        const proof = await batchProof(indices, size, over(hashes));
        const placed = indices.map((index) => ({ index, hash: hashes[index]! }));
        expect(rootFromBatch(placed, size, proof)).toEqual(await rootOf(size, over(hashes)));
      }),
      { numRuns: 60 },
    ));

  test("leads nowhere else: a leaf, a place, a size, a hash changed, left out or added gives another root or none", () =>
    fc.assert(
      fc.asyncProperty(trees, fc.nat(), fc.nat(), async ({ size, indices }, which, other) => {
        const hashes = leaves(size);
        const root = await rootOf(size, over(hashes));
        const proof = [...(await batchProof(indices, size, over(hashes)))];
        const placed = indices.map((index) => ({ index, hash: hashes[index]! }));
        const at = which % placed.length;
        const strange = leafHash(utf8("strange"));
        const swap = placed.map((leaf, i) => (i === at ? { ...leaf, hash: strange } : leaf));
        expect(rootFromBatch(swap, size, proof)).not.toEqual(root);
        const elsewhere = placed.map((leaf, i) => (i === at ? { ...leaf, index: other % (size + 2) } : leaf));
        if (elsewhere[at]!.index !== placed[at]!.index) expect(rootFromBatch(elsewhere, size, proof)).not.toEqual(root);
        expect(rootFromBatch([...placed, placed[at]!], size, proof)).toBeNull();
        expect(rootFromBatch(placed, size, [...proof, strange])).toBeNull();
        if (proof.length === 0) return;
        expect(rootFromBatch(placed, size, proof.slice(1))).toBeNull();
        expect(rootFromBatch(placed, size, proof.map((hash, i) => (i === which % proof.length ? strange : hash)))).not.toEqual(root);
      }),
      { numRuns: 60 },
    ));

  test("of one leaf has the hashes of its inclusion proof, and of all leaves none", async () => {
    const hashes = leaves(300);
    for (const index of [0, 7, 255, 256, 299]) {
      const [batch, single] = [await batchProof([index], 300, over(hashes)), await inclusionProof(index, 300, over(hashes))];
      const names = (all: readonly Uint8Array[]) => all.map((hash) => hash.join()).sort();
      expect(names(batch)).toEqual(names(single));
    }
    expect(await batchProof(hashes.map((_, i) => i), 300, over(hashes))).toEqual([]);
  });

  test("of neighbours in a large tree is hardly longer than that of one", async () => {
    const size = 2 ** 20;
    const read: SubtreeReader = (level) => Promise.resolve(new Uint8Array(32).fill(level));
    const indices = Array.from({ length: 200 }, (_, i) => 700_000 + i);
    expect((await batchProof(indices, size, read)).length).toBeLessThan(40);
  });

  test("is of leaves that a tree has, each once", async () => {
    const hashes = leaves(4);
    for (const indices of [[], [4], [-1], [0.5], [1, 1]]) await expect(batchProof(indices, 4, over(hashes))).rejects.toThrow(RangeError);
    expect(rootFromBatch([], 4, [])).toBeNull();
    expect(rootFromBatch([{ index: 0, hash: hashes[0]! }], 2 ** 60, [])).toBeNull();
    expect(rootFromBatch([{ index: 0, hash: hashes[0]! }], 2 ** 53 - 1, [])).toBeNull();
  });
});
