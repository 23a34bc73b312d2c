import { expect, test } from "vitest";
import { RefusalLog } from "./refusal-log";
import type { LoggedUse } from "#lib/store/key-uses";

const refused = { account: null, key: "jwt", operation: "sign", digest: null, result: "TOKEN-MISSING" };

function over(most: number) {
  const rows: LoggedUse[] = [];
  let at = Date.parse("2026-11-23T08:00:00.000Z");
  const log = new RefusalLog({ log: { write: async (row) => void rows.push(row) }, name: "test", now: () => new Date(at) }, most);
  return { rows, log, pass: (ms: number) => (at += ms) };
}

test("each is a row of its own, up to so many in a minute; the others are counted in one row for each reason", async () => {
  const { rows, log, pass } = over(2);
  for (let i = 0; i < 500; i += 1) await log.note(refused);
  await log.note({ ...refused, result: "TOO-LARGE" });
  await log.flush();
  expect(rows.map(({ times }) => times)).toEqual([1, 1]);
  pass(60_000);
  await log.flush();
  expect(rows.slice(2)).toMatchObject([
    { times: 498, result: "TOKEN-MISSING", operation: "refused", key: null },
    { times: 1, result: "TOO-LARGE" },
  ]);
  expect(await log.note(refused)).toBe(rows[4]?.use);
});

test("whoever is not known takes nothing from an account, and what was counted is written at the end", async () => {
  const { rows, log } = over(1);
  await log.note(refused);
  expect(await log.note(refused)).toBeNull();
  expect(await log.note({ ...refused, account: "billing" })).not.toBeNull();
  await log.flush(true);
  expect(rows.map(({ account, times, operation }) => [account, times, operation])).toEqual([[null, 1, "sign"], ["billing", 1, "sign"], [null, 1, "refused"]]);
});

test("a refusal is answered also when the log is not there", async () => {
  const log = new RefusalLog({ log: { write: () => Promise.reject(new Error("gone")) }, name: "test", now: () => new Date() });
  expect(await log.note(refused)).toBeNull();
});
