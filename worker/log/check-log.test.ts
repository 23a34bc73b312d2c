import { expect, describe, test } from "vitest";
import { canonical } from "#lib/log/canonical";
import { hex, sha256Hex, utf8 } from "#lib/log/digest";
import { leafHash, rootOver } from "#lib/log/merkle";
import { tileBytes } from "#lib/log/tile";
import type { KeptLeaf, LoggedEntry, LoggedEventRow, LoggedThing } from "#lib/store/logged-things";
import { checkLog, type CheckParts, type Difference } from "./check-log";
import type { RememberedLog } from "./log-memory";
import { LogWatch } from "./log-watch";
import { thingLeaf } from "./thing-leaf";

const ORIGIN = "keys.example/log";
const event = (id: number): LoggedEventRow =>
  ({ kind: "event", event: String(id), at: "2026-11-23T08:00:00.000Z", of: "signed-in", by: "anna", facts: `{"n": ${String(id)}}`, salt: "ab".repeat(32) });
const destruction = (id: number, ceremony: string): LoggedEventRow => ({ ...event(id), of: "record-destroyed", facts: JSON.stringify({ ceremony }) });
const entry = (seq: number): LoggedEntry => ({ kind: "entry", ceremony: "c-1", seq, hash: sha256Hex(utf8(String(seq))) });
const RECORD = utf8("the record");
const GONE = new Error("the database does not answer");

/** Everything an installation keeps of its log, as rows that can be changed: 700 events and five entries, all logged. */
class Kept {
  events = Array.from({ length: 700 }, (_, i) => event(i + 1));
  entries = Array.from({ length: 5 }, (_, seq) => entry(seq));
  waiting: LoggedThing[] = [];
  record: Uint8Array | null = RECORD;
  destroyed = new Map<string, string>();
  leaves: KeptLeaf[];
  tiles: Uint8Array[];
  remembered: RememberedLog | null;

  constructor() {
    const bytes = [...this.events, ...this.entries].map(thingLeaf);
    const hashes = bytes.map(leafHash);
    this.leaves = bytes.map((one, i) => ({ bytes: one, hash: hex(hashes[i] as Uint8Array) }));
    this.tiles = [0, 256, 512].map((from) => tileBytes(hashes.slice(from, from + 256)));
    this.remembered = { size: hashes.length, root: rootOver(hashes), promised: [] };
  }

  /** What the database does when it is asked for that. */
  fails: (call: "eventsAt" | "entriesAfter") => Promise<void> = () => Promise.resolve();

  /** As the row is now, at the end of the log. */
  log(thing: LoggedThing): void {
    const bytes = thingLeaf(thing);
    this.leaves.push({ bytes, hash: hex(leafHash(bytes)) });
    const hashes = this.leaves.map((leaf) => leafHash(leaf.bytes));
    this.tiles = [0, 256, 512].map((from) => tileBytes(hashes.slice(from, from + 256)));
    this.remembered = { size: hashes.length, root: rootOver(hashes), promised: [] };
  }

  get parts(): CheckParts {
    const mode = canonical({ body: { mode: "production" } });
    const behind = <T>(all: readonly T[], is: (one: T) => boolean, most: number) => Promise.resolve(all.slice(all.findIndex(is) + 1).slice(0, most));
    return {
      memory: { recall: (origin) => (origin === ORIGIN ? this.remembered : null), remember: () => undefined },
      sealed: () => [{ ceremony: "c-1", record: sha256Hex(RECORD) }],
      record: () => Promise.resolve(this.record),
      isGone: (fault) => fault === GONE,
      store: {
        firstEntry: (ceremony) => Promise.resolve(ceremony === "c-1" ? mode : null),
        known: (_, hashes) =>
          Promise.resolve(new Map(hashes.flatMap((hash) => this.leaves.flatMap((leaf, i) => (leaf.hash === hash ? [[hash, i] as const] : []))))),
        tile: (_, _level, index) => Promise.resolve(this.tiles[index] ?? null),
        leaves: (_, from, most) => Promise.resolve(new Map(this.leaves.slice(from, from + most).map((leaf, i) => [from + i, leaf]))),
        eventsAt: async (ids) => (await this.fails("eventsAt"), this.events.filter((one) => ids.includes(one.event))),
        entriesAt: (places) => Promise.resolve(this.entries.filter((one) => places.some(({ ceremony, seq }) => one.ceremony === ceremony && one.seq === seq))),
        eventsAfter: (id, most) => behind(this.events, (one) => one.event === id, most),
        entriesAfter: async (place, most) => (await this.fails("entriesAfter"), behind(this.entries, (one) => one.seq === place?.seq && one.ceremony === place.ceremony, most)),
        destroyedRecords: () => Promise.resolve(this.destroyed),
        stillWaiting: (things) => Promise.resolve(things.filter((thing) => this.waiting.includes(thing))),
      },
    };
  }
}

