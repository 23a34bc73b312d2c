import { expect, test } from "vitest";
import { filterFrom, filterQuery, isDay } from "./desk-filter";
import { keysNamed, searchedWords } from "./searched-words";

test("a filter takes what it knows out of an address, and has one spelling", () => {
  const filter = filterFrom({ verdict: "aborted", text: "  Zoë ", until: "2026-02-30", from: "2026-02-28", unknown: "x", key: ["a", "b"], person: "" });
  expect(filter).toEqual({ text: "Zoë", from: "2026-02-28", verdict: "aborted" });
  expect(filterQuery(filter)).toBe("text=Zo%C3%AB&from=2026-02-28&verdict=aborted");
});

test.each([["2028-02-29", true], ["2027-02-29", false], ["2027-13-01", false], ["27-01-01", false]])("%s is a day: %s", (day, is) => {
  expect(isDay(day)).toBe(is);
});

test("what is searched is every text that is said or committed to, without salts, keys and signatures", () => {
  const hash = "ab".repeat(32);
  const said = { title: "Root key", step: { seq: 7, place: { committed: "cd".repeat(32) } }, signature: "A".repeat(86), hash };
  const words = searchedWords(said, [{ path: "/place", salt: "00".repeat(16), value: "Vault 3" }]);
  expect(words.split("\n")).toEqual(["Root key", "7", hash, "Vault 3"]);
});

test("a text longer than an index can hold is cut, and everything else is found", () => {
  expect(searchedWords(Array.from({ length: 200_000 }, (_, i) => `word ${String(i)}`)).length).toBe(200_000);
});

test("keys are named by the entries of operations, and by no others", () => {
  const body = { outcome: { label: "root", ckaId: "01", token: { serial: "s" } }, request: { label: "root" } };
  expect(keysNamed("operation-done", body)).toEqual(["root", "01"]);
  expect(keysNamed("deviation-noted", body)).toEqual([]);
});
