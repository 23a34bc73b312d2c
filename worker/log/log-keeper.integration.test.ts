import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import { openCheckpoint, type Checkpoint } from "#lib/log/checkpoint";
import { hex } from "#lib/log/digest";
import { eventHash, readLeaf } from "#lib/log/leaf";
import { logProofBytes } from "#lib/log/log-proof";
import { inclusionProof, leafHash, rootFromInclusion } from "#lib/log/merkle";
import { narrowedTile, readTile, subtreesFrom } from "#lib/log/tile";
import { NO_LOG_TRUST, leavesOf, verifyLogProofs } from "#lib/record/verify-log-proof";
import { openDatabase, type Database } from "#lib/store/database";
import { appendEntry, readEntries } from "#lib/store/entries";
import { nextEntry, summary } from "#lib/store/entry-row.under-test";
import { findTile, newestCheckpoint, readLeaves } from "#lib/store/transparency-log";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { databaseStore } from "../database-store";
import type { WorkerStore } from "../store-port";
import { LogFault, LogKeeper, LogUnknown, logKey, signedTree, type LogParts } from "./log-keeper";
import { beginLogs, logMemory } from "./log-memory";
import type { LogStore } from "./log-store";

const ORIGIN = "keys.example/log";
const REHEARSALS = `${ORIGIN}/rehearsal`;

let database: TestDatabase;
let app: Database;
let folder: string;
let store: WorkerStore & { readonly log: LogStore };
const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const spki = new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }));
/** Every text that was signed: of one log and size there may be one only. */
let signed: string[];