async function found(kept: Kept): Promise<string[]> {
  const differences: Difference[] = [];
  for await (const step of checkLog(kept.parts, ORIGIN)) differences.push(...step);
  return differences.map(({ what, how }) => `${what}: ${how}`);
}

test("what was logged and is still so is no difference, nor is what waits", async () => {
  const kept = new Kept();
  expect(await found(kept)).toEqual([]);
  const late = event(701);
  kept.events.push(late);
  kept.waiting.push(late);
  expect(await found(kept)).toEqual([]);
});

describe("a row that was logged is named when", () => {
  test.each([
    ["its time changed", { at: "2026-11-23T08:00:00.001Z" }],
    ["its kind changed", { of: "signed-out" }],
    ["its author changed", { by: null }],
    ["its facts changed", { facts: "{}" }],
    ["its salt changed", { salt: "ac".repeat(32) }],
  ])("%s", async (_, change) => {
    const kept = new Kept();
    kept.events[299] = { ...event(300), ...change };
    expect(await found(kept)).toEqual(["audit event 300: changed", "audit event 300: not-in-the-log"]);
  });
  test("it was changed and logged once more", async () => {
    const kept = new Kept();
    kept.events[299] = { ...event(300), by: "mallory" };
    kept.log(kept.events[299]);
    expect(await found(kept)).toEqual(["audit event 300: changed"]);
  });
  test("it was dropped, or two were exchanged, or one was added behind the log's back", async () => {
    const dropped = new Kept();
    dropped.events.splice(299, 1);
    dropped.entries.pop();
    expect(await found(dropped)).toEqual(["audit event 300: missing", "entry 4 of c-1: missing"]);
    const exchanged = new Kept();
    [exchanged.events[4], exchanged.events[5]] = [{ ...event(6), event: "5" }, { ...event(5), event: "6" }];
    expect((await found(exchanged)).filter((one) => one.endsWith("changed"))).toEqual(["audit event 5: changed", "audit event 6: changed"]);
    const added = new Kept();
    added.events.push({ ...event(5), event: "9000" });
    expect(await found(added)).toEqual(["audit event 9000: not-in-the-log"]);
  });
  test("an entry's bytes changed", async () => {
    const kept = new Kept();
    kept.entries[2] = { ...entry(2), hash: "00".repeat(32) };
    expect(await found(kept)).toEqual(["entry 2 of c-1: changed", "entry 2 of c-1: not-in-the-log"]);
  });
  test("the record that was sealed was changed or taken away", async () => {
    const kept = new Kept();
    kept.record = utf8("another");
    expect(await found(kept)).toEqual(["record of c-1: changed"]);
    kept.record = null;
    expect(await found(kept)).toEqual(["record of c-1: missing"]);
    const said = destruction(701, "c-1");
    kept.events.push(said);
    kept.log(said);
    kept.destroyed.set("c-1", "701");
    expect(await found(kept)).toEqual([]);
    kept.record = utf8("another"); // that it was destroyed excuses that it is gone, and nothing else
    expect(await found(kept)).toEqual(["record of c-1: changed"]);
  });
  test("the record was taken away, and a row calls it destroyed by an event that does not say so, or is not there, or in no log", async () => {
    const without = async (event: LoggedEventRow | null, named = "701") => {
      const kept = new Kept();
      kept.record = null;
      kept.destroyed.set("c-1", named);
      if (event) {
        kept.events.push(event);
        kept.log(event);
      }
      return found(kept);
    };
    const missing = ["record of c-1: missing"];
    expect(await without(null)).toEqual(missing);
    expect(await without(null, "300")).toEqual(missing);
    expect(await without(destruction(701, "c-2"))).toEqual(missing);
    expect(await without({ ...destruction(701, "c-1"), of: "record-destruction-ordered" })).toEqual(missing);
    expect(await without({ ...destruction(701, "c-1"), facts: "null" })).toEqual(missing);
    expect(await without(destruction(701, "c-1"))).toEqual([]);
    const kept = new Kept();
    const added = destruction(701, "c-1");
    kept.record = null;
    kept.destroyed.set("c-1", "701");
    kept.events.push(added);
    expect(await found(kept)).toEqual(["audit event 701: not-in-the-log", ...missing]);
    kept.waiting.push(added); // noted just now: it will be in the log, for everybody to read
    expect(await found(kept)).toEqual([]);
  });
});

