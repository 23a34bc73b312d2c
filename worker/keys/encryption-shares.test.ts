import { expect, test } from "vitest";
import { EncryptionShares, EncryptionsUsedUp, MOST_SHARES, SHARE, SharesWithheld } from "./encryption-shares";

const said: string[] = [];
/** A process over a table of shares, with a disk of its own. */
function process(table: { next: number | null; asked: number }, disk = new Map<string, number>()) {
  return new EncryptionShares({
    async take() {
      table.asked += 1;
      await Promise.resolve();
      if (table.next === null) return null;
      table.next += 1;
      return table.next - 1;
    },
    remembered: { get: (key) => disk.get(key) ?? -1, put: (key, number) => void disk.set(key, number) },
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
  const shares = new EncryptionShares({ take: () => Promise.reject(gone), remembered: { get: () => -1, put: () => undefined }, say: () => undefined });
  await expect(shares.count("k")).rejects.toBe(gone);
  await expect(shares.count("k")).rejects.toBe(gone);
});

test("a number that was given before is a table rolled back, also for a process that was started anew", async () => {
  const disk = new Map<string, number>();
  await process({ next: 7, asked: 0 }, disk).count("k");
  await expect(process({ next: 7, asked: 0 }, disk).count("k")).rejects.toThrow(SharesWithheld);
  await expect(process({ next: 3, asked: 0 }, disk).count("k")).rejects.toThrow(SharesWithheld);
  await process({ next: 8, asked: 0 }, disk).count("k");
});

test("a key that has used half of them is named, once", async () => {
  said.length = 0;
  const shares = process({ next: 32_767, asked: 0 });
  await shares.count("k");
  expect([shares.nearlyUsedUp, said]).toEqual([[], []]);
  for (let i = 0; i < SHARE; i += 1) await shares.count("k");
  expect(shares.nearlyUsedUp).toEqual(["k"]);
  expect(said).toHaveLength(1);
});
