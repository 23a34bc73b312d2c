import { expect, test } from "vitest";
import { compareEvents } from "./compare-events";
import { utf8 } from "./digest";
import { eventFileText, readEventFile } from "./event-file";
import { eventHash, leafBytes, type LoggedEvent } from "./leaf";

const event = (id: number, facts = `{"n": ${String(id)}}`): LoggedEvent =>
  ({ event: String(id), at: "2026-11-23T08:00:00.000Z", kind: "signed-in", by: id === 2 ? null : "anna", facts, salt: "ab".repeat(32) });
const events = [event(1), event(2), event(3)];
const leaf = (one: LoggedEvent) => leafBytes({ kind: "event", event: one.event, hash: eventHash(one) });
const entry = leafBytes({ kind: "entry", ceremony: "c-1", seq: 0, hash: "cd".repeat(32) });
const leaves = [entry, ...events.map(leaf)];
const AS_IT_IS = { changed: [], notLogged: [], missing: [], doubled: [] };

test("events are read back as they were written, none too", () => {
  expect(readEventFile(eventFileText(events))).toEqual(events);
  expect(readEventFile("")).toEqual([]);
});
test.each([
  ["cut off", (text: string) => text.slice(0, -1)],
  ["a line of something else", (text: string) => `${text}{}\n`],
  ["another spelling", (text: string) => text.replace('{"at"', '{ "at"')],
  ["one member more", (text: string) => text.replace('"v":', '"u":1,"v":')],
])("a file that is none is refused: %s", (_, change) => {
  expect(readEventFile(change(eventFileText(events)))).toBeNull();
});
test("a text that is not composed has a hash, and is written composed", () => {
  const typed = event(4, '{"name": "Zoe\u0308"}');
  expect(eventHash(typed)).toBe(eventHash(event(4, '{"name": "Zo\u00eb"}')));
  expect(readEventFile(eventFileText([typed]))).toHaveLength(1);
});

test("a file is held against the leaves of a log, whatever else is in it", () => {
  expect(compareEvents(events, leaves)).toEqual(AS_IT_IS);
  expect(compareEvents([...events].reverse(), [...leaves, utf8("no leaf of ours")])).toEqual(AS_IT_IS);
});
test.each([
  ["at", { at: "2026-11-23T08:00:00.001Z" }],
  ["kind", { kind: "signed-out" }],
  ["by", { by: "mallory" }],
  ["facts", { facts: '{"n": 9}' }],
  ["salt", { salt: "ac".repeat(32) }],
])("an event that was changed after it was logged is named: %s", (_, change) => {
  expect(compareEvents([event(1), { ...event(2), ...change }, event(3)], leaves)).toEqual({ ...AS_IT_IS, changed: ["2"] });
});
test("so is one that was changed and logged again, one left out, one made up, one doubled, and two exchanged", () => {
  const other = { ...event(2), by: "mallory" };
  expect(compareEvents([event(1), other, event(3)], [...leaves, leaf(other)])).toEqual({ ...AS_IT_IS, changed: ["2"] });
  expect(compareEvents([event(1), event(3)], leaves)).toEqual({ ...AS_IT_IS, missing: ["2"] });
  expect(compareEvents([...events, event(4)], leaves)).toEqual({ ...AS_IT_IS, notLogged: ["4"] });
  expect(compareEvents([...events, event(3)], leaves)).toEqual({ ...AS_IT_IS, doubled: ["3"] });
  const exchanged = [{ ...event(2), event: "1" }, { ...event(1), event: "2" }, event(3)];
  expect(compareEvents(exchanged, leaves)).toEqual({ ...AS_IT_IS, changed: ["1", "2"] });
});
