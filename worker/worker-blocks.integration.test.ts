import { generateKeyPairSync, sign } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stateOf } from "#lib/ceremony/ceremony";
import { entryBytes, entryHash, recorderBytes, type Body, type Entry } from "#lib/ceremony/entry";
import { take } from "#lib/ceremony/replay";
import { rosterHash } from "#lib/ceremony/roster";
import { base64url } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { openDatabase } from "#lib/store/database";
import { appendEntry } from "#lib/store/entries";
import { summaryOf } from "#lib/store/ceremonies";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { rosterOf } from "./played-cast.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

// What only the worker can refuse, because it alone has a memory, a clock and a console. Each time the token is listed afterwards.

let grounds: WorkerGrounds;
beforeEach(async () => {
  grounds = await WorkerGrounds.open();
});
afterEach(() => grounds.close());

/** Waits until the worker says that it is blocked in this ceremony, and why. */
async function blockOf(id: string): Promise<{ code: string; sentence: string; remedy: string }> {
  for (const end = Date.now() + 90_000; Date.now() < end; ) {
    const [said] = await grounds.health();
    const ceremonies = (said?.facts["ceremonies"] ?? {}) as Record<string, { code: string; sentence: string; remedy: string }>;
    const block = ceremonies[id];
    if (block) return block;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no block in ${id}: ${JSON.stringify(await grounds.health())}`);
}

describe("the worker does nothing for a ceremony", () => {
  test("[ROSTER-PINNED] whose roster nobody trusted at its console; it goes on once somebody has", async () => {
    const played = await new PlayedCeremony(grounds.app).open();
    grounds.start();
    const block = await blockOf(played.id);
    expect(block.code).toBe("ROSTER-PINNED");
    expect(block.remedy).toContain("claviger roster trust");
    expect(await played.kinds()).toEqual(["ceremony-opened"]);

    grounds.trust(played.roster);
    await played.attached();
    expect(await grounds.tokenObjects()).toEqual([]);
  });

  test("[ROSTER-NEWEST] that was opened with a roster which a newer one has overtaken; one that began before goes on", async () => {
    const before = await new PlayedCeremony(grounds.app).open();
    grounds.trust(before.roster);
    grounds.start();
    await before.attached();

    grounds.trust(rosterOf(before.cast, "rehearsal", { version: 2, prev: rosterHash(before.roster) }));
    await expect.poll(() => grounds.memory().pinnedHashes().length, { timeout: 60_000 }).toBe(2);
    const played = await new PlayedCeremony(grounds.app, { cast: before.cast, roster: before.roster }).open();
    expect((await blockOf(played.id)).code).toBe("ROSTER-NEWEST");
    await before.playTo("key");
    expect(await played.kinds()).toEqual(["ceremony-opened"]);
    expect(await grounds.tokenObjects()).toEqual([]);
  });

  test("[MODE-ACCEPTED] of a mode it was not set up for, though the roster is trusted", async () => {
    const played = await new PlayedCeremony(grounds.app, { mode: "production" }).open();
    grounds.trust(played.roster);
    grounds.start();
    expect((await blockOf(played.id)).code).toBe("MODE-ACCEPTED");
    await grounds.stopAll();
    expect(await played.kinds()).toEqual(["ceremony-opened"]);
  });

  test("[CLOCK-AHEAD] with an entry dated more than two minutes ahead of its clock", async () => {
    const played = await new PlayedCeremony(grounds.app).open();
    grounds.trust(played.roster);
    grounds.start();
    await played.playTo("key");
    const ahead = new Date(Date.now() + 200_000).toISOString();
    const expires = new Date(Date.now() + 600_000).toISOString();
    await played.act("operator-1", "step-opened", { step: "key", nonce: "ab".repeat(32), expires, deviation: null }, [], ahead);
    await played.approveBy("key", 2);
    expect((await blockOf(played.id)).code).toBe("CLOCK-AHEAD");
    expect(await grounds.tokenObjects()).toEqual([]);
  });

  test("[RECORDER-MINE] to which somebody else attached a recorder of their own", async () => {
    const played = await new PlayedCeremony(grounds.app).open();
    grounds.trust(played.roster);
    await attachForeignRecorder(played);
    grounds.start();
    expect((await blockOf(played.id)).code).toBe("RECORDER-MINE");
    await played.openStep("health");
    // The worker visits ceremonies in the order of their ids: with this one it has gone past the other.
    const last = await new PlayedCeremony(grounds.app, { id: "zz-last", cast: played.cast, roster: played.roster }).open();
    await last.attached();
    expect(await played.kinds()).toEqual(["ceremony-opened", "recorder-attached", "step-opened"]);
    expect(await grounds.tokenObjects()).toEqual([]);
  });

  test("[TRANSCRIPT-ROLLBACK] whose last entries the owner of the database took away", async () => {
    const played = await new PlayedCeremony(grounds.app).open();
    grounds.trust(played.roster);
    const worker = grounds.start();
    await played.playTo("key");
    await played.openStep("key");
    await played.approve("custodian-1", "key");
    const seen = (await played.state()).head.seq;
    await expect.poll(() => grounds.memory().head(played.id)?.seq, { timeout: 60_000 }).toBe(seen);
    await worker.stop();

    await asOwner(`ALTER TABLE "Entry" DISABLE TRIGGER ALL; DELETE FROM "Entry" WHERE ceremony = '${played.id}' AND seq >= ${String(seen - 1)}; ALTER TABLE "Entry" ENABLE TRIGGER ALL`);
    const again = new PlayedCeremony(grounds.app, played);
    await again.openStep("key");
    await again.approveBy("key", 2);
    grounds.start();
    expect((await blockOf(played.id)).code).toBe("TRANSCRIPT-ROLLBACK");
    expect(await grounds.tokenObjects()).toEqual([]);
  });

  test("[TRANSCRIPT-ROLLBACK] of which an entry was changed under its eyes, between the quorum's first half and its second", async () => {
    const played = await new PlayedCeremony(grounds.app).open();
    grounds.trust(played.roster);
    grounds.start();
    await played.playTo("key");
    await played.openStep("key");
    await played.approve("custodian-1", "key");
    const seen = (await played.state()).head.seq;
    await expect.poll(() => grounds.memory().head(played.id)?.seq, { timeout: 60_000 }).toBe(seen);
    // The title of the ceremony: nothing later contradicts it but the hashes.
    await asOwner(`ALTER TABLE "Entry" DISABLE TRIGGER ALL;
      UPDATE "Entry" SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '"title":"Small"', '"title":"Other"'), 'UTF8'),
        hash = encode(sha256(convert_to(replace(convert_from(bytes, 'UTF8'), '"title":"Small"', '"title":"Other"'), 'UTF8')), 'hex')
      WHERE ceremony = '${played.id}' AND seq = 0; ALTER TABLE "Entry" ENABLE TRIGGER ALL`);
    await played.approve("custodian-2", "key");
    expect((await blockOf(played.id)).code).toBe("TRANSCRIPT-ROLLBACK");
    expect(await grounds.tokenObjects()).toEqual([]);
  });
});

test("stop pressed between the intent and the token: nothing is made, and the transcript says so", async () => {
  const played = await new PlayedCeremony(grounds.app).open();
  grounds.trust(played.roster);
  const worker = grounds.start({ killAt: "key after append operation-started" });
  await played.playTo("key");
  await played.openStep("key");
  await played.approveBy("key", 2);
  expect(await worker.exited).toBe("SIGKILL");
  await played.stop();
  grounds.start();
  const ceremony = await played.until("the failure", (now) => stateOf(now, "key")?.status === "failed");
  expect(stateOf(ceremony, "key")?.failure?.fault.name).toBe("STOPPED-BEFORE-IT-BEGAN");
  expect(await grounds.tokenObjects()).toEqual([]);
});

test("stop pressed while the worker was dead, and resumed before it came back: what was agreed to before the stop is not done", async () => {
  const played = await new PlayedCeremony(grounds.app).open();
  grounds.trust(played.roster);
  const worker = grounds.start({ killAt: "key after append operation-started" });
  await played.playTo("key");
  await played.openStep("key");
  await played.approveBy("key", 2);
  expect(await worker.exited).toBe("SIGKILL");
  await played.stop();
  await played.goOn(await played.deviate("key"));
  grounds.start();
  const ceremony = await played.until("the failure", (now) => stateOf(now, "key")?.status === "failed");
  expect(stateOf(ceremony, "key")?.failure?.fault.name).toBe("STOPPED-BEFORE-IT-BEGAN");
  expect(await grounds.tokenObjects()).toEqual([]);
});

test("an intent older than what people agreed to: its worker died, nothing was made, and nothing is made when it comes back", async () => {
  const played = await new PlayedCeremony(grounds.app).open();
  grounds.trust(played.roster);
  const worker = grounds.start({ killAt: "key after append operation-started" });
  await played.playTo("key");
  const expires = new Date(Date.now() + 20_000).toISOString();
  await played.openStep("key", { expires });
  await played.approveBy("key", 2);
  expect(await worker.exited).toBe("SIGKILL");
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(expires) - Date.now() + 50)));
  grounds.start();
  const ceremony = await played.until("the failure", (now) => stateOf(now, "key")?.status === "failed");
  expect(stateOf(ceremony, "key")?.failure?.fault.name).toBe("EXPIRED-BEFORE-IT-BEGAN");
  expect(await grounds.tokenObjects()).toEqual([]);
});

test("a label that is taken on the token: the operation fails, and a re-opening with a deviation may try again", async () => {
  const first = await new PlayedCeremony(grounds.app).open();
  grounds.trust(first.roster);
  grounds.start();
  await first.playToEnd();
  const second = await new PlayedCeremony(grounds.app, { cast: first.cast, roster: first.roster }).open();
  await second.playTo("key");
  await second.openStep("key");
  await second.approveBy("key", 2);
  const ceremony = await second.until("the failure", (now) => stateOf(now, "key")?.status === "failed");
  expect(stateOf(ceremony, "key")?.failure?.fault).toEqual({ call: "generate-key-pair", name: "LABEL-TAKEN", ckr: null });
  await second.openStep("key", { deviation: await second.deviate("key") });
  expect(stateOf(await second.state(), "key")?.status).toBe("open");
  await second.abort();
  const closed = await second.until("closed", ({ phase }) => phase === "closed");
  expect(closed.closed?.result).toBe("aborted");
  expect((await grounds.tokenObjects()).map(({ label }) => label)).toEqual(["test-key", "test-key"]);
});

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: grounds.database.ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A recorder that is nobody's: well signed by its own key, which is all the rule book can ask of the first one. */
async function attachForeignRecorder(played: PlayedCeremony): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const before = await played.state();
  const body: Body<"recorder-attached"> = {
    scriptHash: before.scriptHash,
    rosterHash: before.rosterHash,
    token: { label: "x", manufacturer: "x", model: "x", serial: grounds.serial, hardware: "1", firmware: "1" },
    recorder: { spki: base64url(publicKey.export({ format: "der", type: "spki" })), certificate: "AAAA" },
    software: "x",
  };
  const unsigned = { ...played.draft(before, "recorder", "recorder-attached", body), signature: "" } as Entry;
  const entry = { ...unsigned, signature: base64url(sign("sha256", recorderBytes(unsigned), privateKey)) } as Entry;
  const after = await take(webCryptoVerifier, book, before, entryBytes(entry));
  if (!after.ok) throw new Error(JSON.stringify(after.refusal));
  // Whoever has the worker's database role can write as the recorder; only the signature tells.
  const db = openDatabase(grounds.database.workerUrl, { connections: 1 });
  const { ceremony, seq, prev, kind, at, by } = entry;
  await appendEntry(db, { ceremony, seq, prev, kind, at, by, hash: entryHash(entry), bytes: entryBytes(entry), openings: [] }, summaryOf(after.value));
  await db.$disconnect();
}
