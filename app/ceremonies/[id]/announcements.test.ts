import { expect, it } from "vitest";
import { wordsIn } from "#lib/words/words";
import { momentOf, saidAfter, SILENT, type Heard, type Said } from "./announcements";

const words = wordsIn("en").of("console");
const still: Heard = {
  ...{ step: "Step 1, Policy.", turn: null, awaited: "Waiting for Carl.", lost: false, stopped: null, resting: false, left: null },
};
const after = (now: Partial<Heard>, before: Partial<Heard> = {}, said: Said = SILENT) =>
  saidAfter({ ...still, ...before }, { ...still, ...now }, said, words);

it("my turn is said once when it comes, with the step where that is new, and not again while it stays", () => {
  const turn = "Approve or refuse.";
  const said = after({ turn });
  expect(said).toEqual({ polite: "Your turn. Approve or refuse.", assertive: "", alerted: false });
  expect(after({ turn, awaited: "Waiting for others." }, { turn }, said)).toBe(said);
  expect(after({ turn, step: "Step 2, Key." }).polite).toBe("Step 2, Key. Your turn. Approve or refuse.");
});

it("when my turn is over, and at a new step, it is said for whom the room waits; others' single acts are not", () => {
  expect(after({}, { turn: "Approve." }).polite).toBe("Waiting for Carl.");
  expect(after({ step: "Step 2, Key." }).polite).toBe("Step 2, Key. Waiting for Carl.");
  expect(after({ awaited: "Waiting for Cleo." })).toBe(SILENT);
});

it("a lost connection and a stop are said at once, and marked as said by a notice of the page too", () => {
  expect(after({ lost: true })).toMatchObject({ assertive: expect.stringContaining("Not connected") as string, alerted: true });
  expect(after({ stopped: "Carl" })).toMatchObject({ assertive: "Stopped by Carl.", alerted: true });
  const lost = after({ lost: true });
  expect(after({ lost: true }, { lost: true }, lost)).toBe(lost);
  expect(after({}, { lost: true }, lost)).toEqual({ polite: "Connected again.", assertive: "", alerted: false });
});

it("the time left is said at four moments, the last two at once, and never backwards", () => {
  expect([301, 300, 61, 60, 30, 1, 0].map(momentOf)).toEqual([null, 300, 300, 60, 30, 30, 0]);
  expect(after({ left: 300 }).polite).toBe("5 minutes left to sign at this step.");
  expect(after({ left: 60 }, { left: 300 }).polite).toBe("1 minute left to sign at this step.");
  expect(after({ left: 30 }, { left: 60 }).assertive).toBe("30 seconds left to sign at this step.");
  expect(after({ left: 0 }, { left: 30 }).assertive).toBe("The time to sign at this step is over.");
  expect(after({ left: 60 }, { left: 60 })).toBe(SILENT);
  expect(after({ left: 300 }, { left: 30 })).toBe(SILENT);
});

it("a break is said when it begins and when everybody is back", () => {
  expect(after({ resting: true }).polite).toMatch(/^Break\./u);
  expect(after({}, { resting: true }).polite).toMatch(/^The break is over\./u);
});
