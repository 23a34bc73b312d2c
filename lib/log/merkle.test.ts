import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, hex, sha256, utf8 } from "./digest";
import {
  EMPTY_ROOT,
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  rootFromInclusion,
  rootOf,
  rootOver,
  rootsFromConsistency,
  type SubtreeReader,
} from "./merkle";

/** The eight leaves and the roots of their trees by which implementations of RFC 6962 have been compared since its first one. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(fromHex);
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const hashesOf = (size: number): readonly Uint8Array[] => Array.from({ length: size }, (_, i) => leafHash(utf8(`leaf ${String(i)}`)));
const readerOf = (hashes: readonly Uint8Array[]): SubtreeReader => (level, index) =>
  Promise.resolve(rootOver(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)));

/** MTH as section 2.1 writes it, to hold the quicker ways against. */
function mth(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256(new Uint8Array(0));
  if (hashes.length === 1) return hashes[0] as Uint8Array;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(mth(hashes.slice(0, k)), mth(hashes.slice(k)));
}

const trees = fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));

describe("the root", () => {
  test("of no leaves is the hash of nothing", async () => {
    expect(hex(EMPTY_ROOT)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(await rootOf(0, readerOf([]))).toEqual(EMPTY_ROOT);
  });
  test.each(ROOTS.map((root, i) => [i + 1, root] as const))("of the first %i leaves is the published one", async (size, root) => {
    const hashes = LEAVES.slice(0, size).map(leafHash);
    expect(hex(rootOver(hashes))).toBe(root);
    expect(hex(await rootOf(size, readerOf(hashes)))).toBe(root);
  });
  test("is what the definition says, for every size", async () => {
    for (let size = 0; size < 130; size++) {
      const hashes = hashesOf(size);
      expect(await rootOf(size, readerOf(hashes))).toEqual(mth(hashes));
      expect(rootOver(hashes)).toEqual(mth(hashes));
    }
  });
});

describe("a proof of inclusion", () => {
  test("leads from its leaf to the root", () =>
    fc.assert(
      fc.asyncProperty(trees, async ([size, index]) => {
        const hashes = hashesOf(size);
        const proof = await inclusionProof(index, size, readerOf(hashes));
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(rootFromInclusion(hashes[index] as Uint8Array, index, size, proof)).toEqual(mth(hashes));
      }),
    ));
  test("leads nowhere else: another leaf, place, size or hash gives another root, or none", () =>
    fc.assert(
      fc.asyncProperty(trees, fc.nat(), fc.nat({ max: 255 }), async ([size, index], which, bit) => {
        const hashes = hashesOf(size);
        const root = mth(hashes);
        const proof = await inclusionProof(index, size, readerOf(hashes));
        const leaf = hashes[index] as Uint8Array;
        expect(rootFromInclusion(sha256(leaf), index, size, proof)).not.toEqual(root);
        if (size > 1) expect(rootFromInclusion(leaf, (index + 1) % size, size, proof)).not.toEqual(root);
        expect(rootFromInclusion(leaf, index, size, [...proof, leaf])).not.toEqual(root);
        expect(rootFromInclusion(leaf, index, index, proof)).toBeNull();
        if (proof.length === 0) return;
        expect(rootFromInclusion(leaf, index, size, proof.slice(1))).not.toEqual(root);
        const changed = proof.map((hash) => Uint8Array.from(hash));
        const hash = changed[which % changed.length] as Uint8Array;
        hash[bit >> 3] = (hash[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(rootFromInclusion(leaf, index, size, changed)).not.toEqual(root);
      }),
    ));
  test("is not made of a leaf that is not there", () => expect(inclusionProof(3, 3, readerOf(hashesOf(3)))).rejects.toThrow(RangeError));
  test("is nothing for sizes beyond whole numbers", () => {
    const leaf = leafHash(utf8("x"));
    expect(rootFromInclusion(leaf, 0, 2 ** 60, [])).toBeNull();
    expect(rootFromInclusion(leaf, -1, 1, [])).toBeNull();
    expect(rootFromInclusion(leaf, Number.NaN, 1, [])).toBeNull();
  });
});

describe("a proof of consistency", () => {
  test("leads from the old root to both", () =>
    fc.assert(
      fc.asyncProperty(trees, async ([size, old]) => {
        fc.pre(old > 0);
        const hashes = hashesOf(size);
        const before = mth(hashes.slice(0, old));
        const proof = await consistencyProof(old, size, readerOf(hashes));
        expect(rootsFromConsistency(old, size, before, proof)).toEqual({ old: before, new: mth(hashes) });
      }),
    ));
  test("of a tree that was changed in its past leads to no root that was told before", () =>
    fc.assert(
      fc.asyncProperty(trees, fc.nat(), async ([size, old], which) => {
        fc.pre(old > 0);
        const hashes = hashesOf(size);
        const forked = hashes.map((hash, i) => (i === which % old ? sha256(hash) : hash));
        const proof = await consistencyProof(old, size, readerOf(forked));
        const roots = rootsFromConsistency(old, size, mth(hashes.slice(0, old)), proof);
        const [before, after] = [mth(hashes.slice(0, old)), mth(forked)];
        expect(hex(roots?.old ?? EMPTY_ROOT) === hex(before) && hex(roots?.new ?? EMPTY_ROOT) === hex(after)).toBe(false);
      }),
    ));
  test("is empty from nothing and from the same tree, and never from a larger one", async () => {
    const read = readerOf(hashesOf(5));
    expect(await consistencyProof(0, 5, read)).toEqual([]);
    expect(await consistencyProof(5, 5, read)).toEqual([]);
    await expect(consistencyProof(6, 5, read)).rejects.toThrow(RangeError);
    expect(rootsFromConsistency(5, 5, EMPTY_ROOT, [])).toBeNull();
    expect(rootsFromConsistency(0, 5, EMPTY_ROOT, [])).toBeNull();
    expect(rootsFromConsistency(3, 5, EMPTY_ROOT, [])).toBeNull();
  });
});
