import { expect, it } from "vitest";
import { recordsToRenew } from "./records-to-renew";

const NOW = "2026-11-22T10:00:00.000Z";
const day = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

/** Records that end on these days, and who looked into which. */
function kept(days: readonly (number | null)[], renewed: readonly (readonly [string, string])[] = []) {
  const records = days.map((_, i) => ({ ceremony: `c-${String(i)}`, sha256: String(i) }));
  const known = new Map<string, string | null>();
  const looked: string[] = [];
  const look = ({ ceremony, sha256 }: (typeof records)[number]) => {
    const end = days[Number(sha256)] ?? null;
    looked.push(ceremony);
    known.set(sha256, end === null ? null : day(end));
    return Promise.resolve(known.get(sha256) ?? null);
  };
  const ask = () => recordsToRenew({ records, renewed: new Map(renewed), known: (sha256) => known.get(sha256), look, now: NOW });
  return { ask, looked };
}

it("names the end of each record that ends within a year or has ended, the earliest first", async () => {
  expect(await kept([366, 365, -3, 40]).ask()).toEqual([day(-3), day(40), day(365)]);
  expect(await kept([]).ask()).toEqual([]);
});

it("goes by the renewed edition where there is one, and does not read the record for it", async () => {
  const one = kept([-3, 4], [["c-0", day(2000)], ["c-1", day(5)]]);
  expect(await one.ask()).toEqual([day(5)]);
  expect(one.looked).toEqual([]);
});

it("says nothing of a record that cannot be read: retention does", async () => {
  expect(await kept([null, 7]).ask()).toEqual([day(7)]);
});

it("reads a few records at a time, the oldest first, and each once", async () => {
  const many = kept(Array.from({ length: 23 }, (_, i) => i));
  expect(await many.ask()).toHaveLength(10);
  expect(many.looked.at(-1)).toBe("c-9");
  expect(await many.ask()).toHaveLength(20);
  expect(await many.ask()).toHaveLength(23);
  expect(await many.ask()).toHaveLength(23);
  expect(many.looked).toEqual(Array.from({ length: 23 }, (_, i) => `c-${String(i)}`));
});
