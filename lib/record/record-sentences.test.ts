import { expect, test } from "vitest";
import { seamOf } from "./record-sentences";

const differs = (facts: Readonly<Record<string, string | number>>) => seamOf({ class: "D", step: "list", code: "inventory-differs", facts });

test("a listing that differs is told with what appeared and what vanished, by name", () => {
  expect(differs({ unexpected: 1, missing: 0, appeared: "secret-key stray ab" })).toBe(
    "Not accounted for on the token: 1 (secret-key stray ab). Missing on it: none.",
  );
  expect(differs({ token: "vault", unexpected: 0, missing: 2, vanished: "private-key jwt cd; public-key jwt cd" })).toBe(
    "Not accounted for on token vault: none. Missing on it: 2 (private-key jwt cd; public-key jwt cd).",
  );
});
