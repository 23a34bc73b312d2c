import { nodeHash, rootOver, type SubtreeReader } from "./merkle";

/**
 * The layout of C2SP tlog-tiles: a tile is up to 256 hashes of one row of the tree, eight rows apart from the next. A hash in a tile
 * of level L is the root over 256^L leaves; only what can no longer change is in one.
 */
export type TileName = {
  /** 0 holds leaf hashes. */
  readonly level: number;
  /** From 0, along its level. */
  readonly index: number;
  /** How many hashes it holds: 256, or fewer at the right edge. */
  readonly width: number;
};
export type Tile = TileName & { readonly hashes: readonly Uint8Array[] };

export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const HASH_LENGTH = 32;

/** Below the log's prefix: `tile/0/x001/x234/067`, `tile/1/000.p/17`. */
export const tilePath = ({ level, index, width }: TileName): string => `tile/${String(level)}/${indexPath(index, width)}`;

/** Where the leaves themselves are, in bundles as wide as the tiles of level 0. */
export const bundlePath = (index: number, width: number): string => `tile/entries/${indexPath(index, width)}`;

function indexPath(index: number, width: number): string {
  const parts = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return parts.join("/") + (width === TILE_WIDTH ? "" : `.p/${String(width)}`);
}

/** What is asked for at a path below the log's prefix: a tile, a bundle of leaves (level "entries"), or null for any other path. */
export function readTilePath(path: string): (Omit<TileName, "level"> & { readonly level: number | "entries" }) | null {
  const found = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  if (!found) return null;
  const level = found[1] === "entries" ? "entries" : Number(found[1]);
  const index = Number((found[2] ?? "").replace(/[x/]/g, ""));
  const width = found[3] === undefined ? TILE_WIDTH : Number(found[3]);
  if (width > TILE_WIDTH || (found[3] !== undefined && width === TILE_WIDTH) || (level !== "entries" && level > 63)) return null;
  const own = level === "entries" ? bundlePath(index, width) : tilePath({ level, index, width });
  return own === path ? { level, index, width } : null; // one spelling
}

/** The last tile of each level while it is not full: of width 0 where the one before is. */
export function tilesAtEdge(size: number): readonly TileName[] {
  const edge: TileName[] = [];
  for (let level = 0, row = size; row > 0; level++, row = Math.floor(row / TILE_WIDTH)) {
    edge.push({ level, index: Math.floor(row / TILE_WIDTH), width: row % TILE_WIDTH });
  }
  return edge;
}

/** The tile that holds, or whose hashes make up, a complete subtree of a tree of that size; as wide as it is in that tree. */
export function tileHolding(level: number, index: number, size: number): TileName {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const first = index * 2 ** (level % TILE_HEIGHT);
  const row = Math.floor(size / TILE_WIDTH ** tileLevel);
  const tile = Math.floor(first / TILE_WIDTH);
  return { level: tileLevel, index: tile, width: Math.min(TILE_WIDTH, row - tile * TILE_WIDTH) };
}

/** Subtrees read out of the tiles of a tree of that size; a tile is loaded once. Throws what `load` throws. */
export function subtreesFrom(size: number, load: (tile: TileName) => Promise<readonly Uint8Array[]>): SubtreeReader {
  const tiles = new Map<string, Promise<readonly Uint8Array[]>>();
  return async (level, index) => {
    const name = tileHolding(level, index, size);
    const path = tilePath(name);
    const hashes = tiles.get(path) ?? load(name);
    tiles.set(path, hashes);
    const count = 2 ** (level % TILE_HEIGHT);
    const from = (index * count) % TILE_WIDTH;
    const own = (await hashes).slice(from, from + count);
    if (own.length !== count) throw new RangeError(`no subtree ${String(level)}/${String(index)} in a tree of ${String(size)}`);
    return rootOver(own);
  };
}

/** The same out of tiles as they are served; one that is not there, or has too few hashes, is a `RangeError`. */
export const subtreesFromBytes = (size: number, bytesOf: (tile: TileName) => Promise<Uint8Array | null>): SubtreeReader =>
  subtreesFrom(size, async (name) => {
    const bytes = await bytesOf(name);
    return (bytes && readTile(bytes, name.width)) ?? [];
  });

