import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { freshDatabase } from "#cli/testing/test-database";
import { openDatabase } from "#lib/store/database";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { databaseStore } from "./database-store";
import { WorkerMemory } from "./memory";
import { makeRecorder } from "./own-keys";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { runWorker, type OpenedToken, type WorkerParts } from "./work";

test("a ceremony whose rows cannot even be read keeps no other from going on, and the health says that there is trouble", { timeout: 60_000 }, async () => {
  const database = await freshDatabase();
  const app = openDatabase(database.appUrl, { connections: 2 });
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-poisoned-"));
  const onToken = new FakeTokenMemory();
  const memory = new WorkerMemory(folder);
  const made = await makeRecorder(new FakeToken(onToken), memory, null, new Date());
  if (!made.ok) throw new Error(made.refusal.reason);

  // First in the order in which the worker looks: openings that are no list, which the app's role may write.
  const poisoned = await new PlayedCeremony(app, { id: "a-poisoned" }).open();
  await app.$executeRaw`INSERT INTO "Entry" SELECT 'a-b', seq, encode(sha256(replaced), 'hex'), prev, kind, at, by, replaced, '{}'
    FROM (SELECT *, convert_to(replace(convert_from(bytes, 'UTF8'), '"ceremony":"a-poisoned"', '"ceremony":"a-b"'), 'UTF8') AS replaced FROM "Entry") entry`;
  const healthy = await new PlayedCeremony(app, { id: "b-healthy", cast: poisoned.cast, roster: poisoned.roster }).open();
  memory.askToPin(healthy.roster, new Date().toISOString());

  const store = databaseStore(database.workerUrl);
  const token = Object.assign(new FakeToken(onToken), { reopen: () => Promise.resolve(), close: () => Promise.resolve() }) as OpenedToken;
  const lock = { held: true, confirm: () => Promise.resolve(true), release: () => Promise.resolve() };
  let logged = "";
  const parts: WorkerParts = {
    ...{ name: "w", serial: onToken.serial, modes: ["rehearsal"], software: "test", store, memory, verifier: webCryptoVerifier, timeStamp: null },
    ...{ now: () => new Date(), openToken: () => Promise.resolve(token), lead: () => Promise.resolve(lock), log: (line) => (logged += `${line}\n`) },
  };
  const stop = new AbortController();
  const running = runWorker(parts, stop.signal);
  try {
    await healthy.until("the recorder", ({ recorder }) => recorder !== null, 20_000);
    await expect.poll(async () => (await app.workerHealth.findFirst())?.state, { timeout: 15_000 }).toBe("trouble");
    // The room hears that, and of what kind; what a fault says may hold anything and is for the log of the worker's host.
    expect((await app.workerHealth.findFirst())?.sentence).toMatch(/StoreFault/);
    expect((await app.workerHealth.findFirst())?.sentence).not.toMatch(/openings/);
    expect(logged).toMatch(/StoreFault: openings are not a list/);
  } finally {
    stop.abort();
    await running;
    await store.close();
    await app.$disconnect();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
});
