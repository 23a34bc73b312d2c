import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claviger } from "#cli/testing/claviger-command.under-test";
import { treeHeadIn } from "#lib/log/checkpoint";
import { readEventFile } from "#lib/log/event-file";
import { hashWords } from "#lib/log/words";
import { newestCheckpoint } from "#lib/store/transparency-log";
import { WorkerGrounds } from "#worker/worker-grounds.under-test";

// A person at the console of the worker that keeps the log: what they are shown, what they say, and what the worker does of it.

const ORIGIN = "keys.example/log";
const log = { CLAVIGER_LOG_ORIGIN: ORIGIN };

let grounds: WorkerGrounds;
let folder: string;
beforeAll(async () => {
  grounds = await WorkerGrounds.open();
  folder = mkdtempSync(path.join(tmpdir(), "claviger-log-console-"));
});
afterAll(async () => {
  await grounds.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: readonly string[], env: Record<string, string> = {}) => claviger(["log", ...args], grounds.env({ ...log, ...env }));
const happened = () => grounds.app.auditEvent.create({ data: { kind: "signed-in", by: "anna", facts: {} } });
const size = async () => (await newestCheckpoint(grounds.app, ORIGIN))?.size ?? 0;

test("nothing is signed before a person has spoken; then the log grows, and is what its rows are", async () => {
  expect(await run(["show"])).toMatchObject({ code: 0, said: expect.stringContaining("nothing: claviger log trust") as string });
  expect(await run(["check"])).toMatchObject({ code: 1, said: expect.stringContaining("nothing can be compared") as string });
  await happened();
  const worker = grounds.start({ env: log });
  // How it is configured is an event as well, noted beside its work.
  await expect.poll(() => grounds.app.auditEvent.count(), { timeout: 60_000, interval: 50 }).toBe(2);
  expect(await grounds.untilHealth("blocked")).toContain(`Nothing is put into the log ${ORIGIN}`);
  expect(await size()).toBe(0);

  expect(await run(["trust", "production", "--words", "yes"])).toMatchObject({ code: 1, said: expect.stringContaining("Nothing was trusted") as string });
  for (const mode of ["production", "rehearsal"]) expect(await run(["trust", mode, "--words", "empty"])).toMatchObject({ code: 0 });
  // That somebody trusted them is told as well, of each.
  await expect.poll(size, { timeout: 60_000, interval: 50 }).toBe(4);
  expect(await run(["trust", "production", "--words", "empty"])).toMatchObject({ said: expect.stringContaining("remembered here already") as string });
  expect(await run(["check"])).toMatchObject({ code: 0, said: expect.stringContaining("every leaf is what this worker signed") as string });
  await worker.stop();
});

test("a folder that was lost is told size and root, by the words of the root", async () => {
  const lost = path.join(folder, "lost");
  cpSync(grounds.stateFolder, lost, { recursive: true });
  rmSync(path.join(lost, "logs"), { recursive: true });
  const there = { CLAVIGER_WORKER_STATE: lost };
  const root = hashWords(treeHeadIn((await newestCheckpoint(grounds.app, ORIGIN))?.note ?? new Uint8Array())?.root ?? new Uint8Array());
  expect((await run(["trust", "production", "--words", "empty"], there)).said).toContain("Nothing was trusted");
  const trusted = await run(["trust", "production", "--words", `${root[0] ?? ""} ${root.at(-1) ?? ""}`], there);
  expect(trusted).toMatchObject({ code: 0, said: expect.stringContaining(`The log ${ORIGIN} is trusted at 4 leaves`) as string });
});

test("the events go out as a file; and one that its owner changed is named", async () => {
  const out = path.join(folder, "events.jsonl");
  expect(await run(["events", "--out", out])).toMatchObject({ code: 0 });
  expect(readEventFile(readFileSync(out, "utf8"))).toMatchObject([
    { kind: "signed-in", by: "anna" },
    { kind: "configuration-changed", by: null, facts: expect.stringContaining('"name": "worker-a"') as string },
    { kind: "trusted-at-console", by: null, facts: expect.stringContaining(`"origin": "${ORIGIN}"`) as string },
    { kind: "trusted-at-console", by: null, facts: expect.stringContaining('"what": "log"') as string },
  ]);
  expect(await run(["events", "--out", out])).toMatchObject({ code: 2 });

  const owner = new pg.Client({ connectionString: grounds.database.ownerUrl });
  await owner.connect();
  await owner.query('ALTER TABLE "AuditEvent" DISABLE TRIGGER ALL');
  const { rows } = await owner.query<{ id: string }>(`UPDATE "AuditEvent" SET "by" = 'mallory' WHERE "by" = 'anna' RETURNING "id"`);
  await owner.end();
  const checked = await run(["check"]);
  expect(checked.code).toBe(1);
  expect(checked.said).toContain(`audit event ${rows[0]?.id ?? ""}: is not what it was when it was logged`);
});
