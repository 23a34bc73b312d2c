import { expect, test } from "vitest";
import type { Mark } from "#lib/ceremony/ceremony";
import { stampViews } from "./room-stamps";

const mark = (of: Mark["of"], seq: number, more: Partial<Mark>): Mark => ({ of, seq, hash: "", at: "", stamps: [], missed: [], ...more });

test("the room is told what each authority said, and of one that was away only until it has stamped", () => {
  const first = { authority: "first", seq: 9, at: "2026-11-22T10:00:00.000Z" } as const;
  const away = { authority: "first", seq: 5, why: "away" } as const;
  const lied = { authority: "second", seq: 6, why: "not-good" } as const;
  const marks = [mark("opening", 1, { stamps: [first], missed: [away, lied] }), mark("key", 8, {})];
  expect(stampViews({ marks })).toEqual([
    { of: "opening", entry: 1, authority: "first", said: { at: first.at } },
    { of: "opening", entry: 1, authority: "second", said: { why: "not-good" } },
  ]);
});
