import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { freshDatabase } from "./test-database";

const database = await freshDatabase();
afterAll(() => database.drop());

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("each role signs in to the database as itself", async () => {
  for (const [url, role] of [
    [database.ownerUrl, "claviger_owner"],
    [database.appUrl, "claviger_app"],
    [database.workerUrl, "claviger_worker"],
    [database.keysUrl, "claviger_keys"],
  ] as const) {
    expect(await ask(url, "SELECT current_user AS role, current_database() AS name")).toEqual([{ role, name: database.name }]);
  }
});

test("app and worker cannot make tables, nor sign in without their password", async () => {
  await expect(ask(database.appUrl, "CREATE TABLE mine ()")).rejects.toThrow(/permission denied/);
  await expect(ask(database.workerUrl, "CREATE TABLE mine ()")).rejects.toThrow(/permission denied/);
  const guessed = new URL(database.appUrl);
  guessed.password = "guessed";
  await expect(ask(guessed.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
});
