import { expect, test } from "vitest";
import type { Performed } from "#lib/ceremony/ceremony";
import { book } from "#lib/operations/book";
import { wordsIn } from "#lib/words/words";
import { workDone, workOf } from "./room-work";

test("what is done is said in the operation's own words, with what the request names", () => {
  const request = { operation: "clone-key", label: "jwt", to: "vault" };
  expect(workOf(request, book)).toBe("bringing jwt into vault");
  expect(workOf(request, book, wordsIn("de"))).toBe("bringt jwt nach vault");
});

test("a token that is not named is the ceremony's own", () => {
  expect(workOf({ operation: "token-health" }, book)).toBe("asking the token who it is and what it can do");
  expect(workOf({ operation: "token-health", token: "vault" }, book)).toBe("asking vault who it is and what it can do");
});

test("an operation that is not in the book is called by its name", () => {
  expect(workOf({ operation: "paint-token", label: "k" }, book)).toBe("paint-token k");
});

test("a folded line never holds a certificate", () => {
  const done = { request: { operation: "issue-certificate", issuer: "root" }, outcome: { certificate: "AAAA" } } as unknown as Performed;
  expect(workDone(done, book)).toBe("certificate signed by root");
});

test("an operation that says nothing of being done is told by its facts, named in the reader's language", () => {
  const inventory = { keys: 2, made: 1, before: 1, unexpected: [], missing: [], changed: [] };
  const done = { request: { operation: "list-keys" }, outcome: { inventory } } as unknown as Performed;
  expect(workDone(done, book)).toContain("All keys in inventory: 2, Made in this ceremony: 1");
  expect(workDone(done, book, wordsIn("de"))).toContain("Alle Schlüssel im Bestand: 2, In dieser Zeremonie erzeugt: 1");
});
