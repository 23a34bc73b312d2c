import { expect, it } from "vitest";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { dutiesOf } from "./make-plan";

const world = { random: (length: number) => new Uint8Array(length) };
const plan = { startsAt: "2026-12-01T09:00:00.000Z", minutes: 60 };
const lists = { prerequisites: ["Reviewed."], equipment: ["A camera"], afterwards: ["Archive the film."] };
const told = (script: object) => dutiesOf(world, { ...smallScript, ...script }, plan, "olga").map(({ list, text, dueAt }) => [list, text.slice(0, 17), dueAt]);

it("takes the script's lists as duties: a day before, an hour before, and a week after", () => {
  expect(told(lists)).toEqual([
    ["before", "Reviewed.", "2026-11-30T09:00:00.000Z"],
    ["day", "A camera", "2026-12-01T08:00:00.000Z"],
    ["after", "Archive the film.", "2026-12-08T10:00:00.000Z"],
  ]);
});

it("adds the review that an emergency owes, due within the days that its script sets", () => {
  const emergency = { usual: { approve: 1, of: 3 }, review: { days: 5 } };
  expect(told({ prerequisites: [], equipment: [], emergency })).toEqual([["after", "Review this emerg", "2026-12-06T10:00:00.000Z"]]);
});
