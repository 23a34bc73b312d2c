import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "#cli/testing/test-database";
import { openDatabase, type Database } from "#lib/store/database";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { noBackups } from "./backup/no-backups.under-test";
import { databaseStore } from "./database-store";
import { WorkerMemory } from "./memory";
import { makeRecorder } from "./own-keys";
import { committed } from "./played-cast.under-test";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import type { OpenedToken, WorkerParts } from "./parts-port";
import { runWorker } from "./work";
import { otherTokens } from "./worker-parts";

interface Grounds {
  readonly app: Database;
  readonly memory: WorkerMemory;
  readonly logged: () => string;
  /** How often the worker has asked whether it leads, which it does at the beginning of every round. */
  readonly rounds: () => number;
}

/** A database, a token in memory, and a whole worker in this process. `prepare` runs before the worker's first look. */
async function withWorker<T>(
  prepare: (grounds: Grounds) => Promise<T>,
  watch: (grounds: Grounds, prepared: T) => Promise<void>,
  { timeStamps = [], now = () => new Date() }: Partial<Pick<WorkerParts, "timeStamps" | "now">> = {},
): Promise<void> {
  const database = await freshDatabase();
  const app = openDatabase(database.appUrl, { connections: 2 });
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-poisoned-"));
  const onToken = new FakeTokenMemory();
  const memory = new WorkerMemory(folder);
  const made = await makeRecorder(new FakeToken(onToken), memory, null, new Date());
  if (!made.ok) throw new Error(made.refusal.reason);
  let logged = "";
  let rounds = 0;
  const grounds: Grounds = { app, memory, logged: () => logged, rounds: () => rounds };
  const prepared = await prepare(grounds);

  const store = databaseStore(database.workerUrl);
  const token = Object.assign(new FakeToken(onToken), { reopen: () => Promise.resolve(), close: () => Promise.resolve(), logOut: () => Promise.resolve() }) as OpenedToken;
  const confirm = () => Promise.resolve(++rounds > 0);
  const lock = { held: true, confirm, release: () => Promise.resolve() };
  const parts: WorkerParts = {
    ...{ name: "w", serial: onToken.serial, mode: "rehearsal", software: "test", store, memory, verifier: webCryptoVerifier, timeStamps },
    ...{ now, openToken: () => Promise.resolve(token), lead: () => Promise.resolve(lock), log: (line) => (logged += `${line}\n`) },
    others: otherTokens([], "none"),
    backups: noBackups,
    keepsLog: null,
    organisation: null,
    watchesTokens: null,
  };
  const stop = new AbortController();
  const running = runWorker(parts, stop.signal);
  try {
    await watch(grounds, prepared);
  } finally {
    stop.abort();
    await running;
    await store.close();
    await app.$disconnect();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a ceremony whose rows cannot even be read keeps no other from going on, and the health says that there is trouble", () =>
  withWorker(
    async ({ app, memory }) => {
      // First in the order in which the worker looks: openings that are no list, which the app's role may write.
      const poisoned = await new PlayedCeremony(app, { id: "a-poisoned" }).open();
      await app.$executeRaw`INSERT INTO "Entry" SELECT 'a-b', seq, encode(sha256(replaced), 'hex'), prev, kind, at, by, replaced, '{}'
        FROM (SELECT *, convert_to(replace(convert_from(bytes, 'UTF8'), '"ceremony":"a-poisoned"', '"ceremony":"a-b"'), 'UTF8') AS replaced FROM "Entry") entry`;
      memory.askToPin(poisoned.roster, new Date().toISOString());
      return new PlayedCeremony(app, { id: "b-healthy", cast: poisoned.cast, roster: poisoned.roster }).open();
    },
    async ({ app, logged }, healthy) => {
      await healthy.until("the recorder", ({ recorder }) => recorder !== null);
      await expect.poll(async () => (await app.workerHealth.findFirst())?.state, { timeout: 60_000 }).toBe("trouble");
      // The room hears that, and of what kind; what a fault says may hold anything and is for the log of the worker's host.
      expect((await app.workerHealth.findFirst())?.sentence).toMatch(/StoreFault/);
      expect((await app.workerHealth.findFirst())?.sentence).not.toMatch(/openings/);
      expect(logged()).toMatch(/StoreFault: openings are not a list/);
    },
  ));

test("a text that no typeface has a sign for takes nobody's record away", () =>
  withWorker(
    async ({ app, memory }) => {
      const played = await new PlayedCeremony(app).open();
      memory.askToPin(played.roster, new Date().toISOString());
      return played;
    },
    async ({ app, logged }, played) => {
      await played.attached();
      const reason = committed("ceremony-aborted/reason", "no sign: \ue000\t");
      await played.act("operator-1", "ceremony-aborted", { reason: { committed: reason.committed } }, [reason.opening]);
      await played.until("closed", ({ phase }) => phase === "closed");
      await expect.poll(() => app.record.count(), { timeout: 60_000, message: logged() }).toBe(1);
    },
  ));

test("[SCRIPT-SOUND] a script that no record could print gets no recorder: the end would be keys without a record", () =>
  withWorker(
    async ({ app, memory }) => {
      const played = await new PlayedCeremony(app, { script: { ...smallScript(), purpose: "சாவி\tkey" } }).open();
      memory.askToPin(played.roster, new Date().toISOString());
      return played;
    },
    async ({ app }, played) => {
      const facts = async () => ((await app.workerHealth.findFirst())?.facts ?? {}) as { ceremonies?: Record<string, { code: string }> };
      await expect.poll(async () => (await facts()).ceremonies?.[played.id]?.code, { timeout: 60_000 }).toBe("SCRIPT-SOUND");
      expect(await played.kinds()).toEqual(["ceremony-opened"]);
    },
  ));

test("[TIME-STAMPED] an authority that never answers holds up no other ceremony, and no end of the worker", () => {
  let asked = 0;
  return withWorker(
    async ({ app, memory }) => {
      // The first in the order in which the worker looks is the one that waits.
      const waiting = await new PlayedCeremony(app, { id: "a-waiting" }).open();
      const other = await new PlayedCeremony(app, { id: "b-other", cast: waiting.cast, roster: waiting.roster }).open();
      memory.askToPin(waiting.roster, new Date().toISOString());
      return { waiting, other };
    },
    async ({ logged }, { waiting, other }) => {
      await waiting.attached();
      await waiting.abort();
      await expect.poll(() => asked, { timeout: 60_000, message: logged() }).toBeGreaterThan(0);
      await other.playTo("key");
      // Nor is its own end held up for good: it is closed, and its record alone waits.
      await waiting.until("closed", ({ phase }) => phase === "closed");
    },
    {
      timeStamps: [
        () => {
          asked += 1;
          return new Promise(() => undefined);
        },
      ],
    },
  );
});

describe("[CLOCK-BEHIND] an entry that came after the worker had looked", () => {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const prepare = async ({ app, memory }: Grounds) => {
    ahead = 0;
    const played = await new PlayedCeremony(app).open();
    memory.askToPin(played.roster, new Date().toISOString());
    return played;
  };
  /** The worker's clock goes on by so much, and the worker looks; then something is entered at the app's time. */
  const entered = async (played: PlayedCeremony, { memory, rounds }: Grounds, milliseconds: number) => {
    await played.attached();
    const seen = (await played.openStep("health")).seq;
    await played.stepDone("health");
    await expect.poll(() => memory.head(played.id)?.seq ?? 0, { timeout: 60_000 }).toBeGreaterThan(seen);
    ahead = milliseconds;
    // A whole round of the worker by that clock.
    const before = rounds();
    await expect.poll(rounds, { timeout: 60_000 }).toBeGreaterThan(before + 2);
    await played.deviate("key");
  };

  test("and is dated ten minutes before is not believed, until a person has the worker look anew", () =>
    withWorker(
      prepare,
      async (grounds, played) => {
        await entered(played, grounds, 600_000);
        const { app } = grounds;
        const facts = async () => ((await app.workerHealth.findFirst())?.facts ?? {}) as { ceremonies?: Record<string, { code: string }> };
        await expect.poll(async () => (await facts()).ceremonies?.[played.id]?.code, { timeout: 60_000 }).toBe("CLOCK-BEHIND");
      },
      { now },
    ),
  );

  test("and is dated a minute before is taken: clocks differ a little", () =>
    withWorker(
      prepare,
      async (grounds, played) => {
        await entered(played, grounds, 60_000);
        const { seq } = (await played.state()).head;
        await expect.poll(() => grounds.memory.head(played.id)?.seq, { timeout: 60_000 }).toBe(seq);
      },
      { now },
    ),
  );
});
