import pg from "pg";
import { entryBytes, type Entry } from "#lib/ceremony/entry";
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
    return new HostileOwner(sql);
  }

  end(): Promise<void> {
    return this.#sql.end();
  }

  /** Any statement, with no trigger in the way. Answers the number of rows it changed. */
  async run(statement: string, values: readonly unknown[] = []): Promise<number> {
    await this.#sql.query("BEGIN");
    for (const table of ["Entry", "RosterVersion", "ScriptEdition"]) await this.#sql.query(`ALTER TABLE "${table}" DISABLE TRIGGER ALL`);
    const { rowCount } = await this.#sql.query(statement, [...values]);
    await this.#sql.query('ALTER TABLE "Entry" ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER check_entry, ENABLE TRIGGER tell_entry');
    await this.#sql.query('ALTER TABLE "RosterVersion" ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER check_roster');
    await this.#sql.query('ALTER TABLE "ScriptEdition" ENABLE ALWAYS TRIGGER append_only');
    await this.#sql.query(`SELECT pg_notify('claviger', '{"ceremony":null,"seq":null,"kind":"resync"}')`);
    await this.#sql.query("COMMIT");
    return rowCount ?? 0;
  }

  /** A row that says of itself what it likes; its bytes are what the worker reads. */
  async insert(entry: Entry, bytes = entryBytes(entry)): Promise<void> {
    const { ceremony, seq, prev, kind, by, at } = entry;
    const columns = [ceremony, seq, sha256Hex(bytes), prev, kind, by, at, Buffer.from(bytes)];
    await this.run(
      `INSERT INTO "Entry" ("ceremony", "seq", "hash", "prev", "kind", "by", "at", "bytes", "openings") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '[]')`,
      columns,
    );
  }

  async overwrite(ceremony: string, seq: number, bytes: Uint8Array): Promise<void> {
    await this.run('UPDATE "Entry" SET "bytes" = $3, "hash" = $4 WHERE "ceremony" = $1 AND "seq" = $2', [ceremony, seq, Buffer.from(bytes), sha256Hex(bytes)]);
  }

  /** Takes entries away: the one, or that and all after it. */
  async remove(ceremony: string, seq: number, andAllAfter = false): Promise<void> {
    await this.run(`DELETE FROM "Entry" WHERE "ceremony" = $1 AND "seq" ${andAllAfter ? ">=" : "="} $2`, [ceremony, seq]);
  }

  /** Moves all entries from a place on, up or down: room for one more, or a gap closed. */
  async shift(ceremony: string, from: number, by: number): Promise<void> {
    const far = 1_000_000;
    await this.run('UPDATE "Entry" SET "seq" = "seq" + $3 WHERE "ceremony" = $1 AND "seq" >= $2', [ceremony, from, far]);
    await this.run('UPDATE "Entry" SET "seq" = "seq" - $3 WHERE "ceremony" = $1 AND "seq" >= $2', [ceremony, far, far - by]);
  }

  /** All entries of a ceremony replaced by others. */
  async replaceAll(ceremony: string, entries: readonly Entry[]): Promise<void> {
    await this.remove(ceremony, 0, true);
    for (const entry of entries) await this.insert(entry);
  }
}
