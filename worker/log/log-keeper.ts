import type { Mode } from "#lib/ceremony/roles";
import { batchProof, isBatch, rootFromBatch } from "#lib/log/batch-proof";
import { openCheckpoint, treeHeadText, type NoteVerifier, type TreeHead } from "#lib/log/checkpoint";
import { hex, sameBytes, utf8 } from "#lib/log/digest";
import type { LogProof } from "#lib/log/log-proof";
import { consistencyProof, leafHash, rootsFromConsistency, type SubtreeReader } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine, type NoteKey } from "#lib/log/note";
import {
  EMPTY_EDGE,
  appended,
  edgeRoot,
  narrowedTile,
  readTile,
  subtreesFrom,
  tileBytes,
  tilesAtEdge,
  type Edge,
} from "#lib/log/tile";
import { logOriginOf } from "#lib/log/origin";
import type { LoggedThing } from "#lib/store/logged-things";
import type { Waiting } from "#lib/store/transparency-log";
import { logModeOf } from "./log-mode";
import { thingLeaf } from "./thing-leaf";
import type { LogMemory, RememberedLog } from "./log-memory";
import type { LogStore } from "./log-store";
import type { OwnCheckpoint } from "./witnesses";

/** The log in the database is not the one this worker signed. It appends nothing more before a person has looked. */
export class LogFault extends Error {
  override readonly name: string = "LogFault";
}

/**
 * Nothing is remembered of the log: this worker's folder is new, or was lost. Whether it was emptied or cut off meanwhile only a person
 * can find out, and until then nothing is signed: a second root of a size that was signed before would be a fork.
 */
export class LogUnknown extends LogFault {
  override readonly name = "LogUnknown";

  constructor(readonly origin: string) {
    super(`nobody has said at this worker's console what the log ${origin} was`);
  }
}

/** What a keeper works with: its rows, its memory, and the recorder's key. */
export interface LogParts {
  readonly store: LogStore;
  readonly memory: LogMemory;
  readonly verifier: NoteVerifier;
  readonly recorderSpki: Uint8Array;
  /** ES256 in DER, by the recorder key. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** The key that checkpoints of the log are checked with. */
export const logKey = (origin: string, recorderSpki: Uint8Array): NoteKey => ({ name: origin, kind: NOTE_ECDSA, publicKey: recorderSpki });

const BATCH = 1_000;
const BATCHES_A_ROUND = 8;

/** Appends what waits to the logs of one installation and signs what they are then. One worker leads, so there is one writer. */
export class LogKeeper {
  readonly #edges = new Map<string, Edge>();
  readonly #modes = new Map<string, Mode>();

  constructor(readonly origin: string) {}

  /** Takes in what waits; answers how many leaves were appended. Throws LogFault when the kept log is not the one remembered. */
  async keep(parts: LogParts): Promise<number> {
    let count = 0;
    try {
      for (let batch = 0; batch < BATCHES_A_ROUND; batch++) {
        const waiting = await parts.store.waiting(BATCH);
        if (waiting.length === 0) return count;
        count += await this.#take(parts, waiting);
      }
    } catch (fault) {
      // Whether the last batch was kept is not known: what is kept is looked at anew.
      this.#edges.clear();
      throw fault;
    }
    return count;
  }

  /** The newest checkpoint of the log of that mode, which is of the tree this keeper knows; null before the first. */
  async newest(parts: LogParts, mode: Mode): Promise<OwnCheckpoint | null> {
    const origin = logOriginOf(this.origin, mode);
    const { size } = await this.#edge(parts, origin);
    if (size === 0) return null;
    const kept = await parts.store.checkpoint(origin);
    if (kept?.size !== size) throw forked(origin, size);
    return ownCheckpoint(parts, kept.note, { origin, size });
  }

  /**
   * The proof that these leaves are in the log of that mode, as it is now; null when it does not have them all. Throws LogFault when
   * the kept log is not the one remembered.
   */
  async prove(parts: LogParts, mode: Mode, leaves: readonly Uint8Array[]): Promise<LogProof | null> {
    const origin = logOriginOf(this.origin, mode);
    const edge = await this.#edge(parts, origin);
    const hashes = leaves.map(leafHash);
    const known = await parts.store.known(origin, hashes.map(hex));
    const indices = hashes.flatMap((hash) => known.get(hex(hash)) ?? []);
    const newest = await this.newest(parts, mode);
    if (indices.length < leaves.length || !newest) return null;
    if (!isBatch(indices, edge.size)) throw forked(origin, edge.size);
    const proof = await batchProof(indices, edge.size, keptSubtrees(parts, origin, edge.size));
    // Places and tiles are the database's word: what they lead to must be the tree this worker signed.
    const root = rootFromBatch(hashes.map((hash, i) => ({ index: indices[i] ?? -1, hash })), edge.size, proof);
    if (!root || !sameBytes(root, edgeRoot(edge))) throw forked(origin, edge.size);
    return { indices, hashes: proof, checkpoint: newest.note };
  }

