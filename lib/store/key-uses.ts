import { randomUUID } from "node:crypto";
import pg from "pg";

/** One use of a key, as it is logged for good: who, which key, what, the digest of what went in, what came of it, how long. */
export type LoggedUse = {
  /** Of this use alone: the caller gets it with the answer. */
  readonly use: string;
  readonly at: string;
  /** Null where nobody proved to be one. */
  readonly account: string | null;
  /** Hash of the grant it was asked under; null where none was in force. */
  readonly grant: string | null;
  readonly key: string | null;
  readonly operation: string;
  readonly algorithm: string | null;
  /** SHA-256 of what was signed, verified or drawn for, hex. */
  readonly digest: string | null;
  /** `done`, or the name of the refusal or fault. */
  readonly result: string;
  readonly micros: number;
  readonly process: string;
  /** Of refusals beyond so many in a minute, how many the row stands for; else 1. */
  readonly times: number;
};

export type KeyUseStore = {
  /** Keeps all of them or none; resolves when they are on disk. */
  insert(rows: readonly LoggedUse[]): Promise<void>;
  /** Resolves where a row of now could be kept: it is written like any other, and taken back before it counts. */
  probe(): Promise<void>;
  /** False when an assertion of that hash was kept before, here or by another process. */
  takeAssertion(hash: string, account: string, at: string): Promise<boolean>;
  /** The number of the next 65,536 encryptions by a key, taken for that process for good; null where there are none left. */
  takeShare(key: string, process: string): Promise<number | null>;
  close(): Promise<void>;
};

/** One statement, whatever the number of rows: a group is one round trip and one flush of the disk. */
const INSERT = `INSERT INTO "KeyUse" ("use", "at", "account", "grant", "key", "operation", "algorithm", "digest", "result", "micros", "process", "times")
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS given("use" uuid, "at" timestamptz, "account" text, "grant" text, "key" text,
    "operation" text, "algorithm" text, "digest" text, "result" text, "micros" integer, "process" text, "times" integer)`;
const probeRow = (): LoggedUse => ({
  ...{ use: randomUUID(), at: new Date().toISOString(), account: null, grant: null, key: null, operation: "probe", algorithm: null },
  ...{ digest: null, result: "done", micros: 0, process: "probe", times: 1 },
});
const TAKE = `INSERT INTO "ClientAssertion" ("hash", "account", "at") VALUES ($1, $2, $3) ON CONFLICT ("hash") DO NOTHING`;
/** The next number, unless there is none or another process took it meanwhile. */
const TAKE_SHARE = `INSERT INTO "EncryptionShare" ("key", "number", "process")
  SELECT $1, coalesce(max("number") + 1, 0), $2 FROM "EncryptionShare" WHERE "key" = $1 HAVING coalesce(max("number"), -1) < $3
  ON CONFLICT DO NOTHING RETURNING "number"`;
const LAST_SHARE = `SELECT coalesce(max("number"), -1) AS "number" FROM "EncryptionShare" WHERE "key" = $1`;
const LAST_NUMBER = 65_534;

/**
 * The log of uses over PostgreSQL, by connections of its own on which nothing is acknowledged before it is on disk. Every method
 * throws while it is gone.
 */
export function openKeyUses(url: string): KeyUseStore {
  const open = (max: number): pg.Pool =>
    new pg.Pool({
      connectionString: url,
      max,
      connectionTimeoutMillis: 2_000,
      statement_timeout: 5_000,
      query_timeout: 6_000,
      application_name: "claviger-keys",
      keepAlive: true,
      options: "-c synchronous_commit=on",
    });
  // A connection that breaks while nobody uses it is news for nobody: the next query opens another.
  // Who asks for tokens without end keeps no use from being logged.
  const [pool, assertions] = [open(4), open(2)];
  for (const one of [pool, assertions]) one.on("error", () => undefined);
  return {
    async insert(rows) {
      await pool.query({ name: "insert-key-uses", text: INSERT, values: [JSON.stringify(rows)] });
    },
    async probe() {
      const client = await pool.connect();
      // A connection on which anything failed is closed, and whatever was begun there with it.
      let isGood = false;
      try {
        await client.query("BEGIN");
        await client.query({ name: "insert-key-uses", text: INSERT, values: [JSON.stringify([probeRow()])] });
        await client.query("ROLLBACK");
        isGood = true;
      } finally {
        client.release(!isGood);
      }
    },
    async takeAssertion(hash, account, at) {
      const { rowCount } = await assertions.query({ name: "take-assertion", text: TAKE, values: [hash, account, at] });
      return rowCount === 1;
    },
    async takeShare(key, process) {
      for (;;) {
        const { rows } = await pool.query<{ number: number }>({ name: "take-share", text: TAKE_SHARE, values: [key, process, LAST_NUMBER] });
        if (rows[0]) return rows[0].number;
        const last = await pool.query<{ number: number }>({ name: "last-share", text: LAST_SHARE, values: [key] });
        if ((last.rows[0]?.number ?? -1) >= LAST_NUMBER) return null;
      }
    },
    close: async () => {
      await Promise.all([pool.end(), assertions.end()]);
    },
  };
}
