import { expect, test } from "vitest";
import type { Performed } from "#lib/ceremony/ceremony";
import { book, OPERATIONS } from "#lib/operations/book";
import { workDone, workOf } from "./room-work";

test("the room has words of its own for every operation", () => {
  for (const { name } of OPERATIONS) {
    const words = workOf({ operation: name, label: "k", token: "t", to: "t", backup: "b", issuer: "k" });
    expect(words).not.toContain(name);
    expect(words).toMatch(/^[a-z]+ing .*[a-z0-9]$/);
  }
});

test("an operation it has no words for is called by its name", () => {
  expect(workOf({ operation: "paint-token", label: "k" })).toBe("paint-token k");
});

test("a folded line never holds a certificate", () => {
  const done = { request: { operation: "issue-certificate", issuer: "root" }, outcome: { certificate: "AAAA" } } as unknown as Performed;
  expect(workDone(done, book)).toBe("certificate signed by root");
});
