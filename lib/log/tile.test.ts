import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "./digest";
import { consistencyProof, inclusionProof, leafHash, rootFromInclusion, rootOf, rootOver } from "./merkle";
import {
  EMPTY_EDGE,
  LEAF_LIMIT,
  TILE_WIDTH,
  appended,
  bundleBytes,
  bundlePath,
  edgeRoot,
  readBundle,
  readTile,
  readTilePath,
  subtreesFrom,
  tileBytes,
  tileHolding,
  tilePath,
  type Edge,
  type TileName,
} from "./tile";

const leaves = (from: number, count: number) => Array.from({ length: count }, (_, i) => leafHash(utf8(String(from + i))));

/** A log that keeps every tile by its path, as a directory would. */
function grown(batches: readonly number[]) {
  const kept = new Map<string, readonly Uint8Array[]>();
  let edge: Edge = EMPTY_EDGE;
  for (const count of batches) {
    const next = appended(edge, leaves(edge.size, count));
    edge = next.edge;
    for (const tile of next.tiles) kept.set(tilePath(tile), tile.hashes);
  }
  return { edge, kept };
}

/** The tiles that the specification gives a tree of that size, those of its right edge as wide as they are there. */
function* tilesOf(size: number): Generator<TileName> {
  for (let level = 0, row = size; row > 0; level++, row = Math.floor(row / TILE_WIDTH)) {
    const full = Math.floor(row / TILE_WIDTH);
    for (let index = 0; index < full; index++) yield { level, index, width: TILE_WIDTH };
    if (row % TILE_WIDTH > 0) yield { level, index: full, width: row % TILE_WIDTH };
  }
}

describe("a tile's path", () => {
  test.each([
    [{ level: 0, index: 1234067, width: 256 }, "tile/0/x001/x234/067"],
    [{ level: 1, index: 0, width: 17 }, "tile/1/000.p/17"],
    [{ level: 2, index: 999, width: 256 }, "tile/2/999"],
    [{ level: 0, index: 1000, width: 1 }, "tile/0/x001/000.p/1"],
  ])("is %o as %s, and back", (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(readTilePath(path)).toEqual(tile);
  });
  test("of leaves begins with entries", () => {
    expect(bundlePath(1234067, 8)).toBe("tile/entries/x001/x234/067.p/8");
    expect(readTilePath("tile/entries/x001/x234/067.p/8")).toEqual({ level: "entries", index: 1234067, width: 8 });
  });
  test.each([
    "tile/00/000",
    "tile/64/000",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/0/x000/001",
    "tile/0/1",
    "tile/0/x001/x234",
    "tile/0/../../checkpoint",
    "tile/0/000/",
    "/tile/0/000",
    "checkpoint",
  ])("has one spelling: %s is none", (path) => expect(readTilePath(path)).toBeNull());
});

describe("the tiles of a tree", () => {
  test("of 70,000 leaves are those that the specification counts", () => {
    const tiles = [...tilesOf(70_000)];
    const count = (level: number, full: boolean) => tiles.filter((t) => t.level === level && (t.width === TILE_WIDTH) === full);
    expect(count(0, true)).toHaveLength(273);
    expect(count(0, false)).toEqual([{ level: 0, index: 273, width: 112 }]);
    expect(count(1, true)).toHaveLength(1);
    expect(count(1, false)).toEqual([{ level: 1, index: 1, width: 17 }]);
    expect(count(2, false)).toEqual([{ level: 2, index: 0, width: 1 }]);
    expect(tiles).toHaveLength(273 + 1 + 1 + 1 + 1);
  });
  test("of 256 leaves are a full one and one of width 1 above it", () =>
    expect([...tilesOf(256)]).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]));
  test("of none are none", () => expect([...tilesOf(0)]).toEqual([]));
});

