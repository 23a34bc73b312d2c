import ical, { type VEvent } from "node-ical";
import { expect, test } from "vitest";
import type { CalendarEvent } from "#lib/conduct/plan-ports";
import { calendarEntry } from "./calendar-entry";

const entry: CalendarEvent = {
  method: "REQUEST",
  tentative: false,
  uid: "pl-1@keys.example.org",
  sequence: 3,
  stamp: "2026-11-22T10:00:00.000Z",
  startsAt: "2026-12-01T08:00:00.000Z",
  endsAt: "2026-12-01T12:00:00.000Z",
  summary: 'Root key; "one", and two',
  location: "Vault, Gebäude 3 \\ Kellergeschoß, hinter der zweiten Tür rechts, bitte klingeln und warten",
  description: "You take part as custodian.\nhttps://keys.example.org/plans/pl-1",
  url: "https://keys.example.org/plans/pl-1",
  attendee: { name: "Carl Custodian", address: "carl@example.org", answer: null },
};

function read(text: string): VEvent {
  const found = Object.values(ical.sync.parseICS(text)).find((one) => one?.type === "VEVENT");
  if (found?.type !== "VEVENT") throw new Error("no event");
  return found;
}

test("another library reads back what was written", () => {
  const text = calendarEntry("key@example.org", entry);
  const event = read(text);
  expect(event).toMatchObject({ uid: entry.uid, summary: entry.summary, location: entry.location, description: entry.description, status: "CONFIRMED" });
  expect([event.start.toISOString(), event.end?.toISOString(), Number(event.sequence)]).toEqual([entry.startsAt, entry.endsAt, 3]);
  expect(event.organizer).toMatchObject({ val: "mailto:key@example.org" });
  expect(event.attendee).toMatchObject({ params: { PARTSTAT: "NEEDS-ACTION", RSVP: false, CN: "Carl Custodian" } });
  expect(text).toContain("\r\nMETHOD:REQUEST\r\n");
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n(?:.*\r\n)*END:VCALENDAR\r\n$/);
});

test("no line is longer than 75 octets, and no character is cut (RFC 5545 section 3.1)", () => {
  const lines = calendarEntry("key@example.org", { ...entry, location: "ü€𝄞".repeat(60) }).split("\r\n");
  expect(lines.filter((line) => new TextEncoder().encode(line).length > 75)).toEqual([]);
  expect(read(lines.join("\r\n")).location).toBe("ü€𝄞".repeat(60));
});

test("a cancellation says so twice: by its method and by the status of what is cancelled (RFC 5546 section 3.2.5)", () => {
  const text = calendarEntry("key@example.org", { ...entry, method: "CANCEL", sequence: 4 });
  expect(text).toContain("\r\nMETHOD:CANCEL\r\n");
  expect(read(text)).toMatchObject({ uid: entry.uid, status: "CANCELLED", sequence: 4 });
  expect(read(calendarEntry("key@example.org", { ...entry, tentative: true }))).toMatchObject({ uid: entry.uid, status: "TENTATIVE" });
});

test("no text begins another line of the entry", () => {
  const sly = "x\r\nATTENDEE:mailto:eve@example.org\r\nEND:VEVENT";
  const text = calendarEntry("key@example.org", {
    ...entry,
    summary: sly,
    location: sly,
    description: sly,
    attendee: { name: `"${sly}"`, address: "carl@example.org", answer: "accepted" },
  });
  expect(text.match(/^ATTENDEE/gm)).toHaveLength(1);
  expect(text.match(/^END:VEVENT/gm)).toHaveLength(1);
  expect(read(text).attendee).toMatchObject({ params: { PARTSTAT: "ACCEPTED" } });
});

test("one that is only downloaded invites nobody", () => {
  const text = calendarEntry(null, { ...entry, method: "PUBLISH", attendee: null });
  expect(read(text).attendee).toBeUndefined();
  expect(text).toContain("mailto:nobody@invalid");
});