/** The right edge of a tree: of each level, the hashes of its last tile while it is not full. All that appending needs. */
export type Edge = { readonly size: number; readonly rows: readonly (readonly Uint8Array[])[] };

export const EMPTY_EDGE: Edge = { size: 0, rows: [] };

/** The tree with these leaf hashes at its end, and every tile that is new or wider; a full tile never changes again. */
export function appended(edge: Edge, leaves: readonly Uint8Array[]): { readonly edge: Edge; readonly tiles: readonly Tile[] } {
  const size = edge.size + leaves.length;
  const rows: (readonly Uint8Array[])[] = [];
  const tiles: Tile[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0 || level < edge.rows.length; level++) {
    const kept = edge.rows[level] ?? [];
    if (added.length === 0) {
      rows.push(kept); // the same list: its subtrees are known
      continue;
    }
    const before = Math.floor(edge.size / TILE_WIDTH ** level);
    const row = [...kept, ...added];
    const above: Uint8Array[] = [];
    let index = Math.floor(before / TILE_WIDTH);
    let from = 0;
    for (; row.length - from >= TILE_WIDTH; from += TILE_WIDTH, index++) {
      const hashes = row.slice(from, from + TILE_WIDTH);
      tiles.push({ level, index, width: TILE_WIDTH, hashes });
      above.push(rootOver(hashes));
    }
    const rest = row.slice(from);
    if (rest.length > 0) tiles.push({ level, index, width: rest.length, hashes: rest });
    rows.push(rest);
    added = above;
  }
  return { edge: { size, rows }, tiles };
}

/** The root of a tree, from its right edge alone. */
export function edgeRoot({ size, rows }: Edge): Uint8Array {
  if (size === 0) return rootOver([]);
  // From the top: the complete subtrees of each row, the larger first; then folded from the right.
  const subtrees = rows.toReversed().flatMap(completeSubtrees);
  return subtrees.reduceRight((right, left) => nodeHash(left, right));
}

/** Of rows that did not change: most of an edge is the same from one leaf to the next. */
const subtreesOfRows = new WeakMap<readonly Uint8Array[], readonly Uint8Array[]>();

function completeSubtrees(row: readonly Uint8Array[]): readonly Uint8Array[] {
  const known = subtreesOfRows.get(row);
  if (known) return known;
  const roots: Uint8Array[] = [];
  let from = 0;
  for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
    if (row.length - from < width) continue;
    roots.push(rootOver(row.slice(from, from + width)));
    from += width;
  }
  subtreesOfRows.set(row, roots);
  return roots;
}

export function tileBytes(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_LENGTH);
  hashes.forEach((hash, i) => bytes.set(hash, i * HASH_LENGTH));
  return bytes;
}

/** The hashes of a tile of that width; null when the bytes are not so many. */
export function readTile(bytes: Uint8Array, width: number): readonly Uint8Array[] | null {
  if (bytes.length !== width * HASH_LENGTH) return null;
  return Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH));
}

/** The narrower tile that a grown one began as; null when it never was so wide. */
export const narrowedTile = (bytes: Uint8Array, width: number): Uint8Array | null =>
  bytes.length < width * HASH_LENGTH ? null : bytes.slice(0, width * HASH_LENGTH);

/** A leaf may be so long: bundles give its length in 16 bits. */
export const LEAF_LIMIT = 0xffff;

/** Leaves as an entry bundle: each behind its length, big-endian. Throws a RangeError on a leaf over LEAF_LIMIT. */
export function bundleBytes(leaves: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(leaves.reduce((sum, leaf) => sum + 2 + leaf.length, 0));
  let at = 0;
  for (const leaf of leaves) {
    if (leaf.length > LEAF_LIMIT) throw new RangeError("leaf too long");
    bytes.set([leaf.length >> 8, leaf.length & 0xff], at);
    bytes.set(leaf, at + 2);
    at += 2 + leaf.length;
  }
  return bytes;
}

/** The leaves of a bundle of that width; null when the bytes are no such bundle. */
export function readBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] | null {
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && leaves.length < width) {
    const length = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    at += 2;
    if (at + length > bytes.length) return null;
    leaves.push(bytes.slice(at, at + length));
    at += length;
  }
  return at === bytes.length && leaves.length === width ? leaves : null;
}
