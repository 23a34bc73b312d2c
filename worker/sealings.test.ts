import { expect, test } from "vitest";
import { TimeStampFault } from "#lib/pdf/time-stamp-client";
import { TokenFault } from "#lib/token/fault";
import { Sealings } from "./sealings";

const pdf = new Uint8Array([1, 2, 3]);

/** A clock that a test moves, and a sealing that ends when it says so. */
function grounds() {
  let now = Date.parse("2026-11-22T10:00:00.000Z");
  let woken = 0;
  const sealings = new Sealings(() => new Date(now), () => woken++, (fault) => fault instanceof TokenFault);
  const settled = async (make: () => Promise<Uint8Array>) => {
    const before = woken;
    sealings.begin("c-1", make);
    while (woken === before) await Promise.resolve();
  };
  return { sealings, settled, pass: (ms: number) => (now += ms) };
}

test("a record that is being made is not begun again, and is there when it is made", async () => {
  const { sealings } = grounds();
  let finish: (pdf: Uint8Array) => void = () => undefined;
  expect(sealings.look("c-1")).toEqual({ kind: "none" });
  sealings.begin("c-1", () => new Promise((resolve) => (finish = resolve)));
  expect(sealings.look("c-1")).toEqual({ kind: "under-way", since: new Date("2026-11-22T10:00:00.000Z") });
  expect(sealings.look("c-2")).toEqual({ kind: "none" });
  expect(sealings.underWay).toBe(true);
  finish(pdf);
  await new Promise((resolve) => setTimeout(resolve));
  expect(sealings.look("c-1")).toEqual({ kind: "made", bytes: pdf });
  expect(sealings.underWay).toBe(false);
  sealings.forget("c-1");
  expect(sealings.look("c-1")).toEqual({ kind: "none" });
});

test("without a time stamp it is tried again after 10 seconds, then twice as long each time, 5 minutes at most", async () => {
  const { sealings, settled, pass } = grounds();
  const pauses: number[] = [];
  for (let tries = 0; tries < 7; tries++) {
    await settled(() => Promise.reject(new TimeStampFault("nobody there")));
    const waiting = sealings.look("c-1");
    expect(waiting).toMatchObject({ kind: "no-stamp", why: "nobody there" });
    let pause = 0;
    for (; sealings.look("c-1").kind === "no-stamp"; pass(1_000)) pause += 1;
    pauses.push(pause);
    expect(sealings.look("c-1")).toEqual({ kind: "none" });
  }
  expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300]);
});

test("a fault of the token is thrown at the next look, once, and the record begun anew", async () => {
  const { sealings, settled } = grounds();
  await settled(() => Promise.reject(new TokenFault("C_Sign", 0x30, "CKR_DEVICE_ERROR")));
  expect(() => sealings.look("c-1")).toThrow("C_Sign");
  expect(sealings.look("c-1")).toEqual({ kind: "none" });
});

test("[RECORD-SEALED] a fault of one record is thrown at nobody: it waits, is tried again, and other records are made", async () => {
  const { sealings, settled, pass } = grounds();
  await settled(() => Promise.reject(new Error("no such typeface")));
  for (let looks = 0; looks < 2; looks++) expect(sealings.look("c-1")).toMatchObject({ kind: "failed", why: "Error: no such typeface" });
  expect(sealings.look("c-2")).toEqual({ kind: "none" });
  pass(10_000);
  expect(sealings.look("c-1")).toEqual({ kind: "none" });
  await settled(() => Promise.reject(new Error("no such typeface")));
  pass(19_000);
  expect(sealings.look("c-1").kind).toBe("failed");
  await settled(() => Promise.resolve(pdf));
  expect(sealings.look("c-1")).toEqual({ kind: "made", bytes: pdf });
});

test("a verdict over one record is sought once; another record is judged by itself", async () => {
  const { sealings } = grounds();
  let judged = 0;
  const judge = () => Promise.resolve(`no ${String(++judged)}`);
  expect(await sealings.verdict("c-1", "aa", judge)).toBe("no 1");
  expect(await sealings.verdict("c-1", "aa", judge)).toBe("no 1");
  expect(await sealings.verdict("c-1", "bb", judge)).toBe("no 2");
  expect(await sealings.verdict("c-2", "aa", judge)).toBe("no 3");
});
