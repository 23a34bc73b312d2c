import { expect, it } from "vitest";
import { done, MemoryRoom, smallForm, smallLibrary, someone } from "./memory-room.under-test";
import { openCeremony } from "./open-ceremony";
import { TranscriptFault, Transcripts } from "./transcript";

it("reads a transcript once, and then only what is new", async () => {
  const world = await MemoryRoom.begun();
  const first = await world.room.transcripts.read("c-1");
  expect(first?.entries.map(({ kind }) => kind)).toEqual(["ceremony-opened", "recorder-attached"]);
  expect(await world.room.transcripts.read("c-1")).toBe(first);
  await world.asWorld((small) => small.playTo("come"));
  const asked: number[] = [];
  const { readEntries } = world.store;
  world.store.readEntries = (id, from) => (asked.push(from), readEntries.call(world.store, id, from));
  const next = await world.room.transcripts.read("c-1");
  expect(asked).toEqual([2]);
  expect(next?.entries).toHaveLength(next?.ceremony.head.seq === undefined ? -1 : next.ceremony.head.seq + 1);
});

it("answers fifty who ask at once with two reads, the later one begun after the last of them asked", async () => {
  const world = await MemoryRoom.begun();
  const before = world.store.reads;
  const answers = await Promise.all(Array.from({ length: 50 }, () => world.room.transcripts.read("c-1")));
  expect(world.store.reads - before).toBe(2);
  expect(new Set(answers.map((answer) => answer?.ceremony.head.hash)).size).toBe(1);
});

it("never answers with a state from before the question", async () => {
  const world = await MemoryRoom.begun();
  const early = world.room.transcripts.read("c-1");
  await world.asWorld((small) => small.playTo("come"));
  const { length } = world.kinds;
  expect((await world.room.transcripts.read("c-1"))?.entries).toHaveLength(length);
  await early;
});

it("answers null for a ceremony that is not there, and does not remember that", async () => {
  const world = new MemoryRoom();
  expect(await world.room.transcripts.read("c-1")).toBeNull();
  await world.asWorld((small) => small.open());
  expect(await world.room.transcripts.read("c-1")).not.toBeNull();
});

it("throws for a transcript that does not hold, each time, and recovers when the store does", async () => {
  const world = await MemoryRoom.begun();
  const kept = world.store.kept.get("c-1") ?? [];
  world.store.kept.set("c-1", kept.slice(1));
  await expect(world.room.transcripts.read("c-1")).rejects.toThrow(TranscriptFault);
  await expect(Promise.all([world.room.transcripts.read("c-1"), world.room.transcripts.read("c-1")])).rejects.toThrow(
    TranscriptFault,
  );
  world.store.kept.set("c-1", kept);
  expect((await world.room.transcripts.read("c-1"))?.entries).toHaveLength(2);
});

it("throws when a ceremony's entries are kept under another ceremony's name", async () => {
  const world = await MemoryRoom.begun();
  world.store.kept.set("c-2", world.store.kept.get("c-1") ?? []);
  await expect(world.room.transcripts.read("c-2")).rejects.toThrow(/CHAIN-CEREMONY/);
});

it("forgets the longest unused when there are too many, and reads it anew", async () => {
  const world = await MemoryRoom.begun();
  const transcripts = new Transcripts(world.room, 1);
  const other = { ...world.room, store: world.store };
  const { id } = done(await openCeremony(other, smallLibrary, someone("olga"), smallForm));
  await transcripts.read("c-1");
  await transcripts.read(id);
  const asked: (readonly [string, number])[] = [];
  const { readEntries } = world.store;
  world.store.readEntries = (ceremony, from) => (asked.push([ceremony, from]), readEntries.call(world.store, ceremony, from));
  await transcripts.read("c-1");
  await transcripts.read("c-1");
  expect(asked).toEqual([
    ["c-1", 0],
    ["c-1", 2],
  ]);
});
