import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { freshDatabase } from "#cli/testing/test-database";
import { hashOf } from "#lib/log/canonical";
import { noteConfigurationNow, type ConfiguredProcess } from "./configurations";
import { openDatabase } from "./database";

/** Each process says it by its own role; what came of it is read as the app reads it. */
const database = await freshDatabase();
const app = openDatabase(database.appUrl, { connections: 1 });
const owner = new pg.Client({ connectionString: database.ownerUrl });
await owner.connect();
afterAll(async () => {
  await Promise.all([app.$disconnect(), owner.end()]);
  await database.drop();
});

const [ONE, OTHER] = ["ab".repeat(32), "cd".repeat(32)];
const server: ConfiguredProcess = { process: "app", name: null, settings: ["APP_ORIGIN", "DATABASE_URL"], digest: ONE };
const worker: ConfiguredProcess = { ...server, process: "worker", name: "worker-a" };
const keys: ConfiguredProcess = { ...server, process: "keys", name: "keys.one" };

type Facts = Readonly<Record<"process" | "salt" | "sha256", string>> & { readonly name?: string; readonly settings: string[] };
const events = async (of: string): Promise<readonly Facts[]> => {
  const where = { kind: "configuration-changed", facts: { path: ["process"], equals: of } };
  return (await app.auditEvent.findMany({ where, orderBy: { id: "asc" } })).map(({ facts }) => facts as Facts);
};
/** What anybody makes of it who knows what the settings say. */
const salted = (digest: string, salt: string) => hashOf({ digest, domain: "claviger/configuration/v1", salt });

test("two starts make one event, a changed setting a second, and the change taken back a third", async () => {
  const noted: boolean[] = [];
  for (const digest of [ONE, ONE, OTHER, OTHER, ONE]) {
    noted.push(await noteConfigurationNow(database.appUrl, { ...server, digest }));
  }
  expect(noted).toEqual([true, false, true, false, true]);
  const kept = await events("app");
  for (const { salt } of kept) expect(salt).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(kept.map(({ salt }) => salt)).size).toBe(3);
  const facts = [ONE, OTHER, ONE].map((digest, i) => ({
    ...{ process: "app", settings: ["APP_ORIGIN", "DATABASE_URL"], salt: kept[i]?.salt },
    sha256: salted(digest, kept[i]?.salt ?? ""),
  }));
  expect(kept).toEqual(facts);
});

test("many that start at once make one event, which waits for the log", async () => {
  const noted = await Promise.all(Array.from({ length: 6 }, () => noteConfigurationNow(database.keysUrl, keys)));
  expect(noted.filter(Boolean)).toHaveLength(1);
  expect(await events("keys")).toMatchObject([{ process: "keys", name: "keys.one" }]);
  const waiting = `SELECT count(*)::int AS n FROM "LogWaiting" w JOIN "AuditEvent" a ON a."id" = w."event" WHERE a."facts" ->> 'name' = 'keys.one'`;
  expect((await owner.query<{ n: number }>(waiting)).rows).toEqual([{ n: 1 }]);
});

test("a process of another name, or of another kind, speaks for itself", async () => {
  for (const name of ["worker-a", "worker-b", "worker-a"]) await noteConfigurationNow(database.workerUrl, { ...worker, name });
  expect((await events("worker")).map(({ name }) => name)).toEqual(["worker-a", "worker-b"]);
});

test("an event of that kind with anything else in it takes nothing away and stops nobody", async () => {
  for (const facts of [{ process: "worker", name: "worker-c", sha256: ONE }, { process: "worker", name: "worker-c" }, ["worker"], "worker"]) {
    await app.auditEvent.create({ data: { kind: "configuration-changed", facts } });
    expect(await noteConfigurationNow(database.workerUrl, { ...worker, name: "worker-c" })).toBe(facts instanceof Object && "process" in facts);
  }
});

test("nobody speaks by the role of another, and nothing but names of settings is taken", async () => {
  await expect(noteConfigurationNow(database.keysUrl, server)).rejects.toMatchObject({ code: "CV002" });
  await expect(noteConfigurationNow(database.keysUrl, worker)).rejects.toMatchObject({ code: "CV002" });
  await expect(noteConfigurationNow(database.workerUrl, server)).rejects.toMatchObject({ code: "CV002" });
  await expect(noteConfigurationNow(database.appUrl, { ...server, process: "owner" as "app" })).rejects.toMatchObject({ code: "CV002" });
  const wrong: readonly Partial<ConfiguredProcess>[] = [
    ...[{ digest: "secret" }, { name: "a sentence" }, { settings: ["APP_ORIGIN=https://a.example"] }, { settings: ["pin"] }],
    { settings: Array.from({ length: 101 }, () => "A") },
  ];
  for (const change of wrong) await expect(noteConfigurationNow(database.appUrl, { ...server, ...change })).rejects.toMatchObject({ code: "CV003" });
  const client = new pg.Client({ connectionString: database.keysUrl });
  await client.connect();
  await expect(client.query('SELECT 1 FROM "AuditEvent"')).rejects.toThrow("permission denied");
  await expect(client.query(`INSERT INTO "AuditEvent" ("kind", "facts") VALUES ('signed-in', '{}')`)).rejects.toThrow("permission denied");
  await client.end();
});