  async #take(parts: LogParts, waiting: readonly Waiting[]): Promise<number> {
    const logs = new Map<string, { readonly id: bigint; readonly bytes: Uint8Array }[]>();
    const nothing: bigint[] = [];
    for (const { id, thing } of waiting) {
      const mode = thing && (await this.#modeOf(parts, thing));
      if (!thing || !mode) nothing.push(id);
      else {
        const origin = logOriginOf(this.origin, mode);
        logs.set(origin, [...(logs.get(origin) ?? []), { id, bytes: thingLeaf(thing) }]);
      }
    }
    if (nothing.length > 0) await parts.store.forget(nothing);
    let count = 0;
    for (const [origin, leaves] of logs) count += await this.#append(parts, origin, leaves);
    return count;
  }

  async #modeOf({ store }: LogParts, thing: LoggedThing): Promise<Mode | null> {
    const known = thing.kind === "entry" ? this.#modes.get(thing.ceremony) : undefined;
    if (known !== undefined) return known;
    const mode = await logModeOf(store, thing);
    // A first entry that cannot be read now may be there at the next look.
    if (thing.kind === "entry" && mode) this.#modes.set(thing.ceremony, mode);
    return mode;
  }

  async #append(parts: LogParts, origin: string, wanted: readonly { readonly id: bigint; readonly bytes: Uint8Array }[]): Promise<number> {
    const edge = await this.#edge(parts, origin);
    const ids = wanted.map(({ id }) => id);
    const byHash = new Map(wanted.map(({ bytes }) => [hex(leafHash(bytes)), bytes]));
    const known = await parts.store.known(origin, [...byHash.keys()]);
    const leaves = [...byHash].flatMap(([hash, bytes]) => (known.has(hash) ? [] : [bytes]));
    if (leaves.length === 0) await parts.store.forget(ids);
    else this.#edges.set(origin, await grow(parts, origin, edge, leaves, ids));
    return leaves.length;
  }

  /** The right edge of the log, which is the one remembered. What was promised before a crash is made true first. */
  async #edge(parts: LogParts, origin: string): Promise<Edge> {
    const held = this.#edges.get(origin);
    if (held) return held;
    const edge = await recovered(parts, origin);
    this.#edges.set(origin, edge);
    return edge;
  }
}

/** A checkpoint this worker signed, and what shows that its log grew to it. */
export const ownCheckpoint = (parts: Pick<LogParts, "store" | "recorderSpki">, note: Uint8Array, { origin, size }: Omit<TreeHead, "root">): OwnCheckpoint => ({
  origin,
  size,
  note,
  key: logKey(origin, parts.recorderSpki),
  proofFrom: (old) => consistencyProof(old, size, keptSubtrees(parts, origin, size)),
});

/** Promise, sign, keep, remember: in this order, whatever happens in between. */
async function grow(
  { store, memory, recorderSpki, sign }: LogParts,
  origin: string,
  edge: Edge,
  leaves: readonly Uint8Array[],
  waited: readonly bigint[],
): Promise<Edge> {
  const hashes = leaves.map(leafHash);
  const next = appended(edge, hashes);
  const head: TreeHead = { origin, size: next.edge.size, root: edgeRoot(next.edge) };
  memory.remember(origin, { size: edge.size, root: edgeRoot(edge), promised: leaves });
  const text = treeHeadText(head);
  const note = utf8(noteOf(text, [signatureLine(logKey(origin, recorderSpki), await sign(utf8(text)))]));
  const kept = await store.keep({
    origin,
    from: edge.size,
    leaves: leaves.map((bytes, i) => ({ hash: hex(hashes[i] as Uint8Array), bytes })),
    tiles: next.tiles.map(({ level, index, hashes: row }) => ({ level, index, bytes: tileBytes(row) })),
    checkpoint: { size: head.size, note },
    waited,
  });
  if (kept === "conflict") throw new LogFault(`somebody else has written into the log ${origin} at ${String(edge.size)}`);
  memory.remember(origin, { size: head.size, root: head.root, promised: [] });
  return next.edge;
}

