import { beforeAll, describe, expect, test } from "vitest";
import { world } from "#lib/ceremony/small-world.under-test";
import { canonical, parseCanonical, type Json } from "#lib/log/canonical";
import { commit, commitmentsIn, type Opening } from "#lib/log/commitment";
import { readTranscript, transcriptBytes, type Transcript } from "./transcript";

let transcript: Transcript;
beforeAll(async () => {
  const there = await world();
  await there.close();
  const entries = there.entries;
  transcript = { entries, openings: [{ path: "test", salt: "00".repeat(16), value: "carl" }] };
});

const bend = (change: (value: { [key: string]: Json }) => Json) =>
  readTranscript(canonical(change(parseCanonical(transcriptBytes(transcript)) as { [key: string]: Json })));

describe("a transcript's bytes", () => {
  test("come back as the same entries, byte by byte", () => {
    const read = readTranscript(transcriptBytes(transcript));
    expect(read.ok && read.value.entries).toEqual(transcript.entries);
    expect(read.ok && read.value.openings).toEqual(transcript.openings);
  });

  test("are the same for the same entries, whatever the order and number of the openings", () => {
    const { entries, openings } = transcript;
    const more: Opening[] = [{ path: "test", salt: "00".repeat(16), value: "olga" }, ...openings];
    const turned = [...more].reverse();
    expect(transcriptBytes({ entries, openings: [...turned, ...more] })).toEqual(transcriptBytes({ entries, openings: more }));
  });

  test("may leave openings out: the entries and their hashes stay what they were", () => {
    const read = readTranscript(transcriptBytes({ ...transcript, openings: [] }));
    expect(read.ok && read.value.entries).toEqual(transcript.entries);
  });

  test.each<[string, (value: { [key: string]: Json }) => Json]>([
    ["another version", (value) => ({ ...value, v: "claviger/transcript/v2" })],
    ["a member nobody knows", (value) => ({ ...value, more: 1 })],
    ["entries that are no list", (value) => ({ ...value, entries: {} })],
    ["an entry of another form", (value) => ({ ...value, entries: [{}] })],
    ["an opening of another form", (value) => ({ ...value, openings: [{ path: "test" }] })],
    ["a list in place of a transcript", () => []],
  ])("with %s are refused", (_what, change) => expect(bend(change).ok).toBe(false));

  test("with another text for a commitment are refused", () => {
    const [first] = transcript.openings;
    const forged = { ...first, value: "cleo was here" } as Opening;
    const committed = commitmentsIn(transcript.entries as unknown as Json).map(({ commitment }) => commitment.committed);
    expect(committed).not.toContain(commit(forged).committed);
    expect(readTranscript(transcriptBytes({ ...transcript, openings: [forged] })).ok).toBe(false);
  });

  test("in any other spelling are refused", () => {
    const text = new TextDecoder().decode(transcriptBytes(transcript));
    expect(readTranscript(new TextEncoder().encode(` ${text}`)).ok).toBe(false);
    expect(readTranscript(Uint8Array.of(0xff)).ok).toBe(false);
  });
});
