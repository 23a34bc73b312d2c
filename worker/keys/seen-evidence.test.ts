import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { EvidenceWithheld, SeenEvidence } from "./seen-evidence";

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(path.join(tmpdir(), "claviger-seen-"));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const [one, two] = [{ version: 1, hash: "r1" }, { version: 2, hash: "r2" }];
const first = { outcomes: { one: { seq: 7, entry: "aa" } }, papers: ["p1"], rosters: [one, two] };

test("what was seen stays seen over a start anew; more may come", () => {
  const place = folder();
  new SeenEvidence(place).hold(first);
  const again = new SeenEvidence(place);
  again.hold(first);
  again.hold({ outcomes: { one: { seq: 9, entry: "bb" }, two: { seq: 1, entry: "cc" } }, papers: ["p1", "p2"], rosters: [one, two, { version: 3, hash: "r3" }] });
  expect(() => new SeenEvidence(place).hold(first)).toThrow(EvidenceWithheld);
});

test.each<[string, Parameters<SeenEvidence["hold"]>[0]]>([
  ["a ceremony", { ...first, outcomes: {} }],
  ["its last outcome", { ...first, outcomes: { one: { seq: 5, entry: "zz" } } }],
  ["an outcome that has another in its place", { ...first, outcomes: { one: { seq: 7, entry: "zz" } } }],
  ["a change or a grant", { ...first, papers: [] }],
  ["the newest roster", { ...first, rosters: [one] }],
  ["a roster that has another in its place", { ...first, rosters: [one, { version: 2, hash: "other" }] }],
  ["any roster", { ...first, rosters: [] }],
])("refuses to go on without %s that it saw", (_, now) => {
  const place = folder();
  new SeenEvidence(place).hold(first);
  expect(() => new SeenEvidence(place).hold(now)).toThrow(EvidenceWithheld);
});

test("a later roster may be trusted by itself, and those before it are asked for no more", () => {
  const place = folder();
  new SeenEvidence(place).hold(first);
  new SeenEvidence(place).hold({ ...first, rosters: [two] });
  expect(() => new SeenEvidence(place).hold({ ...first, rosters: [{ version: 1, hash: "r1" }] })).toThrow(EvidenceWithheld);
});

test("a memory of before rosters were remembered is read", () => {
  const place = folder();
  writeFileSync(path.join(place, "seen-evidence.json"), '{"outcomes":{},"papers":["p1"]}');
  expect(() => new SeenEvidence(place).hold({ ...first, papers: [] })).toThrow(EvidenceWithheld);
  new SeenEvidence(place).hold(first);
});

test("a memory that cannot be read is no empty one", () => {
  const place = folder();
  writeFileSync(path.join(place, "seen-evidence.json"), "{");
  expect(() => new SeenEvidence(place).hold(first)).toThrow(EvidenceWithheld);
});

test("the number of the last share of encryptions is remembered over a start anew, by key", () => {
  const place = folder();
  expect(new SeenEvidence(place).lastShare("k")).toBe(-1);
  new SeenEvidence(place).noteShare("k", 7);
  new SeenEvidence(place).noteShare("other", 1);
  expect([new SeenEvidence(place).lastShare("k"), new SeenEvidence(place).lastShare("other")]).toEqual([7, 1]);
  writeFileSync(path.join(place, "encryption-shares.json"), "{");
  expect(() => new SeenEvidence(place).lastShare("k")).toThrow(EvidenceWithheld);
});

test("a key whose shares were given twice is marked over a start anew, until its file is deleted", () => {
  const place = folder();
  const seen = new SeenEvidence(place);
  seen.withholdShares("ab12");
  expect([new SeenEvidence(place).areSharesWithheld("ab12"), seen.areSharesWithheld("ab13")]).toEqual([true, false]);
  rmSync(seen.withheldPath("ab12"));
  expect(new SeenEvidence(place).areSharesWithheld("ab12")).toBe(false);
  expect(() => seen.withheldPath("../ab12")).toThrow(EvidenceWithheld);
});

test("a refused PIN stays refused over a start anew, and another is another", () => {
  const place = folder();
  expect(new SeenEvidence(place).wasPinRefused("written 1")).toBe(false);
  new SeenEvidence(place).notePinRefused("written 1");
  expect(new SeenEvidence(place).wasPinRefused("written 1")).toBe(true);
  expect(new SeenEvidence(place).wasPinRefused("written 2")).toBe(false);
});
