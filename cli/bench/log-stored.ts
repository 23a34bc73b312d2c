import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestDatabase } from "#cli/testing/test-database";
import { treeHeadText } from "#lib/log/checkpoint";
import { utf8 } from "#lib/log/digest";
import { leafBytes } from "#lib/log/leaf";
import { noteOf, signatureLine } from "#lib/log/note";
import { TILE_WIDTH, edgeRoot, tileBytes } from "#lib/log/tile";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { databaseStore } from "#worker/database-store";
import { LogKeeper, logKey, type LogParts } from "#worker/log/log-keeper";
import { logMemory } from "#worker/log/log-memory";
import { BenchServer } from "./crypto/key-house";
import { figure, median, millisecondsOf } from "./figure";
import { SIZES, edgeOfSame, sameAt } from "./log";

/** What the keeper takes at once. */
const BATCH = 1_000;
/** Over more than every width that the last tile can have. */
const SINGLES = TILE_WIDTH + 44;
const BATCHES = 12;
const ORIGIN = "bench.example/log";

/**
 * The transparency log as a worker keeps it: audit events wait in PostgreSQL, the real keeper makes leaves, tiles and a signed
 * checkpoint of them by the worker's own role, and what it answers is on the disk, in the database as in the worker's folder.
 * (The key is one in this process: a token takes its own time.) Each size has a database of its own, whose tables have that many
 * rows: every leaf has its own bytes and its real hash, in both indexes. Tiles are those of a tree of one leaf, as often as it
 * takes: the keeper reads the last of each level only, and these are what the remembered root is over.
 */
export async function benchStoredLog(): Promise<void> {
  const server = await BenchServer.start();
  const logs: StoredLog[] = [];
  try {
    for (const size of SIZES) logs.push(await StoredLog.seeded(await server.database(`log_${String(size)}`), size));
    const singles = await inTurn(logs, 1, SINGLES);
    const batches = await inTurn(logs, BATCH, BATCHES);
    for (const [i, { size }] of logs.entries()) {
      figure(`log.stored.${String(size)}.append_single`, singles[i] ?? NaN, "leaves/s");
      figure(`log.stored.${String(size)}.append_batched`, batches[i] ?? NaN, "leaves/s");
    }
    // 1: as fast at the largest size as at the smallest.
    for (const [name, rates] of [["single", singles], ["batched", batches]] as const) {
      figure(`log.stored.flat_${name}`, (rates[rates.length - 1] ?? NaN) / (rates[0] ?? NaN), "ratio");
    }
  } finally {
    for (const log of logs) await log.close();
  }
}

/** Leaves a second of each log. They take turns, so that what else the machine does slows all of them. */
async function inTurn(logs: readonly StoredLog[], batch: number, rounds: number): Promise<readonly number[]> {
  const taken: number[][] = logs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, log] of logs.entries()) taken[i]?.push(await log.append(batch));
  }
  return taken.map((one) => (batch / median(one)) * 1000);
}

class StoredLog {
  readonly size: number;
  readonly #owner: pg.Client;
  readonly #store: ReturnType<typeof databaseStore>;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "claviger-bench-log-"));
  readonly #keeper = new LogKeeper(ORIGIN);
  readonly #parts: LogParts;

  private constructor(database: TestDatabase, size: number) {
    this.size = size;
    this.#owner = new pg.Client({ connectionString: database.ownerUrl });
    this.#store = databaseStore(database.workerUrl);
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#parts = {
      store: this.#store.log,
      memory: logMemory(this.#folder),
      verifier: webCryptoVerifier,
      recorderSpki: new Uint8Array(publicKey.export({ type: "spki", format: "der" })),
      sign: (bytes) => Promise.resolve(new Uint8Array(sign("sha256", bytes, privateKey))),
    };
  }

  static async seeded(database: TestDatabase, size: number): Promise<StoredLog> {
    const log = new StoredLog(database, size);
    await log.#owner.connect();
    figure(`log.stored.${String(size)}.seeding`, (await millisecondsOf(() => log.#seed())) / 1000, "s");
    const { rows } = await log.#owner.query<{ bytes: string }>(`SELECT pg_total_relation_size('"LogLeaf"') + pg_total_relation_size('"LogTile"') AS bytes`);
    figure(`log.stored.${String(size)}.on_disk`, Number(rows[0]?.bytes) / 1e6, "MB");
    return log;
  }

  async #seed(): Promise<void> {
    const { recorderSpki, sign: signed, memory } = this.#parts;
    const [before, after] = new TextDecoder().decode(leafBytes({ kind: "event", event: "EVENT", hash: "0".repeat(64) })).split("EVENT");
    await this.#owner.query(
      `INSERT INTO "LogLeaf" ("origin", "index", "hash", "bytes")
         SELECT $1, i, encode(sha256('\\x00'::bytea || leaf), 'hex'), leaf
           FROM (SELECT i, convert_to($2::text || i::text || $3::text, 'UTF8') AS leaf FROM generate_series(0, $4::bigint - 1) AS i) AS made`,
      [ORIGIN, before, after, this.size],
    );
    const edge = edgeOfSame(this.size);
    for (const [level, row] of edge.rows.entries()) {
      const full = Math.floor(this.size / TILE_WIDTH ** (level + 1));
      const tile = tileBytes(new Array<Uint8Array>(TILE_WIDTH).fill(sameAt(level)));
      await this.#owner.query(`INSERT INTO "LogTile" SELECT $1, $2, i, $3 FROM generate_series(0, $4::bigint - 1) AS i`, [ORIGIN, level, tile, full]);
      if (row.length > 0) await this.#owner.query(`INSERT INTO "LogTile" VALUES ($1, $2, $3, $4)`, [ORIGIN, level, full, tileBytes(row)]);
    }
    const root = edgeRoot(edge);
    const text = treeHeadText({ origin: ORIGIN, size: this.size, root });
    const note = utf8(noteOf(text, [signatureLine(logKey(ORIGIN, recorderSpki), await signed(utf8(text)))]));
    await this.#owner.query(`INSERT INTO "LogCheckpoint" ("origin", "size", "note") VALUES ($1, $2, $3)`, [ORIGIN, this.size, note]);
    memory.remember(ORIGIN, { size: this.size, root, promised: [] });
    // As a database that has been at work is: with statistics.
    await this.#owner.query(`VACUUM (ANALYZE) "LogLeaf"`);
    await this.#owner.query(`VACUUM (ANALYZE) "LogTile"`);
  }

  /** Milliseconds from so many events that wait to as many more leaves under a signed checkpoint. */
  async append(count: number): Promise<number> {
    await this.#owner.query(`INSERT INTO "AuditEvent" ("kind", "facts") SELECT 'signed-in', '{}' FROM generate_series(1, $1::int)`, [count]);
    let kept = 0;
    const took = await millisecondsOf(async () => (kept = await this.#keeper.keep(this.#parts)));
    if (kept !== count) throw new Error(`${String(kept)} leaves of ${String(count)} events`);
    return took;
  }

  async close(): Promise<void> {
    await Promise.all([this.#owner.end(), this.#store.close()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