/**
 * The log as it is kept, compared with what is remembered of it: as it was, or with the promised leaves, or longer where another
 * worker of the same recorder has led since, which its signature and a proof of consistency show. Anything else is a LogFault.
 */
async function recovered(parts: LogParts, origin: string): Promise<Edge> {
  const { store, memory } = parts;
  const before = memory.recall(origin);
  if (!before) throw new LogUnknown(origin);
  const kept = await store.checkpoint(origin);
  const size = kept?.size ?? 0;
  const promisedSize = before.size + before.promised.length;

  if (size === before.size) {
    const edge = await edgeOf(parts, origin, size);
    if (!sameBytes(edgeRoot(edge), before.root)) throw forked(origin, size);
    return before.promised.length === 0 ? edge : grow(parts, origin, edge, before.promised, []);
  }
  if (size < promisedSize) {
    throw new LogFault(`the log ${origin} has ${String(size)} leaves and had ${String(before.size)}: it was rolled back`);
  }
  const { edge, root } = await signedTree(parts, origin, kept);
  await extendsWhatWas(parts, origin, before, { size, root });
  memory.remember(origin, { size, root, promised: [] });
  return edge;
}

/** The tree that is kept, whose checkpoint this recorder signed. Throws a LogFault for any other. */
export async function signedTree(
  parts: Pick<LogParts, "store" | "verifier" | "recorderSpki">,
  origin: string,
  kept: Awaited<ReturnType<LogStore["checkpoint"]>>,
): Promise<{ readonly edge: Edge; readonly root: Uint8Array }> {
  const { note = new Uint8Array(), size = 0 } = kept ?? {};
  const edge = await edgeOf(parts, origin, size);
  const root = edgeRoot(edge);
  const checkpoint = await openCheckpoint(note, { origin, keys: [logKey(origin, parts.recorderSpki)] }, [], parts.verifier);
  if (typeof checkpoint === "string" || checkpoint.size !== size || !sameBytes(checkpoint.root, root)) throw forked(origin, size);
  return { edge, root };
}

async function extendsWhatWas(
  parts: LogParts,
  origin: string,
  before: RememberedLog,
  now: { readonly size: number; readonly root: Uint8Array },
): Promise<void> {
  const read = keptSubtrees(parts, origin, now.size);
  const known = [{ size: before.size, root: before.root }];
  if (before.promised.length > 0) {
    const promised = appended(await edgeOf(parts, origin, before.size), before.promised.map(leafHash));
    known.push({ size: promised.edge.size, root: edgeRoot(promised.edge) });
  }
  for (const { size, root } of known) {
    if (size === 0) continue;
    if (size === now.size) {
      if (!sameBytes(root, now.root)) throw forked(origin, size);
      continue;
    }
    const roots = rootsFromConsistency(size, now.size, root, await consistencyProof(size, now.size, read));
    if (!roots || !sameBytes(roots.old, root) || !sameBytes(roots.new, now.root)) throw forked(origin, size);
  }
}

const forked = (origin: string, size: number) =>
  new LogFault(`the log ${origin} is not the one this worker signed when it had ${String(size)} leaves`);

type Kept = { readonly store: Pick<LogStore, "tile"> };

/** The subtrees of a kept log of that size. Throws LogFault where a tile is not there. */
export const keptSubtrees = (parts: Kept, origin: string, size: number): SubtreeReader =>
  subtreesFrom(size, ({ level, index, width }) => keptTile(parts, origin, level, index, width));

async function keptTile({ store }: Kept, origin: string, level: number, index: number, width: number): Promise<readonly Uint8Array[]> {
  const kept = await store.tile(origin, level, index);
  const bytes = kept && narrowedTile(kept, width);
  const hashes = bytes && readTile(bytes, width);
  if (!hashes) throw new LogFault(`the log ${origin} lacks tile ${String(level)}/${String(index)}`);
  return hashes;
}

/** The right edge of a tree of that size, out of its tiles. */
async function edgeOf(parts: Kept, origin: string, size: number): Promise<Edge> {
  if (size === 0) return EMPTY_EDGE;
  const rows = await Promise.all(
    tilesAtEdge(size).map(async ({ level, index, width }) => (width === 0 ? [] : keptTile(parts, origin, level, index, width))),
  );
  return { size, rows };
}