describe("a leaf is named when", () => {
  const changed = (at: number, leaf: Partial<KeptLeaf>) => {
    const kept = new Kept();
    kept.leaves[at] = { ...(kept.leaves[at] as KeptLeaf), ...leaf };
    return found(kept);
  };
  test("it says something else", async () => {
    const other = thingLeaf({ ...event(300), by: "mallory" });
    expect(await changed(299, { bytes: other, hash: hex(leafHash(other)) })).toContain(`leaf 299 of ${ORIGIN}: changed`);
    expect(await changed(299, { bytes: utf8("x") })).toContain(`leaf 299 of ${ORIGIN}: changed`);
  });
  test("the hash beside it is that of a row that was never logged", async () => {
    const kept = new Kept();
    const stranger = event(9000);
    kept.events.push(stranger);
    kept.leaves[9] = { ...(kept.leaves[9] as KeptLeaf), hash: hex(leafHash(thingLeaf(stranger))) };
    expect(await found(kept)).toContain(`leaf 9 of ${ORIGIN}: changed`);
  });
  test("leaf, tile and row were all changed alike: the tree is not the one that was signed", async () => {
    const kept = new Kept();
    const { remembered } = kept;
    kept.events[299] = { ...event(300), by: "mallory" };
    const bytes = thingLeaf(kept.events[299]);
    kept.leaves[299] = { bytes, hash: hex(leafHash(bytes)) };
    kept.tiles[1] = tileBytes(kept.leaves.slice(256, 512).map((leaf) => leafHash(leaf.bytes)));
    kept.remembered = remembered;
    expect(await found(kept)).toEqual([`the tree of ${ORIGIN}, as this worker signed it: changed`]);
  });
  test.each([
    ["a seq below zero", { kind: "entry", ceremony: "c-1", seq: -1 }],
    ["a ceremony that is no identifier", { kind: "entry", ceremony: "c\u0000", seq: 1 }],
    ["an event that is no number", { kind: "event", event: "1\u0000" }],
  ])("it and its tile were changed to %s: no row is asked for by that name, and the name is not repeated", async (_, names) => {
    const kept = new Kept();
    const bytes = canonical({ v: "claviger/leaf/v1", ...names, hash: "ab".repeat(32) });
    kept.leaves[299] = { bytes, hash: hex(leafHash(bytes)) };
    kept.tiles[1] = tileBytes(kept.leaves.slice(256, 512).map((leaf) => leafHash(leaf.bytes)));
    const differences = await found(kept);
    expect(differences).toContain(`leaf 299 of ${ORIGIN}: changed`);
    expect(differences.join()).not.toContain("\u0000");
  });
  test("its tile is missing, or is none", async () => {
    const kept = new Kept();
    kept.tiles.pop();
    expect(await found(kept)).toEqual([`tile 0/2 of ${ORIGIN}: missing`]);
    kept.tiles.push(utf8("x"));
    expect(await found(kept)).toEqual([`tile 0/2 of ${ORIGIN}: changed`]);
  });
  test("it is beyond what this worker signed: it makes no row a logged one", async () => {
    const kept = new Kept();
    const { remembered } = kept;
    const stranger = event(9000);
    kept.events.push(stranger);
    kept.log(stranger);
    kept.remembered = remembered;
    expect(await found(kept)).toEqual(["audit event 9000: not-in-the-log"]);
  });
});

