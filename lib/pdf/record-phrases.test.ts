import { expect, test } from "vitest";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { clock, count, dayAndClock, drift, duration, recital } from "./record-phrases";

test.each([[1840, "1.8 s"], [9949, "9.9 s"], [48_000, "48 s"], [60_000, "1 min"], [192_000, "3 min 12 s"], [3_840_000, "1 h 04 min"]])("%i ms is said as %s", (ms, said) => {
  expect(duration(ms)).toBe(said);
});
test("times are said in UTC", () => {
  expect(clock("2026-11-02T04:03:09.999Z")).toBe("04:03:09");
  expect(dayAndClock("2026-11-02T04:03:09.999Z")).toBe("2 November 2026, 04:03:09 UTC");
});
test("small numbers are words", () => {
  expect([count(0, "key"), count(1, "key"), count(2, "person", "people"), count(14, "key")]).toEqual(["no keys", "one key", "two people", "14 keys"]);
});

test("the recital says who, when, what, what went wrong, and who agreed", () => {
  expect(recital(sampleRecord())).toBe(
    "On 22 November 2026, between 14:02 and 15:08 UTC, nine people performed the script “Production key generation ceremony”. Three keys were made, each "
    + "authorised by 3 of 5 custodians. Two deviations and one interruption were noted. Seven participants signed that the transcript says what happened; "
    + "one participant signed that they do not agree; one participant did not sign.",
  );
});
test("the recital of a ceremony without incident, and of one that was ended", () => {
  const record = sampleRecord();
  const agreed = { agrees: true as const, sentence: "", at: record.closed, passkey: "", statementHash: "" };
  const smooth = { ...record, deviations: [], seams: [], signatures: record.signatures.map((one) => ({ ...one, signed: agreed })) };
  expect(recital(smooth)).toContain("No deviation was noted. Every participant signed that the transcript says what happened.");
  const ended = { ...record, keys: [], ending: { kind: "aborted" as const, reason: "the token was not the one expected." } };
  expect(recital(ended)).toContain("The ceremony was ended before its last step: the token was not the one expected. No key was made.");
});

test("a clock is ahead, or behind with a minus, to the hundredth of a second", () => {
  expect([120, -4210, 0, -3].map(drift)).toEqual(["0.12 s", "\u22124.21 s", "0.00 s", "0.00 s"]);
});
