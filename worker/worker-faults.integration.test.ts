import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createDatabase, migrate } from "../cli/setup/database.mjs";
import { startPostgres } from "../cli/setup/postgres.mjs";
import { claviger } from "#cli/testing/claviger-command.under-test";
import { performed, stateOf } from "#lib/ceremony/ceremony";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { ChildToken } from "./token/child-token";
import { CANARY_PIN } from "./token/test-token.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
});

async function openGrounds(database?: WorkerGrounds["database"]): Promise<WorkerGrounds> {
  const grounds = await WorkerGrounds.open(database ?? null);
  endings.push(() => grounds.close());
  return grounds;
}

async function openCeremony(grounds: WorkerGrounds, algorithm = "EC-P256"): Promise<PlayedCeremony> {
  const played = await new PlayedCeremony(grounds.app, { script: smallScript({ algorithm }) }).open();
  grounds.trust(played.roster);
  return played;
}

describe("the PIN", () => {
  test("is tried once: after the first refusal the worker ends, and no later start tries again until a person has acted", async () => {
    const grounds = await openGrounds();
    const wrong = path.join(grounds.token.folder, "wrong-pin");
    writeFileSync(wrong, "not-the-pin\n");
    const first = grounds.start({ env: { CLAVIGER_PIN_FILE: wrong } });
    expect(await first.exited).toBe(78);
    expect(await grounds.untilHealth("pin-refused")).toContain("will not try again");

    // With nothing to open a token by, a second try would have to say so.
    const second = grounds.start({ env: { CLAVIGER_PKCS11_MODULE: "/nowhere/module.so" } });
    expect(await second.exited).toBe(78);
    expect(second.output).toContain("pin-refused");
    expect(second.output).not.toContain("waiting-for-token");

    rmSync(grounds.memory().pinRefusedPath);
    grounds.start();
    await grounds.untilHealth("ready");
  });

  test("is nowhere: not in what the worker says, not in its memory, not in the database", async () => {
    const grounds = await openGrounds();
    const played = await openCeremony(grounds);
    const worker = grounds.start();
    await played.playToEnd();
    await worker.stop();
    const files = readdirSync(grounds.stateFolder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:json|pem)$/.test(name));
    const memory = files.map((name) => readFileSync(path.join(grounds.stateFolder, name), "utf8"));
    const rows = [JSON.stringify(await played.entries()), JSON.stringify(await grounds.health())];
    expect(files.length).toBeGreaterThan(3);
    for (const text of [worker.output, ...memory, ...rows]) expect(text).not.toContain(CANARY_PIN);
  });
});

test("without a recorder key the worker says what to run, and ends", async () => {
  const grounds = await openGrounds();
  const elsewhere = mkdtempSync(path.join(tmpdir(), "claviger-empty-"));
  endings.push(() => rmSync(elsewhere, { recursive: true }));
  expect(await grounds.start({ env: { CLAVIGER_WORKER_STATE: elsewhere } }).exited).toBe(78);
  expect(await grounds.untilHealth("not-initialised")).toContain("claviger init");
});

test("SIGTERM ends the worker and its child, and it says so", async () => {
  const grounds = await openGrounds();
  const worker = grounds.start();
  await grounds.untilHealth("ready");
  expect(await worker.stop()).toBe(0);
  await grounds.untilHealth("stopped");
  // The token is free again.
  expect(await grounds.tokenObjects()).toEqual([]);
});

test("the token goes away and comes back: the worker waits, says so, and makes one key", async () => {
  const grounds = await openGrounds();
  const played = await openCeremony(grounds);
  grounds.start();
  await played.playTo("key");
  await played.openStep("key");
  await played.approve("custodian-1", "key");
  const tokens = path.join(grounds.token.folder, "tokens");
  renameSync(tokens, `${tokens}.away`);
  await played.approve("custodian-2", "key");
  expect(await grounds.untilHealth("waiting-for-token")).toContain("goes on by itself");
  renameSync(`${tokens}.away`, tokens);
  const ceremony = await played.playToEnd();
  expect(performed(ceremony).filter(({ request }) => request.operation === "generate-key-pair")).toHaveLength(1);
  expect(await played.kinds()).toContain("worker-noted");
  expect((await grounds.tokenObjects()).map(({ label }) => label)).toEqual(["test-key", "test-key"]);
});

