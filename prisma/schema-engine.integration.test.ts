import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".claviger", "test", `migrations-${process.pid}`);
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

/** Prisma's own command line, with the engine stand-in behind it. */
async function prisma(args: string[], url: string): Promise<{ code: number; output: string }> {
  const program = path.join(root, "node_modules", "prisma", "build", "index.js");
  const env = { ...process.env, MIGRATE_DATABASE_URL: url, NO_COLOR: "1" };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...args], { cwd: root, env });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

async function tables(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  await client.end();
  return rows.map(({ name }) => name);
}

/** A folder of migrations of the test's own, on a database of its own that does not exist yet. */
function migrations(name: string, steps: Record<string, string>): string[] {
  const config = path.join(folder, `${name}.config.ts`);
  const place = path.join(folder, name);
  for (const [step, sql] of Object.entries(steps)) {
    mkdirSync(path.join(place, step), { recursive: true });
    writeFileSync(path.join(place, step, "migration.sql"), sql);
  }
  writeFileSync(path.join(place, "migration_lock.toml"), 'provider = "postgresql"\n');
  writeFileSync(
    config,
    `import { defineConfig } from "prisma/config";
     process.env.PRISMA_SCHEMA_ENGINE_BINARY = ${JSON.stringify(path.join(root, "prisma", "schema-engine.mjs"))};
     export default defineConfig({
       schema: ${JSON.stringify(path.join(root, "prisma", "schema.prisma"))},
       migrations: { path: ${JSON.stringify(place)} },
       datasource: { url: process.env.MIGRATE_DATABASE_URL ?? "" },
     });`,
  );
  return ["migrate", "deploy", "--config", config];
}

function another(name: string): string {
  const url = new URL(database.superuserUrl);
  url.pathname = `/${database.name}_${name}`;
  return url.href;
}

async function dropAnother(name: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS "${database.name}_${name}"`);
  await client.end();
}

test("the migrations make exactly the tables of the schema", async () => {
  const { code, output } = await prisma(
    ["migrate", "diff", "--from-config-datasource", "--to-schema", "prisma/schema.prisma", "--exit-code"],
    database.ownerUrl,
  );
  expect(output).toContain("No difference detected");
  expect(code).toBe(0);
});

test("a migrated database is up to date", async () => {
  expect((await prisma(["migrate", "status"], database.ownerUrl)).output).toContain("Database schema is up to date");
});

test("a database that cannot be reached is said to be so", async () => {
  const { code, output } = await prisma(["migrate", "deploy"], "postgresql://nobody:nothing@127.0.0.1:1/nowhere");
  expect(code).not.toBe(0);
  expect(output).toMatch(/ECONNREFUSED|P1001|reach/);
});

test("a function body with semicolons arrives whole", async () => {
  const deploy = migrations("bodies", {
    "1_table": "CREATE TABLE kept (n int);",
    "2_trigger": `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no; never'; RETURN NULL; END; $$;
      CREATE TRIGGER guard BEFORE DELETE ON kept FOR EACH ROW EXECUTE FUNCTION refuse();`,
  });
  try {
    expect(await prisma(deploy, another("bodies"))).toMatchObject({ code: 0 });
    expect((await prisma(deploy, another("bodies"))).output).toContain("No pending migrations");
  } finally {
    await dropAnother("bodies");
  }
});

test("a migration that fails leaves nothing of itself behind", async () => {
  const deploy = migrations("failing", {
    "1_good": "CREATE TABLE good (n int);",
    "2_bad": "CREATE TABLE half (n int); ALTER TABLE nowhere ADD n int;",
  });
  try {
    const { code, output } = await prisma(deploy, another("failing"));
    expect(code).not.toBe(0);
    expect(output).toContain("2_bad");
    expect(await tables(another("failing"))).toEqual(["_prisma_migrations", "good"]);
  } finally {
    await dropAnother("failing");
  }
});
