import { expect, test } from "vitest";
import { MOST_SHARES, SHARE } from "#lib/register/encryptions";
import { EncryptionShares, EncryptionsUsedUp, SharesWithheld } from "./encryption-shares";

const said: string[] = [];
/** What a process has on its disk: the numbers, the marks, and what fails there. */
const emptyDisk = () => ({ numbers: new Map<string, number>(), marks: new Set<string>(), fails: "" as "" | "get" | "put" | "withhold" });
/** A process over a table of shares, with a disk of its own. */
function process(table: { next: number | null; asked: number }, disk = emptyDisk()) {
  const asDisk = <T>(what: "get" | "put" | "withhold", answer: T): T => {
    if (disk.fails === what) throw new Error("the disk is full");
    return answer;
  };
  return new EncryptionShares({
    async take() {
      table.asked += 1;
      await Promise.resolve();
      if (table.next === null) return null;
      table.next += 1;
      return table.next - 1;
    },
    remembered: {
      get: (key) => asDisk("get", disk.numbers.get(key) ?? -1),
      put: (key, number) => void asDisk("put", disk).numbers.set(key, number),
      withhold: (key) => void asDisk("withhold", disk).marks.add(key),
      isWithheld: (key) => disk.marks.has(key),
      markOf: (key) => `mark-of-${key}`,
    },
    say: (line) => void said.push(line),
  });
}

test("all shares together are less than 2^32 encryptions", () => {
  expect(SHARE * MOST_SHARES).toBeLessThan(2 ** 32);
});

test("a share is taken before the first encryption, and another once it is used", async () => {
  const table = { next: 0, asked: 0 };
  const shares = process(table);
  await Promise.all(Array.from({ length: 10 }, () => shares.count("k")));
  expect(table.asked).toBe(1);
  let more = 10;
  while (shares.countAgain("k")) more += 1;
  expect(more).toBe(SHARE);
  await shares.count("k");
  expect(table.asked).toBe(2);
  await shares.count("other");
  expect(table.asked).toBe(3);
});

test("nothing is encrypted once all are taken, nor while none can be", async () => {
  await expect(process({ next: null, asked: 0 }).count("k")).rejects.toThrow(EncryptionsUsedUp);
  const gone = new Error("the database is gone");
  const remembered = { get: () => -1, put: () => undefined, withhold: () => undefined, isWithheld: () => false, markOf: () => "" };
  const shares = new EncryptionShares({ take: () => Promise.reject(gone), remembered, say: () => undefined });
  await expect(shares.count("k")).rejects.toBe(gone);
  await expect(shares.count("k")).rejects.toBe(gone);
});

test("a number that was given before is a table set back: by that key nothing more is encrypted, here and after a start anew", async () => {
  said.length = 0;
  const disk = emptyDisk();
  await process({ next: 7, asked: 0 }, disk).count("k");
  const table = { next: 7, asked: 0 };
  const shares = process(table, disk);
  for (let i = 0; i < 3; i += 1) await expect(shares.count("k")).rejects.toThrow(SharesWithheld);
  expect([table.asked, said]).toEqual([1, [expect.stringMatching(/share 7 of the key k was given after share 7: .* deletes mark-of-k /)]]);

  // The table has grown past all that was given: what was encrypted twice meanwhile stays so.
  const grown = { next: 9, asked: 0 };
  await expect(process(grown, disk).count("k")).rejects.toThrow(SharesWithheld);
  expect(grown.asked).toBe(0);
  await process(grown, disk).count("other");
  disk.marks.clear();
  await process(grown, disk).count("k");
});

test("where that cannot be noted, at least this process encrypts no more by that key", async () => {
  const disk = { ...emptyDisk(), fails: "withhold" as const };
  await process({ next: 7, asked: 0 }, disk).count("k");
  const table = { next: 7, asked: 0 };
  const shares = process(table, disk);
  for (let i = 0; i < 3; i += 1) await expect(shares.count("k")).rejects.toThrow(SharesWithheld);
  expect(table.asked).toBe(1);
});

test("a memory that fails uses up no shares: not one where it cannot be read, and one where it cannot be written", async () => {
  said.length = 0;
  const disk = { ...emptyDisk(), fails: "get" as "" | "get" | "put" };
  const table = { next: 0, asked: 0 };
  const shares = process(table, disk);
  for (let i = 0; i < 3; i += 1) await expect(shares.count("k")).rejects.toThrow(SharesWithheld);
  expect([table.asked, said]).toEqual([0, [expect.stringContaining("cannot be read (the disk is full)")]]);
  disk.fails = "put";
  for (let i = 0; i < 3; i += 1) await expect(shares.count("k")).rejects.toThrow(SharesWithheld);
  expect([table.asked, said.slice(1)]).toEqual([1, [expect.stringContaining("start the process again")]]);
  // Nothing is known of it: only a start anew asks again.
  disk.fails = "";
  await expect(shares.count("k")).rejects.toThrow(SharesWithheld);
  expect(table.asked).toBe(1);
  await process(table, disk).count("k");
});

test("a key that has used half of them is named, once", async () => {
  said.length = 0;
  const shares = process({ next: 32_767, asked: 0 });
  await shares.count("k");
  expect([shares.nearlyUsedUp, said]).toEqual([0, []]);
  for (let i = 0; i < SHARE; i += 1) await shares.count("k");
  expect(shares.nearlyUsedUp).toBe(1);
  expect(said).toEqual([expect.stringContaining("the key k has used")]);
});
