import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openDatabase } from "#lib/store/database";
import { ApiGrounds } from "./api-grounds.under-test";
import { SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

type Kept = { clavigerDatabase?: { db?: unknown }; clavigerParts?: { transcripts?: unknown } };
const kept = globalThis as Kept;

let grounds: ApiGrounds;
let ceremony: SmallCeremony;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  ceremony = await SmallCeremony.open(grounds);
});
afterAll(() => grounds.close());

const room = async () =>
  grounds.ask((await import("./ceremonies/[id]/route")).GET, { params: { id: ceremony.id }, cookie: ceremony.cookie("olga") });

it("an entry changed by the owner of the database is noticed when the ceremony is read anew, and nothing more is done in it", async () => {
  const hostile = new pg.Client({ connectionString: grounds.database.ownerUrl });
  await hostile.connect();
  await hostile.query(`ALTER TABLE "Entry" DISABLE TRIGGER ALL`);
  await hostile.query(`ALTER TABLE "Entry" DROP CONSTRAINT "Entry_hash_of_bytes"`);
  const change = (from: string, to: string) =>
    hostile.query(
      `UPDATE "Entry" SET "bytes" = convert_to(replace(convert_from("bytes", 'UTF8'), $1, $2), 'UTF8') WHERE "ceremony" = $3 AND "seq" = 0`,
      [from, to, ceremony.id],
    );
  await change('"approve":2', '"approve":1');
  if (kept.clavigerParts) delete kept.clavigerParts.transcripts;
  const noted = vi.spyOn(console, "error").mockImplementation(() => undefined);
  for (const answer of [await room(), await ceremony.act("olga", { act: "open-step", step: "hear" })]) {
    expect([answer.status, answer.body.error?.code]).toEqual([500, "TRANSCRIPT-BROKEN"]);
    expect(JSON.stringify(answer.body)).not.toContain("approve");
  }
  expect(noted).toHaveBeenCalled();
  noted.mockRestore();
  await change('"approve":1', '"approve":2');
  await hostile.query(`ALTER TABLE "Entry" ENABLE TRIGGER ALL`);
  await hostile.end();
  expect((await room()).status).toBe(200);
});

it("a database that is away is said to be, with nothing lost, and no address or password in the answer", async () => {
  const here = kept.clavigerDatabase?.db;
  const away = openDatabase("postgresql://claviger_app:hush@127.0.0.1:9/none");
  if (kept.clavigerDatabase) kept.clavigerDatabase.db = away;
  try {
    const answer = await room();
    expect([answer.status, answer.body.error?.code]).toEqual([503, "DATABASE-GONE"]);
    expect(JSON.stringify(answer.body)).not.toMatch(/127\.0\.0\.1|hush/);
    const health = await grounds.ask<{ database: { ok: boolean } }>((await import("./health/route")).GET);
    expect([health.status, health.body.database.ok]).toEqual([503, false]);
  } finally {
    if (kept.clavigerDatabase) kept.clavigerDatabase.db = here;
    await away.$disconnect();
  }
  expect((await room()).status).toBe(200);
});
