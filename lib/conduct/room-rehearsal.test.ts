import { describe, expect, test } from "vitest";
import { endorsementsOf, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { rosterHash } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import { TAKEN_OUT } from "#lib/log/commitment";
import { wordsIn } from "#lib/words/words";
import { tellsNothing as book } from "#lib/record/tells-nothing.under-test";
import { done, MemoryRoom, smallForm, smallLibrary, smallRehearsal, someone } from "./memory-room.under-test";
import { openCeremony, type Library } from "./open-ceremony";
import { roomView } from "./room-view";
import type { KnownRehearsal } from "./rehearsal-line";

/** What the room shows of a ceremony that was opened after those rehearsals. */
async function shown(rehearsals: readonly KnownRehearsal[], change: Partial<Library> = {}, form = smallForm) {
  const { room } = new MemoryRoom();
  const library: Library = { ...smallLibrary, rehearsals: () => Promise.resolve(rehearsals), ...change };
  const { id } = done(await openCeremony(room, library, someone("olga"), form));
  const transcript = await room.transcripts.read(id);
  if (!transcript) throw new Error("it was opened");
  const { ceremony, entries, openings } = transcript;
  const at = { ceremony, entries, openings, book, record: null, health: null, now: ceremony.head.at, me: "olga" };
  return { at, en: roomView(at).rehearsed, de: roomView(at, wordsIn("de")).rehearsed };
}

describe("a production ceremony", () => {
  test("shows which rehearsal passed, when, with whom and what differed, though its script asks for nothing", async () => {
    const { en, de } = await shown([smallRehearsal]);
    expect(en).toEqual({
      ceremony: "c-0",
      head: smallRehearsal.head,
      closedAt: smallRehearsal.closedAt,
      told: {
        minutes: 34,
        people: ["Anna Pappa", "Ben Odhiambo"],
        differed: ["Deviation of class B at step make: Somebody came in.", "Deviation of class C"],
      },
    });
    expect(de?.told?.differed[0]).toBe("Abweichung der Klasse B bei Schritt make: Somebody came in.");
  });
  test("goes by the newest that was played to its end", async () => {
    const older = { ...smallRehearsal, id: "c-older", closedAt: "2020-01-01T00:00:00.000Z" };
    const broken = { ...smallRehearsal, id: "c-broken", passed: false, closedAt: "2020-01-03T00:00:00.000Z" };
    expect((await shown([older, { ...smallRehearsal, closedAt: "2020-01-02T00:00:00.000Z" }, broken])).en?.ceremony).toBe("c-0");
  });
  test("names none where none passed", async () => {
    expect((await shown([])).en).toBeNull();
    expect((await shown([{ ...smallRehearsal, passed: false }])).en).toBeNull();
  });
  test("names and texts are behind commitments, and can be taken out", async () => {
    const { at } = await shown([smallRehearsal]);
    expect(JSON.stringify(at.entries)).not.toContain("Anna Pappa");
    expect(JSON.stringify(at.entries)).not.toContain("Somebody came in");
    const without = at.openings.filter(({ path }) => !path.includes("/rehearsal/"));
    expect(roomView({ ...at, openings: without }).rehearsed?.told?.people).toEqual([TAKEN_OUT, TAKEN_OUT]);
  });
});

test("a rehearsal says nothing of earlier ones, unless its script asks for a go / no-go", async () => {
  const roster = { ...smallRoster, mode: "rehearsal" as const };
  const bytes = canonical(roster as unknown as Json);
  const own: Partial<Library> = {
    roster: () => Promise.resolve({ bytes, openings: [] }),
    inForce: () => Promise.resolve(true),
    endorsements: () => Promise.resolve(endorsementsOf(smallScript, roster)),
  };
  expect((await shown([smallRehearsal], own, { ...smallForm, rosterHash: rosterHash(roster) })).en).toBeNull();
});
