import { describe, expect, test } from "vitest";
import { MemoryRoom } from "./memory-room.under-test";
import { knownRehearsal, rehearsalLine, rehearsedWithin } from "./rehearsal-line";
import type { Transcript } from "./transcript";

const DAY = 86_400_000;
const now = "2026-11-22T12:00:00.000Z";
const ago = (days: number) => new Date(Date.parse(now) - days * DAY).toISOString();

async function running(): Promise<Transcript> {
  const { room } = await MemoryRoom.begun();
  const transcript = await room.transcripts.read("c-1");
  if (!transcript) throw new Error("the room has a transcript");
  return transcript;
}

/** The small world's ceremony as if it had been a rehearsal and had ended so. */
async function ended(result: "completed" | "aborted"): Promise<Transcript> {
  const { ceremony, ...rest } = await running();
  const steps = ceremony.steps.map((state) => (result === "completed" ? { ...state, status: "done" as const } : state));
  return { ...rest, ceremony: { ...ceremony, steps, mode: "rehearsal", phase: "closed", closed: { at: now, result } } };
}

const lineOf = async (result: "completed" | "aborted", mayLook: boolean) => {
  const known = knownRehearsal(await ended(result));
  return known && rehearsalLine(known, mayLook);
};

describe("what a rehearsal came to", () => {
  test("played to its end: when, how long, with whom, and nothing that differed", async () => {
    expect(await lineOf("completed", true)).toMatchObject({
      passed: true,
      closedAt: now,
      differed: [],
      people: expect.arrayContaining([expect.any(String)]),
    });
  });
  test("aborted: it did not pass, and what was not done is said", async () => {
    const line = await lineOf("aborted", true);
    expect(line?.passed).toBe(false);
    expect(line?.differed[0]).toBe("It was aborted.");
    expect(line?.differed[1]).toMatch(/steps were not done/);
  });
  test("somebody who may not look into it learns no names", async () => {
    expect((await lineOf("completed", false))?.people).toBeNull();
  });
  test("a production ceremony, and one that is still open, are none", async () => {
    const open = await running();
    expect(knownRehearsal(open)).toBeNull();
    const { ceremony, ...rest } = await ended("completed");
    expect(knownRehearsal({ ...rest, ceremony: { ...ceremony, mode: "production" } })).toBeNull();
  });
});

test("within so many days counts what passed and is not older", () => {
  expect(rehearsedWithin([{ passed: true, closedAt: ago(29) }], 30, now)).toBe(true);
  expect(rehearsedWithin([{ passed: true, closedAt: ago(31) }], 30, now)).toBe(false);
  expect(rehearsedWithin([{ passed: false, closedAt: ago(1) }], 30, now)).toBe(false);
  expect(rehearsedWithin([], 30, now)).toBe(false);
});
