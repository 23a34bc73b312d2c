import pg from "pg";
import { entryBytes, entryHash, type Entry } from "#lib/ceremony/entry";
import { sha256Hex } from "#lib/log/digest";

/**
 * The owner of the database, gone bad: writes whatever it likes into any row, with the triggers taken off for the moment, and
 * tells everybody as an honest insert would. What it cannot do is sign.
 */
export class HostileOwner {
  readonly #sql: pg.Client;

  private constructor(sql: pg.Client) {
    this.#sql = sql;
  }

  static async of(ownerUrl: string): Promise<HostileOwner> {
    const sql = new pg.Client({ connectionString: ownerUrl });
    await sql.connect();
    // What stands in the way of a liar is the owner's to take down: a hash may stand in two rows, and be of neither.
    await sql.query('DROP INDEX "Entry_hash_key", "Entry_ceremony_prev_key"');
    for (const table of ["Entry", "RosterVersion", "ScriptEdition"]) await sql.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${table}_hash_of_bytes"`);
    return new HostileOwner(sql);
  }

  end(): Promise<void> {
    return this.#sql.end();
  }

  /** Any statement, with no trigger in the way. Answers the number of rows it changed. */
  async run(statement: string, values: readonly unknown[] = []): Promise<number> {
    const [changed = 0] = await this.#transaction([[statement, values]]);
    return changed;
  }

  /** A row that says of itself what it likes; its bytes are what the worker reads. */
  async insert(entry: Entry, bytes = entryBytes(entry)): Promise<void> {
    await this.#transaction([insertion(entry, bytes)]);
  }

  /** Several entries, seen by the others together or not at all. */
  async insertAll(entries: readonly Entry[]): Promise<void> {
    await this.#transaction(entries.map((entry) => insertion(entry)));
  }

  /** Other bytes in the places of some entries, all at once. */
  async overwrite(ceremony: string, places: Readonly<Record<number, Entry>>): Promise<void> {
    const statement = 'UPDATE "Entry" SET "bytes" = $3, "hash" = $4 WHERE "ceremony" = $1 AND "seq" = $2';
    await this.#transaction(
      Object.entries(places).map(([seq, entry]) => [statement, [ceremony, Number(seq), Buffer.from(entryBytes(entry)), entryHash(entry)]]),
    );
  }

  /** Takes one entry away. */
  async remove(ceremony: string, seq: number): Promise<void> {
    await this.run('DELETE FROM "Entry" WHERE "ceremony" = $1 AND "seq" = $2', [ceremony, seq]);
  }

  /** Puts an entry between others: those from its place on move up by one and stay as they are. */
  async squeezeIn(entry: Entry): Promise<void> {
    const far = 1_000_000;
    const move = 'UPDATE "Entry" SET "seq" = "seq" + $3 WHERE "ceremony" = $1 AND "seq" >= $2';
    const { ceremony, seq } = entry;
    await this.#transaction([[move, [ceremony, seq, far]], [move, [ceremony, far, 1 - far]], insertion(entry)]);
  }

  /** All entries of a ceremony replaced by others. */
  async replaceAll(ceremony: string, entries: readonly Entry[]): Promise<void> {
    await this.#transaction([['DELETE FROM "Entry" WHERE "ceremony" = $1', [ceremony]], ...entries.map((entry) => insertion(entry))]);
  }

  async #transaction(statements: readonly Statement[]): Promise<number[]> {
    const changed: number[] = [];
    await this.#sql.query("BEGIN");
    try {
      for (const table of ["Entry", "RosterVersion", "ScriptEdition"]) await this.#sql.query(`ALTER TABLE "${table}" DISABLE TRIGGER ALL`);
      for (const [statement, values] of statements) changed.push((await this.#sql.query(statement, [...values])).rowCount ?? 0);
      for (const statement of TRIGGERS_ON) await this.#sql.query(statement);
      await this.#sql.query(`SELECT pg_notify('claviger', '{"ceremony":null,"seq":null,"kind":"resync"}')`);
      await this.#sql.query("COMMIT");
    } catch (fault) {
      await this.#sql.query("ROLLBACK");
      throw fault;
    }
    return changed;
  }
}

type Statement = readonly [statement: string, values: readonly unknown[]];

const TRIGGERS_ON = [
  'ALTER TABLE "Entry" ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER check_entry, ENABLE TRIGGER tell_entry',
  'ALTER TABLE "RosterVersion" ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER check_roster',
  'ALTER TABLE "ScriptEdition" ENABLE ALWAYS TRIGGER append_only',
];

function insertion(entry: Entry, bytes = entryBytes(entry)): Statement {
  const { ceremony, seq, prev, kind, by, at } = entry;
  const columns = ["ceremony", "seq", "hash", "prev", "kind", "by", "at", "bytes", "openings"].map((name) => `"${name}"`).join();
  const values = [ceremony, seq, sha256Hex(bytes), prev, kind, by, at, Buffer.from(bytes), "[]"];
  return [`INSERT INTO "Entry" (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, values];
}