describe("appending", () => {
  const batches = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 });
  test("gives the same edge and root however the leaves come, and keeps every tile of the tree", () =>
    fc.assert(
      fc.property(batches, (counts) => {
        const size = counts.reduce((sum, count) => sum + count, 0);
        const { edge, kept } = grown(counts);
        expect(edge).toEqual(grown([size]).edge);
        expect(edgeRoot(edge)).toEqual(rootOver(leaves(0, size)));
        for (const tile of tilesOf(size)) expect(kept.get(tilePath(tile))).toHaveLength(tile.width);
      }),
      { numRuns: 25 },
    ));
  test("changes no full tile again", () => {
    const first = appended(EMPTY_EDGE, leaves(0, 300));
    const second = appended(first.edge, leaves(300, 300));
    expect(second.tiles.map(tilePath)).toEqual(["tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]);
  });
  test("of nothing touches nothing", () => expect(appended(grown([300]).edge, []).tiles).toEqual([]));
  test("crosses from level to level", () => {
    const { edge, kept } = grown([65_530, 20]);
    expect(edge.rows.map((row) => row.length)).toEqual([14, 0, 1]);
    expect(kept.has("tile/1/000")).toBe(true);
    expect(edgeRoot(edge)).toEqual(rootOver(leaves(0, 65_550)));
  });
});

describe("proofs out of tiles", () => {
  const { kept } = grown([70_000]);
  const all = leaves(0, 70_000);
  test("need a few tiles and lead to the root", async () => {
    const fetched: string[] = [];
    const read = subtreesFrom(70_000, (tile) => {
      fetched.push(tilePath(tile));
      return Promise.resolve(kept.get(tilePath(tile)) ?? []);
    });
    const root = await rootOf(70_000, read);
    expect(root).toEqual(rootOver(all));
    for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
      const proof = await inclusionProof(index, 70_000, read);
      expect(rootFromInclusion(all[index] as Uint8Array, index, 70_000, proof)).toEqual(root);
    }
    expect(await consistencyProof(65_537, 70_000, read)).not.toEqual([]);
    expect(new Set(fetched).size).toBe(fetched.length);
    expect(fetched.length).toBeLessThanOrEqual(9);
  });
  test("are refused when a tile is shorter than its tree needs", async () => {
    const read = subtreesFrom(300, () => Promise.resolve(leaves(0, 10)));
    await expect(rootOf(300, read)).rejects.toThrow("in a tree of 300");
  });
  test("ask for tiles as wide as they are in that tree", () => {
    expect(tileHolding(0, 300, 310)).toEqual({ level: 0, index: 1, width: 54 });
    expect(tileHolding(8, 0, 310)).toEqual({ level: 1, index: 0, width: 1 });
    expect(tileHolding(9, 0, 1000)).toEqual({ level: 1, index: 0, width: 3 });
  });
});

describe("bytes", () => {
  test("of a tile are its hashes, one after the other", () => {
    const hashes = leaves(0, 3);
    expect(readTile(tileBytes(hashes), 3)).toEqual(hashes);
    expect(readTile(tileBytes(hashes), 4)).toBeNull();
    expect(readTile(tileBytes(hashes).slice(1), 3)).toBeNull();
  });
  test("of a bundle are its leaves behind their lengths", () => {
    const bundle = bundleBytes([utf8("ab"), new Uint8Array(0), utf8("c")]);
    expect([...bundle]).toEqual([0, 2, 97, 98, 0, 0, 0, 1, 99]);
    expect(readBundle(bundle, 3)).toEqual([utf8("ab"), new Uint8Array(0), utf8("c")]);
    expect(readBundle(bundle, 2)).toBeNull();
    expect(readBundle(bundle, 4)).toBeNull();
    expect(readBundle(bundle.slice(0, -1), 3)).toBeNull();
    expect(readBundle(Uint8Array.of(...bundle, 0), 3)).toBeNull();
  });
  test("of a leaf have room for 65,535", () => {
    expect(readBundle(bundleBytes([new Uint8Array(LEAF_LIMIT)]), 1)?.[0]).toHaveLength(LEAF_LIMIT);
    expect(() => bundleBytes([new Uint8Array(LEAF_LIMIT + 1)])).toThrow(RangeError);
  });
});
