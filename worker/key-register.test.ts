import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSignatures } from "#lib/ceremony/small-roster.under-test";
import { sha256, sha256Hex, utf8 } from "#lib/log/digest";
import { SmallWorld } from "#lib/ceremony/small-world.under-test";
import { KeyRegister } from "./key-register";
import { WorkerMemory } from "./memory";
import type { WatchStore } from "./watches-tokens";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-register-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a ceremony, also one whose record was destroyed, that was read while it was open is read on when it has grown and is closed; read to its end, it is asked for no more", async () => {
  const { transcript } = await new SmallWorld().playTo("sign");
  const memory = new WorkerMemory(folder);
  let there = 10;
  const asked: number[] = [];
  const reading = {
    memory,
    verifier: hashSignatures,
    recorder: { spki: sha256(utf8("recorder")) },
    now: () => new Date(0),
    // Nobody follows it any more: its record was destroyed, and its keys are still there.
    store: { ceremonies: () => Promise.resolve([]) },
  } as unknown as Parameters<KeyRegister["gather"]>[0];
  const store = {
    ceremonies: () => Promise.resolve(["c-1"]),
    transcript: (_: string, from: number) => {
      asked.push(from);
      return Promise.resolve(transcript.slice(from, there));
    },
  } as unknown as WatchStore;
  const register = new KeyRegister();
  const gather = async () => {
    asked.length = 0;
    expect(await register.gather(reading, store, 1)).toBe(true);
    return asked;
  };

  expect(await gather()).toEqual([0]);
  expect(await gather()).toEqual([10]);
  there = transcript.length;
  memory.sawHead("c-1", { seq: there - 1, hash: sha256Hex(transcript.at(-1) ?? utf8("")), closed: true, record: null });
  expect(await gather()).toEqual([10, 0]);
  expect(await gather()).toEqual([]);
});