test("a token that another process of the host holds: the worker waits, says so and how to find it, and goes on when it is free", async () => {
  const grounds = await openGrounds();
  const holder = await ChildToken.open(grounds.token.options);
  grounds.start();
  expect(await grounds.untilHealth("waiting-for-token")).toMatch(/Another process on this worker's host holds token .* ss -xlp/);
  await holder.close();
  await grounds.untilHealth("ready");
});

test("a token that goes away while nothing is to be done is missed all the same", async () => {
  const grounds = await openGrounds();
  grounds.start();
  await grounds.untilHealth("ready");
  const tokens = path.join(grounds.token.folder, "tokens");
  renameSync(tokens, `${tokens}.away`);
  await grounds.untilHealth("waiting-for-token");
  renameSync(`${tokens}.away`, tokens);
  await grounds.untilHealth("ready");
});

test("the child that holds the token is killed: a new one takes its place", async () => {
  const grounds = await openGrounds();
  const played = await openCeremony(grounds);
  const worker = grounds.start();
  await played.playTo("key");
  const children = readFileSync(`/proc/${String(worker.pid)}/task/${String(worker.pid)}/children`, "utf8").match(/\d+/g) ?? [];
  expect(children.length).toBeGreaterThan(0);
  for (const child of children) process.kill(Number(child), "SIGKILL");
  await played.playToEnd();
  expect((await grounds.tokenObjects()).map(({ label }) => label)).toEqual(["test-key", "test-key"]);
});

test("PostgreSQL is killed in the middle of an operation: nothing is lost, nothing is done twice", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-postgres-"));
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({ dir: folder, settings: { fsync: "off" } });
  endings.push(() => postgres.remove());
  const urls = await createDatabase({ superuserUrl: postgres.superuserUrl, name: "faults", secrets: folder });
  await migrate(urls.ownerUrl);
  const grounds = await openGrounds({ ...urls, drop: () => Promise.resolve() });
  // RSA-4096 takes seconds: time enough to lose the database.
  const played = await openCeremony(grounds, "RSA-4096");
  const worker = grounds.start();
  await played.playTo("key");
  await played.openStep("key");
  await played.approveBy("key", 2);
  await played.until("the intent", (ceremony) => stateOf(ceremony, "key")?.started !== null || stateOf(ceremony, "key")?.status === "done");
  process.kill(postgres.pid(), "SIGKILL");
  await expect.poll(() => worker.output, { timeout: 60_000 }).toContain("waiting-for-database");
  await postgres.start();
  const ceremony = await played.playToEnd().catch((fault: unknown) => {
    throw new Error(`${String(fault)}\n${worker.output}`);
  });
  expect(performed(ceremony).map(({ request }) => request.operation)).toEqual(["token-health", "generate-key-pair", "test-signature", "list-keys"]);
  expect((await grounds.tokenObjects()).map(({ label }) => label)).toEqual(["test-key", "test-key"]);
});

test("two workers on one token: one acts, the other stands by and takes over in seconds", async () => {
  const grounds = await openGrounds();
  const second = mkdtempSync(path.join(tmpdir(), "claviger-second-"));
  endings.push(() => rmSync(second, { recursive: true }));
  // The second host brings nothing along: it finds the certificates by itself.
  const said: string[] = [];
  for (const folder of [grounds.stateFolder, second]) {
    said.push((await claviger(["init", "--json"], grounds.env({ CLAVIGER_WORKER_STATE: folder }))).said);
  }
  const [theirs, found] = said.map((line) => (JSON.parse(line) as { fingerprint: string }).fingerprint);
  expect(found).toBe(theirs);
  const played = await openCeremony(grounds);
  grounds.trust(played.roster, second);

  const first = grounds.start();
  await played.playTo("key");
  const standby = grounds.start({ env: { CLAVIGER_WORKER_STATE: second, CLAVIGER_WORKER_NAME: "worker-b" } });
  await grounds.untilHealth("standing-by");
  // It came in the middle: what was before, a person at its console says, by the words of the last entry.
  const words = hashWords(fromHex((await played.state()).head.hash));
  const trust = (said: string) => claviger(["transcript", "trust", played.id, "--words", said], grounds.env({ CLAVIGER_WORKER_STATE: second }));
  expect(await trust("aardvark aardvark")).toMatchObject({ code: 1, said: expect.stringContaining("Nothing was trusted") as string });
  expect(await trust(`${words[0] ?? ""} ${words.at(-1) ?? ""}`)).toMatchObject({ code: 0 });
  await played.openStep("key");
  await played.approve("custodian-1", "key");
  first.kill("SIGKILL");
  const killed = Date.now();
  await played.approve("custodian-2", "key");
  await played.stepDone("key");
  expect(Date.now() - killed, standby.output).toBeLessThan(60_000);
  const ceremony = await played.playToEnd();
  const noted = (await played.entries()).flatMap((entry) => (entry.kind === "worker-noted" ? [entry.body.facts["worker"]] : []));
  expect(noted).toContain("worker-b");
  expect(ceremony.closed?.result).toBe("completed");
  expect((await grounds.tokenObjects()).map(({ label }) => label)).toEqual(["test-key", "test-key"]);
});
