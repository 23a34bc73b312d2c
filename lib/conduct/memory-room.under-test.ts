import { expect } from "vitest";
import { readEntry, type EntryKind } from "#lib/ceremony/entry";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { scriptHash } from "#lib/ceremony/script";
import { smallBook } from "#lib/ceremony/small-book.under-test";
import { CAST, endorsementsOf, hashSignatures, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { START } from "#lib/ceremony/small-transcript.under-test";
import { SmallWorld } from "#lib/ceremony/small-world.under-test";
import { canonical, type Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import type { Result } from "#lib/result";
import type { Room } from "./append-entry";
import type { Objection } from "./objection";
import type { Library, OpenCeremony } from "./open-ceremony";
import type { KeptEntry, NewEntry, TranscriptStore } from "./ports";
import type { KnownRehearsal } from "./rehearsal-line";
import { Transcripts } from "./transcript";

/**
 * A store that keeps transcripts in memory, as the database does: one entry per place. `onAppend` may slip something in first.
 */
export class MemoryStore implements TranscriptStore {
  readonly kept = new Map<string, KeptEntry[]>();
  reads = 0;
  onAppend: ((entry: NewEntry) => void | Promise<void>) | null = null;

  readEntries(ceremony: string, fromSeq: number): Promise<readonly KeptEntry[]> {
    this.reads += 1;
    return Promise.resolve((this.kept.get(ceremony) ?? []).slice(fromSeq));
  }

  async append(entry: NewEntry): Promise<"appended" | "conflict"> {
    const before = this.onAppend;
    this.onAppend = null;
    await before?.(entry);
    const entries = this.kept.get(entry.ceremony) ?? [];
    if (entries.length !== entry.seq) return "conflict";
    this.kept.set(entry.ceremony, [...entries, entry]);
    return "appended";
  }
}

/**
 * The small world's ceremony c-1 in a room whose verbs are the real ones; time moves by a second with every look at the clock.
 */
export class MemoryRoom {
  readonly store = new MemoryStore();
  readonly room: Room;
  seconds = 100;
  #random = 0;

  constructor() {
    const world = {
      now: () => new Date(START + ++this.seconds * 1000),
      random: (bytes: number) => new Uint8Array(bytes).fill(++this.#random % 256),
      undrawable: (text: string) => (text.includes("\u{1F480}") ? ["U+1F480"] : []),
    };
    const ports = { store: this.store, verifier: hashSignatures, book: smallBook, world };
    this.room = { ...ports, transcripts: new Transcripts(ports) };
  }

  /** Opened by the small world, with the recorder attached. */
  static async begun(roster: Roster = smallRoster): Promise<MemoryRoom> {
    const room = new MemoryRoom();
    await room.asWorld(async (world) => {
      await world.openFor(smallScript, roster);
      await world.attach();
    });
    return room;
  }

  /** Whatever the small world does next: the recorder's entries, and shortcuts. It sees the transcript and its acts are kept. */
  async asWorld(act: (world: SmallWorld) => Promise<unknown>): Promise<void> {
    const world = new SmallWorld();
    const entries = this.store.kept.get("c-1") ?? [];
    for (const { bytes } of entries) await world.enterBytes(bytes);
    world.wait(++this.seconds);
    await act(world);
    this.seconds = Math.max(this.seconds, Math.ceil((Date.parse(world.now.head.at) - START) / 1000));
    for (const bytes of world.transcript.slice(entries.length)) {
      const read = readEntry(bytes);
      if (!read.ok) throw new Error("unreadable");
      const { entry, hash } = read.value;
      const { ceremony, seq, prev, kind, at, by } = entry;
      await this.store.append({ ceremony, seq, prev, hash, kind, at, by, bytes, openings: [] });
    }
  }

  get kinds(): readonly (EntryKind | undefined)[] {
    return (this.store.kept.get("c-1") ?? []).map(({ bytes }) => {
      const read = readEntry(bytes);
      return read.ok ? read.value.entry.kind : undefined;
    });
  }

  get openings(): readonly Opening[] {
    return (this.store.kept.get("c-1") ?? []).flatMap(({ openings }) => openings);
  }
}

const rosterOpenings = [
  { path: "roster/organisation", salt: "0", value: "Example" },
  ...smallRoster.people.map(({ person }) => ({ path: `roster/${person}/name`, salt: "0", value: person })),
];

/** The small world's script and roster as they were published, and a ceremony of them. */
export const smallLibrary: Library = {
  script: (hash) =>
    Promise.resolve(hash === scriptHash(smallScript) ? { bytes: canonical(smallScript as unknown as Json) } : null),
  editions: () => Promise.resolve([]),
  roster: (hash) =>
    Promise.resolve(
      hash === rosterHash(smallRoster) ? { bytes: canonical(smallRoster as unknown as Json), openings: rosterOpenings } : null,
    ),
  inForce: (hash) => Promise.resolve(hash === rosterHash(smallRoster)),
  rehearsals: () => Promise.resolve([]),
  endorsements: (document) =>
    Promise.resolve(document === scriptHash(smallScript) ? endorsementsOf(smallScript, smallRoster) : []),
  ownStatements: () => Promise.resolve([]),
  workers: () => Promise.resolve([]),
  planSaid: () => Promise.resolve(null),
  earlier: () => Promise.resolve({ device: null, backup: null }),
  secondScreen: () => Promise.resolve(null),
  fromPlan: () => Promise.resolve("overtaken"),
};
/** A rehearsal of the small world's script that was played to its end, with one thing that a person noted and one the worker did. */
export const smallRehearsal: KnownRehearsal = {
  id: "c-0",
  scriptHash: scriptHash(smallScript),
  title: "Practice",
  closedAt: new Date(START - 86_400_000).toISOString(),
  head: "cd".repeat(32),
  passed: true,
  minutes: 34,
  planned: 30,
  people: ["Anna Pappa", "Ben Odhiambo"],
  differed: [
    { class: "B", step: "make", happened: "Somebody came in." },
    { class: "C", step: null, happened: null },
  ],
  undone: { steps: 0, of: 5 },
  aborted: false,
};
export const smallForm: OpenCeremony = {
  title: "Root key",
  place: "Room 1",
  scriptHash: scriptHash(smallScript),
  rosterHash: rosterHash(smallRoster),
  participants: CAST.map(([person, role]) => ({ person, role })),
};

export const someone = (person: string) => ({ person, canSign: true });

/** The result is an objection with exactly this code. */
export function expectObjection(result: Result<unknown, Objection>, code: Objection["code"]): void {
  expect(result.ok ? "done" : result.refusal.code).toBe(code);
}

/** The result's value; shows the objection when there is none. */
export function done<T>(result: Result<T, Objection>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
