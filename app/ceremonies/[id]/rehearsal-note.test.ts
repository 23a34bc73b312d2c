import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { InLanguage } from "#components/words";
import type { RehearsedView, RoomView } from "#lib/conduct/room";
import type { Language } from "#lib/words/language";
import { RehearsalNote } from "./rehearsal-note";

const told = { minutes: 34, people: ["Anna Pappa", "Ben Odhiambo"], differed: ["Deviation of class B at step make: Somebody came in."] };
const rehearsed: RehearsedView = { ceremony: "c-0", head: "cd".repeat(32), closedAt: "2026-11-20T09:00:00.000Z", told };

/** What stands there, without the tags. */
function note(change: Partial<RoomView>, language: Language = "en"): string {
  const view = { mode: "production", rehearsed, script: { minutes: 30 }, ...change } as RoomView;
  return renderToStaticMarkup(InLanguage({ language, children: createElement(RehearsalNote, { view }) }))
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}

test("production says which rehearsal passed, when, with whom and what differed, and whose word that is", () => {
  const said = note({});
  for (const part of [
    "rehearsal c-0, closed 2026-11-20, 09:00",
    "34 minutes; 30 were planned",
    "Anna Pappa and Ben Odhiambo",
    "Somebody came in.",
    "By the word of the app",
  ])
    expect(said).toContain(part);
  expect(note({}, "de")).toContain("Mit Anna Pappa und Ben Odhiambo.");
});

test("where nothing differed, or no more is told, that is said", () => {
  expect(note({ rehearsed: { ...rehearsed, told: { ...told, differed: [] } } })).toContain("Nothing differed from the script.");
  expect(note({ rehearsed: { ...rehearsed, told: null } })).toContain("The opening says no more about it.");
});

test("production without a rehearsal says so, and a rehearsal says nothing", () => {
  expect(note({ rehearsed: null })).toContain("The opening names no rehearsal of this text.");
  expect(note({ rehearsed: null, mode: "rehearsal" })).toBe("");
});