beforeEach(async () => {
  database = await freshDatabase();
  app = openDatabase(database.appUrl, { connections: 3 });
  store = databaseStore(database.workerUrl);
  folder = mkdtempSync(path.join(tmpdir(), "claviger-log-"));
  signed = [];
});
afterEach(async () => {
  await app.$disconnect();
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a worker on that host works with. The first one's recorder was made with the log; the other hosts know nothing of it. */
function parts(host = "a"): LogParts {
  const memory = logMemory(path.join(folder, host));
  if (host === "a") beginLogs(memory, ORIGIN);
  return {
    store: store.log,
    memory,
    verifier: webCryptoVerifier,
    recorderSpki: spki,
    sign(bytes) {
      signed.push(new TextDecoder().decode(bytes));
      return Promise.resolve(new Uint8Array(sign("sha256", bytes, pair.privateKey)));
    },
  };
}

/** A ceremony of so many entries, whose first says which mode it is of. */
async function ceremony(id: string, mode: string, entries: number): Promise<void> {
  let last = null;
  for (let i = 0; i < entries; i++) {
    const opening = { kind: "ceremony-opened", body: { mode } } as unknown as Parameters<typeof nextEntry>[2];
    const entry = nextEntry(id, last, i === 0 ? opening : {});
    expect(await appendEntry(app, entry, summary(entry))).toBe("appended");
    last = entry;
  }
}

const event = (by: string) => app.auditEvent.create({ data: { kind: "signed-in", by, facts: { b: 1, a: "x" } } });

/** The log as anybody reads it: its newest checkpoint, checked, and its leaves, each proved to be in it. */
async function read(origin: string): Promise<{ checkpoint: Checkpoint; leaves: Uint8Array[] }> {
  const kept = await newestCheckpoint(app, origin);
  const checkpoint = await openCheckpoint(kept?.note ?? new Uint8Array(), { origin, keys: [logKey(origin, spki)] }, [], webCryptoVerifier);
  if (typeof checkpoint === "string") throw new Error(checkpoint);
  const leaves = await readLeaves(app, origin, 0, 100_000);
  expect(leaves).toHaveLength(checkpoint.size);
  const subtrees = subtreesFrom(checkpoint.size, async ({ level, index, width }) => {
    const bytes = narrowedTile((await findTile(app, origin, level, index)) ?? new Uint8Array(), width);
    return (bytes && readTile(bytes, width)) ?? [];
  });
  for (const [index, leaf] of leaves.entries()) {
    const proof = await inclusionProof(index, checkpoint.size, subtrees);
    expect(rootFromInclusion(leafHash(leaf), index, checkpoint.size, proof)).toEqual(checkpoint.root);
  }
  return { checkpoint, leaves };
}

/** As the owner of the database, with the guards taken off. */
async function asOwner(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  for (const table of ["LogLeaf", "LogCheckpoint"]) await client.query(`ALTER TABLE "${table}" DISABLE TRIGGER append_only`);
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** As a person at the console does who has compared what the database says with somebody else's word. */
async function trustAtConsole(host: string): Promise<void> {
  const there = parts(host);
  const kept = await store.log.checkpoint(ORIGIN);
  const { root } = await signedTree(there, ORIGIN, kept);
  there.memory.remember(ORIGIN, { size: kept?.size ?? 0, root, promised: [] });
}

const heads = () => signed.map((text) => text.split("\n").slice(0, 2).join(" "));

describe("what is kept is in the log", () => {
  test("entries and events, in their order, rehearsals apart; by their hashes and not their words", async () => {
    await ceremony("c-real", "production", 3);
    await ceremony("c-practice", "rehearsal", 2);
    const { id } = await event("anna");
    expect(await new LogKeeper(ORIGIN).keep(parts())).toBe(6);

    const production = await read(ORIGIN);
    const entries = await readEntries(app, "c-real");
    const row = await app.auditEvent.findUniqueOrThrow({ where: { id } });
    const { at, kind, by, salt } = row;
    expect(salt).toMatch(/^[0-9a-f]{64}$/);
    const hash = eventHash({ event: String(id), at: at.toISOString(), kind, by, facts: '{"a": "x", "b": 1}', salt });
    expect(production.leaves.map(readLeaf)).toEqual([
      ...entries.map((entry) => ({ kind: "entry", ceremony: "c-real", seq: entry.seq, hash: entry.hash })),
      { kind: "event", event: String(id), hash },
    ]);
    expect((await read(REHEARSALS)).leaves.map(readLeaf)).toMatchObject([{ ceremony: "c-practice" }, { ceremony: "c-practice" }]);
    expect(production.leaves.map((leaf) => new TextDecoder().decode(leaf)).join()).not.toMatch(/anna|signed-in/);
  });

  test("once, however often it is asked to wait", async () => {
    await ceremony("c-1", "production", 2);
    const keeper = new LogKeeper(ORIGIN);
    expect(await keeper.keep(parts())).toBe(2);
    expect(await keeper.keep(parts())).toBe(0);
    await asOwner(`INSERT INTO "LogWaiting" ("ceremony", "seq") VALUES ('c-1', 0), ('c-1', 1), ('c-none', 0)`);
    expect(await new LogKeeper(ORIGIN).keep(parts())).toBe(0);
    expect(await store.log.waiting(10)).toEqual([]);
    expect((await read(ORIGIN)).leaves).toHaveLength(2);
  });

  test("in tiles that grow over many batches, and across their borders", async () => {
    const keeper = new LogKeeper(ORIGIN);
    for (const [batch, count] of [200, 56, 1, 300].entries()) {
      await app.auditEvent.createMany({ data: Array.from({ length: count }, () => ({ kind: "k", facts: { batch } })) });
      expect(await keeper.keep(parts())).toBe(count);
      expect((await read(ORIGIN)).checkpoint.size).toBe([200, 256, 257, 557][batch]);
    }
    await app.auditEvent.createMany({ data: Array.from({ length: 1_500 }, () => ({ kind: "k", facts: {} })) });
    expect(await new LogKeeper(ORIGIN).keep(parts())).toBe(1_500);
    expect(heads()).toEqual([200, 256, 257, 557, 1_557, 2_057].map((size) => `${ORIGIN} ${String(size)}`));
  });
});

describe("a ceremony's entries are proved to be in the log", () => {
  const proved = async (id: string, keeper = new LogKeeper(ORIGIN)) => {
    const hashes = (await readEntries(app, id)).map(({ hash }) => hash);
    return { hashes, proof: await keeper.prove(parts(), "production", leavesOf({ ceremony: id, hashes })) };
  };
  const checked = async (id: string, { hashes, proof }: Awaited<ReturnType<typeof proved>>) =>
    verifyLogProofs(proof && logProofBytes(proof), { ceremony: id, mode: "production", hashes }, spki, { ...NO_LOG_TRUST, required: ORIGIN }, webCryptoVerifier);

  test("among events and other ceremonies, at the newest checkpoint, as the verifier wants it", async () => {
    await ceremony("c-1", "production", 20);
    await app.auditEvent.createMany({ data: Array.from({ length: 300 }, () => ({ kind: "k", facts: {} })) });
    await ceremony("c-2", "production", 5);
    const keeper = new LogKeeper(ORIGIN);
    await keeper.keep(parts());
    for (const id of ["c-1", "c-2"]) {
      expect((await checked(id, await proved(id, keeper))).filter(({ ok }) => !ok)).toEqual([]);
      expect((await checked(id, await proved(id))).filter(({ ok }) => !ok)).toEqual([]);
    }
  });
  test("not while one of them is not in it", async () => {
    await ceremony("c-1", "production", 3);
    expect((await proved("c-1")).proof).toBeNull();
    await new LogKeeper(ORIGIN).keep(parts());
    expect((await proved("c-1")).proof).not.toBeNull();
  });
  test("and not by what the database says of places and tiles", async () => {
    await ceremony("c-1", "production", 3);
    await event("later");
    await new LogKeeper(ORIGIN).keep(parts());
    await asOwner(`UPDATE "LogLeaf" SET "index" = 9 WHERE "index" = 3`, `UPDATE "LogLeaf" SET "index" = 3 WHERE "index" = 2`);
    await expect(proved("c-1")).rejects.toThrow(LogFault);
  });
});

describe("cut off at any line, the same leaves follow, and no size is signed twice differently", () => {
  class Cut extends Error {}
  /** Parts that break at the n-th call, before it or after it has done its work. */
  function breaking(at: number, when: "before" | "after"): LogParts {
    const whole = parts();
    let calls = 0;
    const cutting = <A extends unknown[], R>(work: (...args: A) => R) =>
      (...args: A): R => {
        const now = calls++ === at;
        if (now && when === "before") throw new Cut();
        const done = work(...args);
        if (!now) return done;
        if (done instanceof Promise) return done.then(() => Promise.reject(new Cut())) as R;
        throw new Cut();
      };
    return {
      ...whole,
      sign: cutting(whole.sign.bind(whole)),
      memory: { recall: whole.memory.recall.bind(whole.memory), remember: cutting(whole.memory.remember.bind(whole.memory)) },
      store: { ...whole.store, keep: cutting(whole.store.keep.bind(whole.store)) },
    };
  }

  // remember (promise), sign, keep, remember
  test.each([0, 1, 2, 3].flatMap((at) => (["before", "after"] as const).map((when) => [when, at] as const)))("%s call %i", async (when, at) => {
    await event("first");
    await new LogKeeper(ORIGIN).keep(parts());
    await event("second");
    await expect(new LogKeeper(ORIGIN).keep(breaking(at, when))).rejects.toThrow(Cut);
    // More came in while nobody looked: it must not slip in before what was promised.
    await event("third");
    await new LogKeeper(ORIGIN).keep(parts());
    const { leaves } = await read(ORIGIN);
    expect(leaves.map((leaf) => readLeaf(leaf)).map((leaf) => leaf?.kind === "event" && leaf.event)).toEqual(["1", "2", "3"]);
    const bySize = new Map(signed.map((text) => [text.split("\n")[1], text]));
    expect(new Set(signed)).toEqual(new Set(bySize.values()));
  });
});

describe("a log that is not the one this worker signed is left alone", () => {
  const fault = async (pattern: RegExp, host = "a") => {
    await event("later");
    const before = signed.length;
    const kept = new LogKeeper(ORIGIN).keep(parts(host));
    await expect(kept).rejects.toThrow(LogFault);
    await expect(kept).rejects.toThrow(pattern);
    expect(signed).toHaveLength(before);
    expect(await store.log.waiting(10)).not.toEqual([]);
  };
  const grownTo = async (count: number, host = "a") => {
    await app.auditEvent.createMany({ data: Array.from({ length: count }, () => ({ kind: "k", facts: {} })) });
    await new LogKeeper(ORIGIN).keep(parts(host));
  };

  test("rolled back to an earlier day", async () => {
    await grownTo(3);
    await grownTo(2);
    await asOwner(`DELETE FROM "LogCheckpoint" WHERE "size" = 5`, `DELETE FROM "LogLeaf" WHERE "index" >= 3`);
    await fault(/has 3 leaves and had 5: it was rolled back/);
  });
  test("taken away whole", async () => {
    await grownTo(3);
    await asOwner(`DELETE FROM "LogCheckpoint"`, `DELETE FROM "LogLeaf"`, `DELETE FROM "LogTile"`);
    await fault(/has 0 leaves and had 3/);
  });
  test("with another hash in a tile", async () => {
    await grownTo(3);
    await asOwner(`UPDATE "LogTile" SET "bytes" = set_byte("bytes", 40, 255 - get_byte("bytes", 40))`);
    await fault(/is not the one this worker signed when it had 3 leaves/);
  });
  test("without a tile", async () => {
    await grownTo(3);
    await asOwner(`DELETE FROM "LogTile"`);
    await fault(/lacks tile 0\/0/);
  });
  test("longer, by a hand that has not the recorder's key", async () => {
    await grownTo(3);
    await asOwner(`UPDATE "LogTile" SET "bytes" = "bytes" || sha256('x')`, `UPDATE "LogCheckpoint" SET "size" = 4`);
    await fault(/is not the one this worker signed when it had 4 leaves/);
  });
  test("longer and signed, with another past: a fork is not gone along with", async () => {
    await grownTo(3);
    // The same recorder signed another log of three and of five leaves, where this worker's memory was not.
    await asOwner(`DELETE FROM "LogCheckpoint"`, `DELETE FROM "LogLeaf"`, `DELETE FROM "LogTile"`);
    beginLogs(parts("b").memory, ORIGIN);
    await grownTo(3, "b");
    await grownTo(2, "b");
    await fault(/is not the one this worker signed when it had 3 leaves/);
  });
});

test("a log that another worker of the same recorder has led since is gone on with", async () => {
  const grow = async (host: string, count: number) => {
    await app.auditEvent.createMany({ data: Array.from({ length: count }, () => ({ kind: "k", facts: {} })) });
    return new LogKeeper(ORIGIN).keep(parts(host));
  };
  expect(await grow("a", 300)).toBe(300);
  await trustAtConsole("b");
  expect(await grow("b", 20)).toBe(20);
  expect(await grow("a", 5)).toBe(5);
  expect(await grow("b", 1)).toBe(1);
  expect((await read(ORIGIN)).checkpoint.size).toBe(326);
  expect(hex(logMemory(path.join(folder, "b")).recall(ORIGIN)?.root ?? new Uint8Array())).toBe(hex((await read(ORIGIN)).checkpoint.root));
});

describe("a worker that remembers nothing of a log signs nothing of it before a person has spoken", () => {
  const taken = async (...statements: string[]) => {
    await app.auditEvent.createMany({ data: Array.from({ length: 5 }, () => ({ kind: "k", facts: {} })) });
    await new LogKeeper(ORIGIN).keep(parts());
    if (statements.length > 0) await asOwner(...statements);
    await event("later");
  };
  const emptied = [`DELETE FROM "LogCheckpoint"`, `DELETE FROM "LogLeaf"`, `DELETE FROM "LogTile"`];

  test.each([
    ["as it was", []],
    ["emptied meanwhile", emptied],
    ["cut off meanwhile", [`UPDATE "LogTile" SET "bytes" = substr("bytes", 1, 96)`, `DELETE FROM "LogLeaf" WHERE "index" >= 3`]],
  ])("whether the log is %s it cannot know", async (_, statements) => {
    await taken(...statements);
    const before = signed.length;
    await expect(new LogKeeper(ORIGIN).keep(parts("new"))).rejects.toThrow(LogUnknown);
    await expect(new LogKeeper(ORIGIN).newest(parts("new"), "production")).rejects.toThrow(LogUnknown);
    expect(signed).toHaveLength(before);
    expect(await store.log.waiting(10)).not.toEqual([]);
  });
  test("afterwards it goes on where the person said, and one that waits is not lost", async () => {
    await taken();
    await trustAtConsole("new");
    expect(await new LogKeeper(ORIGIN).keep(parts("new"))).toBe(1);
    expect((await read(ORIGIN)).checkpoint.size).toBe(6);
  });
  test("what is kept and was not signed by this recorder cannot be trusted", async () => {
    await taken(`UPDATE "LogTile" SET "bytes" = set_byte("bytes", 40, 255 - get_byte("bytes", 40))`);
    await expect(trustAtConsole("new")).rejects.toThrow(LogFault);
  });
});
