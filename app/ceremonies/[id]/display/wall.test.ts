import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { InLanguage } from "#components/words";
import { smallBook } from "#lib/ceremony/small-book.under-test";
import { CAST } from "#lib/ceremony/small-roster.under-test";
import { worldIn, type SmallWorld } from "#lib/ceremony/small-world.under-test";
import type { RoomView } from "#lib/conduct/room";
import { roomView } from "#lib/conduct/room-view";
import { Wall } from "./wall";

const tell = () => ({ facts: [], attributes: [], fingerprint: null });

/** The room as the one at the projector is told it, changed as a test says. */
function roomOf(there: SmallWorld, change: Partial<RoomView> = {}): RoomView {
  const view = roomView({
    ceremony: there.now,
    entries: there.entries,
    openings: ["Room 1", "Example", "no", ...CAST.flat()].map((value) => ({ path: "test", salt: "00".repeat(16), value })),
    me: "axel",
    book: { find: (name) => ({ ...smallBook.find(name)!, tell }) },
    record: null,
    health: null,
    now: there.now.head.at,
  });
  return { ...view, ...change };
}

/** What stands on the wall, without the tags. */
const wall = (initial: RoomView): string =>
  renderToStaticMarkup(InLanguage({ language: "en", children: createElement(Wall, { initial, framed: false }) }))
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

test("REHEARSAL stands across the wall of a rehearsal, and nowhere on one of production", async () => {
  const there = await worldIn("make");
  const production = wall(roomOf(there));
  expect(production).toContain("PRODUCTION");
  expect(production).not.toMatch(/rehearsal/iu);
  const rehearsal = wall(roomOf(there, { mode: "rehearsal" }));
  expect(rehearsal.match(/REHEARSAL/gu)?.length).toBeGreaterThanOrEqual(2);
  expect(rehearsal).not.toContain("PRODUCTION");
});

test("the wall counts who has agreed of how many it takes, and has a clock that names its zone", async () => {
  const there = await worldIn("make");
  expect(wall(roomOf(there))).toMatch(/0 of 2 .*open until/u);
  await there.sign("cleo");
  const one = wall(roomOf(there));
  expect(one).toMatch(/1 of 2 /u);
  expect(one).toMatch(/--:--:-- (?:UTC|[A-Z]{2,5}|GMT\S*)/u);
});

test("in a break, and once all is over, the wall says that and shows no step", async () => {
  const there = await worldIn("make");
  const view = roomOf(there);
  const step = /Step 6 of 7 Make/u;
  expect(wall(view)).toMatch(step);
  const onBreak = { at: there.now.head.at, name: "Olga", present: ["a", "b"], seals: [] } as unknown as RoomView["onBreak"];
  const resting = wall({ ...view, phase: "break", onBreak });
  expect(resting).toContain("Olga");
  expect(resting).not.toMatch(step);
  expect(wall({ ...view, phase: "aborted" })).not.toMatch(step);
});
