import { expect, it } from "vitest";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import { smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { openedBody, SmallWorld } from "#lib/ceremony/small-world.under-test";
import { leaveDuties, type DutyShelf, type KeptOpening } from "./leave-duties";
import type { NewPlan } from "./plan-ports";

type Left = NewPlan & { readonly ceremony: string };
const world = { random: (length: number) => new Uint8Array(length).fill(7) };
const emergency = { usual: { approve: 1, of: 3 }, review: { days: 5 } };
const leaving: Script = { ...smallScript, afterwards: ["The film goes to the archive."], emergency };
const rehearsal: Roster = { ...smallRoster, mode: "rehearsal" };

async function opening(script: Script, roster: Roster = smallRoster): Promise<KeptOpening> {
  const there = new SmallWorld();
  const mode = { mode: roster.mode, ...(roster.mode === "rehearsal" ? { endorsements: [], rosterHash: rosterHash(roster) } : {}) };
  await there.must("ceremony-opened", "olga", openedBody({ script, roster, ...mode }));
  return { bytes: there.transcript[0] ?? new Uint8Array(), openings: [{ path: "test", salt: "00".repeat(16), value: "Room 1" }] };
}

/** A shelf on which these ceremonies have no plan; keeps what is made, and then they have one. */
function shelfOf(openings: Readonly<Record<string, KeptOpening>>) {
  const kept: Left[] = [];
  const asked: string[] = [];
  const shelf: DutyShelf = {
    unplanned: () => Promise.resolve(Object.keys(openings).filter((id) => !kept.some(({ ceremony }) => ceremony === id))),
    opening: (id) => {
      asked.push(id);
      return Promise.resolve(openings[id] ?? null);
    },
    keep: (plan) => {
      kept.push(plan);
      return Promise.resolve();
    },
  };
  return { shelf, kept, asked };
}

it("makes, of production that nobody planned, what its script leaves to do as duties of whoever opened it, from the first entry alone", async () => {
  const { shelf, kept } = shelfOf({ "c-1": await opening(leaving) });
  await leaveDuties(shelf, world, new Set());
  expect(kept).toMatchObject([{ ceremony: "c-1", title: "Small ceremony", room: "Room 1", mode: "production", madeBy: "olga", cast: [] }]);
  const begins = Date.parse(kept[0]?.startsAt ?? "") + leaving.minutes * 60_000;
  const days = kept[0]?.duties.map(({ dueAt }) => (Date.parse(dueAt) - begins) / 86_400_000);
  expect([kept[0]?.duties.map(({ owner, list }) => [owner, list]), days]).toEqual([[["olga", "after"], ["olga", "after"]], [7, 5]]);
});

it("makes it at the next look where an app died before it was kept, and never twice", async () => {
  const { shelf, kept } = shelfOf({ "c-1": await opening(leaving) });
  const dying: DutyShelf = { ...shelf, keep: () => Promise.reject(new Error("the app was killed")) };
  const settled = new Set<string>();
  await expect(leaveDuties(dying, world, settled)).rejects.toThrow("killed");
  await leaveDuties(shelf, world, settled);
  await leaveDuties(shelf, world, settled);
  expect(kept).toHaveLength(1);
});

it("makes nothing of a script that leaves nothing, nor of a rehearsal, and looks at neither again", async () => {
  const { shelf, kept, asked } = shelfOf({ "c-1": await opening(smallScript), "c-2": await opening(leaving, rehearsal) });
  const settled = new Set<string>();
  for (let look = 0; look < 3; look++) await leaveDuties(shelf, world, settled);
  expect(kept).toEqual([]);
  expect(asked).toEqual(["c-1", "c-2"]);
});
