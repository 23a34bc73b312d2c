import { expect, it } from "vitest";
import { placeholder } from "#lib/ceremony/small-roster.under-test";
import { timeAt } from "#lib/ceremony/small-transcript.under-test";
import { world, worldIn, type SmallWorld } from "#lib/ceremony/small-world.under-test";
import { tellsNothing as book } from "#lib/record/tells-nothing.under-test";
import type { RoomView } from "./room";
import { withChange, type RoomChange } from "./room-change";
import { RoomSight } from "./room-sight";
import { RoomSights } from "./room-sights";
import type { RoomSource } from "./room-view";

function sourceOf(there: SmallWorld, change: Partial<RoomSource> = {}): RoomSource {
  const entries = there.entries;
  return { ceremony: there.now, entries, openings: [], book, record: null, health: null, now: there.now.head.at, ...change };
}
const seen = (text: string) => JSON.parse(text) as RoomView;

it("tells a change in fewer words than the whole, and with it a page knows as much as by asking for everything", async () => {
  const there = await worldIn("make");
  const before = new RoomSight(sourceOf(there));
  await there.sign("carl");
  const middle = new RoomSight(sourceOf(there));
  await there.must("ceremony-stopped", "wang", { reason: placeholder("x") });
  const after = new RoomSight(sourceOf(there));
  for (const person of ["olga", "carl", "cleo", "zora"]) {
    const told = withChange(
      withChange(seen(before.whole(person, "en")), JSON.parse(middle.change(before, person, "en")) as RoomChange),
      JSON.parse(after.change(middle, person, "en")) as RoomChange,
    );
    expect(told).toEqual(after.viewFor(person, "en"));
    expect(withChange(seen(before.whole(person, "en")), JSON.parse(after.change(before, person, "en")) as RoomChange)).toEqual(
      after.viewFor(person, "en"),
    );
  }
  expect(middle.change(before, "olga", "en").length).toBeLessThan(middle.whole("olga", "en").length / 2);
});

it("tells each person what is theirs and nobody else's", async () => {
  const there = await worldIn("make");
  const sight = new RoomSight(sourceOf(there));
  expect(seen(sight.whole("carl", "en"))).toMatchObject({ me: { person: "carl" }, turn: { act: "approve" } });
  expect(seen(sight.whole("olga", "en"))).toMatchObject({ me: { person: "olga" }, turn: null });
  expect(seen(sight.whole("zora", "en"))).toMatchObject({ me: null, mine: [] });
});

it("may be seen by those who take part, and by their standing role administrators and auditors", async () => {
  const sight = new RoomSight(sourceOf(await world("hear")));
  const may = (person: string, ...roles: string[]) => sight.mayBeSeenBy({ person, roles });
  expect([may("carl"), may("zora", "auditor"), may("zora", "administrator")]).toEqual([true, true, true]);
  expect([may("zora"), may("zora", "custodian", "operator", "witness")]).toEqual([false, false]);
});

/** Sights over a world, with everything they ask counted. */
async function grounds(step: string) {
  const there = await worldIn(step);
  const state = { source: sourceOf(there), now: there.now.head.at, reads: 0 };
  const sights = new RoomSights({
    transcripts: { read: () => (state.reads++, Promise.resolve(state.source)) },
    book,
    seal: () => Promise.resolve(state.source.record),
    health: () => Promise.resolve(state.source.health),
    now: () => new Date(state.now),
  });
  return { there, state, sights };
}

it("is the same object as long as nothing looks different, and another as soon as something does", async () => {
  const { there, state, sights } = await grounds("make");
  const first = await sights.look("c-1");
  expect(await sights.look("c-1")).toBe(first);
  state.now = timeAt(60);
  expect(await sights.look("c-1")).toBe(first);
  await there.sign("carl");
  state.source = sourceOf(there);
  const second = await sights.look("c-1");
  expect(second).not.toBe(first);
  state.source = { ...state.source, health: { state: "ready", sentence: "Ready.", seenAt: state.now } };
  expect(await sights.look("c-1")).not.toBe(second);
});

it("shows what the clock alone changes: a time to sign that has passed, a worker gone silent", async () => {
  const { state, sights } = await grounds("make");
  const first = await sights.look("c-1");
  state.now = timeAt(4000);
  const later = await sights.look("c-1");
  expect(later).not.toBe(first);
  expect(later?.viewFor("carl", "en").turn).toBeNull();
});

it("is made once however many ask at once", async () => {
  const { state, sights } = await grounds("make");
  const answers = await Promise.all(Array.from({ length: 50 }, () => sights.look("c-1")));
  expect([new Set(answers).size, state.reads]).toEqual([1, 2]);
});
