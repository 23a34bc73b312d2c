import { expect, test } from "vitest";
import { seamOf } from "./record-sentences";

const differs = (facts: Readonly<Record<string, string | number>>) => seamOf({ class: "D", step: "list", code: "inventory-differs", facts });

test("a listing that differs is told with what appeared, what vanished and what changed, by name", () => {
  expect(differs({ unexpected: 1, missing: 0, changed: 0, appeared: "secret-key stray ab" })).toBe(
    "Not accounted for on the token: 1 (secret-key stray ab). Missing on it: none. Changed on it: none.",
  );
  expect(differs({ token: "vault", unexpected: 0, missing: 2, changed: 0, vanished: "private-key jwt cd; public-key jwt cd" })).toBe(
    "Not accounted for on token vault: none. Missing on it: 2 (private-key jwt cd; public-key jwt cd). Changed on it: none.",
  );
  expect(differs({ unexpected: 0, missing: 0, changed: 1, altered: "private-key jwt cd: SIGN was true, is false" })).toBe(
    "Not accounted for on the token: none. Missing on it: none. " +
      "Changed on it: 1 (private-key jwt cd: SIGN was true, is false).",
  );
});
