import { generateKeyPairSync, sign } from "node:crypto";
import pg from "pg";
import type { TestDatabase } from "#cli/testing/test-database";
import { treeHeadText } from "#lib/log/checkpoint";
import { hex, utf8 } from "#lib/log/digest";
import { lookAgain, NOTHING_FOLLOWED, type Followed, type LogSource } from "#lib/log/follow";
import { leafBytes } from "#lib/log/leaf";
import { inclusionProof, leafHash } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine, type NoteKey } from "#lib/log/note";
import { appended, bundleBytes, edgeRoot, EMPTY_EDGE, readTilePath, subtreesFromBytes, TILE_WIDTH, tileBytes, type Edge } from "#lib/log/tile";
import { openDatabase, type Database } from "#lib/store/database";
import { findTile, newestCheckpoint, readLeaves } from "#lib/store/transparency-log";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { BenchServer } from "./crypto/key-house";
import { figure, median, millisecondsOf } from "./figure";

const SIZES = [1e4, 1e6] as const;
/** What came between two looks. */
const NEW = 1_000;
/** What is written to the tables at once: whole tiles of the second level. */
const AT_ONCE = TILE_WIDTH * TILE_WIDTH;
const PROOFS = 200;
const ORIGIN = "bench.example/log";

/**
 * What reading a log that has grown costs: a monitor's first look, its next with nothing new and with a thousand new leaves, by
 * how many files it fetches and how long; and one proof of inclusion, as the page of the log makes it. The files are made out of
 * PostgreSQL by the app's role as the app does, without HTTP between. Leaves, tiles and roots are those of a real tree.
 */
export async function benchLogMonitor(): Promise<void> {
  const server = await BenchServer.start();
  for (const size of SIZES) {
    const log = await GrownLog.grown(await server.database(`monitored_${String(size)}`), size);
    try {
      const first = await log.look(`log.monitor.${String(size)}.first`, NOTHING_FOLLOWED);
      const same = await log.look(`log.monitor.${String(size)}.nothing_new`, first);
      await log.grow(NEW);
      await log.look(`log.monitor.${String(size)}.thousand_new`, same);
      figure(`log.monitor.${String(size)}.proof`, await log.proof(), "ms");
    } finally {
      await log.close();
    }
  }
}

class GrownLog {
  readonly #owner: pg.Client;
  readonly #app: Database;
  readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #key: NoteKey = { name: ORIGIN, kind: NOTE_ECDSA, publicKey: new Uint8Array(this.#pair.publicKey.export({ type: "spki", format: "der" })) };
  #edge: Edge = EMPTY_EDGE;

  private constructor(database: TestDatabase) {
    this.#owner = new pg.Client({ connectionString: database.ownerUrl });
    this.#app = openDatabase(database.appUrl);
  }

  static async grown(database: TestDatabase, size: number): Promise<GrownLog> {
    const log = new GrownLog(database);
    await log.#owner.connect();
    while (log.#edge.size < size) await log.grow(Math.min(AT_ONCE, size - log.#edge.size));
    await log.#owner.query(`VACUUM (ANALYZE) "LogLeaf"`);
    return log;
  }

  /** So many more leaves, their tiles, and a checkpoint. */
  async grow(count: number): Promise<void> {
    const from = this.#edge.size;
    const leaves = Array.from({ length: count }, (_, i) => leafBytes({ kind: "event", event: String(from + i), hash: "0".repeat(64) }));
    const hashes = leaves.map(leafHash);
    const { edge, tiles } = appended(this.#edge, hashes);
    const add = (table: string, columns: string, types: string, rows: readonly (readonly unknown[])[], rest = "") =>
      this.#owner.query(
        `INSERT INTO "${table}" ("origin", ${columns}) SELECT $1, * FROM unnest(${types}) ${rest}`,
        [ORIGIN, ...rows],
      );
    await add("LogLeaf", `"index", "hash", "bytes"`, "$2::bigint[], $3::text[], $4::bytea[]", [
      leaves.map((_, i) => from + i),
      hashes.map(hex),
      leaves.map((one) => Buffer.from(one)),
    ]);
    await add("LogTile", `"level", "index", "bytes"`, "$2::int[], $3::bigint[], $4::bytea[]", [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map((tile) => Buffer.from(tileBytes(tile.hashes))),
    ], `ON CONFLICT ("origin", "level", "index") DO UPDATE SET "bytes" = EXCLUDED."bytes"`);
    this.#edge = edge;
    const text = treeHeadText({ origin: ORIGIN, size: edge.size, root: edgeRoot(edge) });
    const signature = new Uint8Array(sign("sha256", utf8(text), this.#pair.privateKey));
    const note = utf8(noteOf(text, [signatureLine(this.#key, signature)]));
    await this.#owner.query(`INSERT INTO "LogCheckpoint" ("origin", "size", "note") VALUES ($1, $2, $3)`, [ORIGIN, edge.size, note]);
  }

  /** One look of a monitor, as `claviger log monitor` does it. */
  async look(name: string, before: Followed): Promise<Followed> {
    let fetched = 0;
    const source: LogSource = (path) => {
      fetched++;
      return this.#file(path);
    };
    let after = before;
    const took = await millisecondsOf(async () => {
      const seen = await lookAgain(source, { origin: ORIGIN, keys: [this.#key] }, before, webCryptoVerifier);
      if ("trouble" in seen) throw new Error(seen.trouble);
      after = seen.followed;
    });
    figure(`${name}.fetched`, fetched, "files");
    figure(`${name}.took`, took / 1000, "s");
    return after;
  }

  async #file(path: string): Promise<Uint8Array | null> {
    if (path === "checkpoint") return (await newestCheckpoint(this.#app, ORIGIN))?.note ?? null;
    const tile = readTilePath(path);
    if (tile?.level !== "entries") throw new Error(`a monitor asks for ${path}`);
    return bundleBytes(await readLeaves(this.#app, ORIGIN, tile.index * TILE_WIDTH, tile.width));
  }

  /** Milliseconds of a proof for one leaf, the tiles read each time. */
  async proof(): Promise<number> {
    const { size } = this.#edge;
    const taken: number[] = [];
    for (let i = 0; i < PROOFS; i++) {
      const read = subtreesFromBytes(size, (tile) => findTile(this.#app, ORIGIN, tile.level, tile.index));
      taken.push(await millisecondsOf(() => inclusionProof(Math.floor((i * size) / PROOFS), size, read)));
    }
    return median(taken);
  }

  async close(): Promise<void> {
    await Promise.all([this.#owner.end(), this.#app.$disconnect()]);
  }
}