test("an entry of a ceremony that says no mode belongs in no log; and of a log that is not remembered nothing is said", async () => {
  const kept = new Kept();
  kept.entries.push({ ...entry(0), ceremony: "c-unheard" });
  expect(await found(kept)).toEqual([]);
  kept.remembered = null;
  kept.events[299] = { ...event(300), by: "mallory" };
  expect(await found(kept)).toEqual([]);
});

test("what cannot be read is a difference, and what stands behind it is compared all the same", async () => {
  const kept = new Kept();
  let asked = 0;
  kept.fails = (call) => (call === "eventsAt" && ++asked === 2 ? Promise.reject(new Error("no such character")) : Promise.resolve());
  kept.record = null;
  expect(await found(kept)).toEqual([`leaves from 256 on of ${ORIGIN}: unreadable`, "record of c-1: missing"]);
  kept.fails = (call) => (call === "entriesAfter" ? Promise.reject(new Error("no such character")) : Promise.resolve());
  expect(await found(kept)).toEqual(["entries: unreadable", "record of c-1: missing"]);
});

test("a database that is not there is no difference", async () => {
  const kept = new Kept();
  kept.fails = () => Promise.reject(GONE);
  await expect(found(kept)).rejects.toBe(GONE);
});

test("of very many differences a thousand are kept and the others counted", async () => {
  const kept = new Kept();
  for (const [i, one] of kept.events.entries()) kept.events[i] = { ...one, by: "mallory" };
  let now = 0;
  const watch = new LogWatch(kept.parts, ORIGIN, () => new Date(now));
  for (let rounds = 0; rounds < 2; rounds++, now += 600_001) for (let steps = 0; steps < 20; steps++) await watch.look();
  expect(watch.differences).toHaveLength(1_000);
  expect(watch.count).toBe(1_400);
});

test("a look takes steps for half a second or until it is waited for, and the next one goes on from there", async () => {
  const kept = new Kept();
  for (const [i, one] of kept.events.entries()) kept.events[i] = { ...one, by: "mallory" };
  const atOnce = new LogWatch(kept.parts, ORIGIN, () => new Date(0));
  await atOnce.look();
  expect(atOnce.count).toBe(1_400);

  let now = 0;
  const slowly = new LogWatch(kept.parts, ORIGIN, () => new Date((now += 500)));
  await slowly.look();
  expect(slowly.count).toBe(256);
  while (slowly.count < 1_400) await slowly.look();

  const awaited = new LogWatch(kept.parts, ORIGIN, () => new Date(0));
  await awaited.look(() => true);
  expect(awaited.count).toBe(256);
});

test("beside a worker's rounds: a difference is said from the step that found it until a whole comparison has not", async () => {
  const kept = new Kept();
  let now = 0;
  const watch = new LogWatch(kept.parts, ORIGIN, () => new Date(now));
  const round = async () => {
    now += 600_001;
    for (let steps = 0; steps < 20; steps++) await watch.look();
  };
  await round();
  expect(watch.differences).toEqual([]);
  const honest = kept.events[299] as LoggedEventRow;
  kept.events[299] = { ...honest, by: "mallory" };
  now += 1;
  await watch.look();
  expect(watch.differences).toEqual([]); // it rests
  await round();
  expect(watch.differences).toHaveLength(2);
  kept.events[299] = honest;
  await watch.look();
  expect(watch.differences).toHaveLength(2);
  await round();
  expect(watch.differences).toEqual([]);
});
