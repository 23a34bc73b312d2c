import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rosterHash } from "#lib/ceremony/roster";
import { FakeToken } from "#lib/token/fake-token.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { MemoryFault, WorkerMemory } from "./memory";
import { findRecorder, makeRecorder } from "./own-keys";
import { players, rosterOf } from "./played-cast.under-test";
import { signAsRecorder } from "./recorder";

let folder: string;
let memory: WorkerMemory;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-memory-"));
  memory = new WorkerMemory(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const NOW = "2026-11-22T10:00:00.000Z";
const roster = rosterOf(players(2, 1), "rehearsal");
const hash = rosterHash(roster);

describe("heads", () => {
  test("what was seen last is there after a restart; what was never seen is null", () => {
    memory.sawHead("c-1", { seq: 4, hash: "ab", closed: false, record: null });
    memory.sawHead("c-1", { seq: 5, hash: "cd", closed: true, record: "ef" });
    expect(new WorkerMemory(folder).head("c-1")).toEqual({ seq: 5, hash: "cd", closed: true, record: "ef" });
    expect(memory.head("c-2")).toBeNull();
  });

  test("a damaged file is a fault, never nothing", () => {
    memory.sawHead("c-1", { seq: 4, hash: "ab", closed: false, record: null });
    writeFileSync(path.join(folder, "heads", "c-1.json"), '{"seq":');
    expect(() => memory.head("c-1")).toThrow(MemoryFault);
    writeFileSync(path.join(folder, "heads", "c-1.json"), '{"seq":"4"}');
    expect(() => memory.head("c-1")).toThrow(MemoryFault);
  });

  test("is for the worker's own eyes, and a half-written file is not taken for a whole one", () => {
    memory.sawHead("c-1", { seq: 4, hash: "ab", closed: false, record: null });
    const file = path.join(folder, "heads", "c-1.json");
    expect(statSync(file).mode & 0o077).toBe(0);
    writeFileSync(`${file}.77.new`, '{"se');
    expect(memory.head("c-1")?.seq).toBe(4);
    expect(readdirSync(path.join(folder, "heads"))).toContain("c-1.json");
  });
});

test("that a destruction may have begun outlives the process, until its end was told", () => {
  expect(memory.hasBegun("ab".repeat(32))).toBe(false);
  memory.noteBegun("ab".repeat(32), NOW);
  expect(new WorkerMemory(folder).hasBegun("ab".repeat(32))).toBe(true);
  memory.forgetBegun("ab".repeat(32));
  expect(memory.hasBegun("ab".repeat(32))).toBe(false);
});

test("what a killed worker was writing is taken away; what a living process writes stays", () => {
  memory.sawHead("c-1", { seq: 4, hash: "ab", closed: false, record: null });
  const dead = String(spawnSync(process.execPath, ["-e", ""]).pid);
  for (const pid of [dead, String(process.pid)]) writeFileSync(path.join(folder, "heads", `c-1.json.${pid}.new`), "");
  writeFileSync(path.join(folder, `pin-refused.${dead}.new`), "");
  memory.clearHalfWritten();
  expect(readdirSync(path.join(folder, "heads")).sort()).toEqual(["c-1.json", `c-1.json.${String(process.pid)}.new`]);
  expect(readdirSync(folder)).toEqual(["heads"]);
});

describe("rosters", () => {
  let token: FakeToken;
  beforeEach(() => {
    token = new FakeToken();
  });

  async function recorder() {
    const made = await makeRecorder(token, memory, null, new Date(NOW));
    if (!made.ok) throw new Error(made.refusal.reason);
    return made.value;
  }

  test("one that was asked for is pinned under the recorder's seal, once", async () => {
    const { spki } = await recorder();
    memory.askToPin(roster, NOW);
    expect(await memory.pinnedRoster(hash, spki, webCryptoVerifier)).toBeNull();
    await memory.pinAsked((asked, trustedAt) => memory.pinRoster(asked, trustedAt, (bytes) => signAsRecorder(token, bytes)));
    expect((await memory.pinnedRoster(hash, spki, webCryptoVerifier))?.roster).toEqual(roster);
    expect(memory.pinnedHashes()).toEqual([hash]);
    await memory.pinAsked(() => Promise.reject(new Error("asked twice")));
  });

  test("one that another hand put there, or changed, is a fault", async () => {
    const { spki } = await recorder();
    await memory.pinRoster(roster, NOW, (bytes) => signAsRecorder(token, bytes));
    const file = path.join(folder, "rosters", `${hash}.json`);
    const text = readFileSync(file, "utf8");

    writeFileSync(file, text.replace(NOW, "2026-11-22T10:00:00.001Z"));
    await expect(memory.pinnedRoster(hash, spki, webCryptoVerifier)).rejects.toThrow("seal");

    const mine = rosterOf(players(2, 1), "rehearsal");
    writeFileSync(path.join(folder, "rosters", `${rosterHash(mine)}.json`), text);
    await expect(memory.pinnedRoster(rosterHash(mine), spki, webCryptoVerifier)).rejects.toThrow("unreadable");
  });

  test("a seal of another recorder does not count", async () => {
    await recorder();
    await memory.pinRoster(roster, NOW, (bytes) => signAsRecorder(token, bytes));
    const other = await makeRecorder(new FakeToken(), new WorkerMemory(path.join(folder, "other")), null, new Date(NOW));
    if (!other.ok) throw new Error(other.refusal.reason);
    await expect(memory.pinnedRoster(hash, other.value.spki, webCryptoVerifier)).rejects.toThrow("seal");
  });
});

describe("the worker's own keys", () => {
  test("are made once: a second run finds the same keys and certificates", async () => {
    const token = new FakeToken();
    const first = await makeRecorder(token, memory, "Examples Ltd", new Date(NOW));
    const second = await makeRecorder(token, memory, "Examples Ltd", new Date("2027-01-01T00:00:00.000Z"));
    expect(second).toEqual(first);
    expect((await token.listObjects()).map(({ label }) => label)).toEqual(["claviger-record-signing", "claviger-recorder", "claviger-record-signing", "claviger-recorder"]);
  });

  test("are null before `claviger init`, and a fault when folder and token are of different workers", async () => {
    const token = new FakeToken();
    expect(await findRecorder(token, memory)).toBeNull();
    await makeRecorder(token, memory, null, new Date(NOW));
    expect(await findRecorder(token, memory)).not.toBeNull();
    const other = new FakeToken();
    await makeRecorder(other, new WorkerMemory(path.join(folder, "other")), null, new Date(NOW));
    await expect(findRecorder(other, memory)).rejects.toThrow(MemoryFault);
  });
});

test("a folder that anybody may write to is no memory of one's own", () => {
  chmodSync(folder, 0o777);
  expect(() => new WorkerMemory(folder)).toThrow(/chmod/);
  chmodSync(folder, 0o770);
  expect(() => new WorkerMemory(folder)).not.toThrow();
  expect(() => new WorkerMemory(path.join(folder, "not-yet"))).not.toThrow();
});

test("a refused PIN is remembered until a person takes the note away", () => {
  expect(memory.wasPinRefused()).toBe(false);
  memory.notePinRefused(NOW);
  expect(new WorkerMemory(folder).wasPinRefused()).toBe(true);
  rmSync(memory.pinRefusedPath);
  expect(memory.wasPinRefused()).toBe(false);
});
