import { expect, test } from "vitest";
import type { Ceremony, StepState } from "#lib/ceremony/ceremony";
import { wordsIn } from "#lib/words/words";
import { haltOf, seamTexts } from "./room-halts";
import type { Names } from "./room-names";

const halted = (name: string, language: "en" | "de") => {
  const state = { status: "failed", failure: { fault: { call: "clone-key", name, ckr: null } } };
  return haltOf({} as Ceremony, state as unknown as StepState, { words: wordsIn(language) } as Names);
};

test("why work came to a halt is a sentence in the reader's language, with the stable name beside it", () => {
  expect(halted("COPY-IS-ANOTHER-KEY", "en")).toBe(
    "The copy is another key than the original. It was destroyed. Nothing of this operation is on the token. The code: COPY-IS-ANOTHER-KEY, from clone-key.",
  );
  expect(halted("COPY-IS-ANOTHER-KEY", "de")).toBe(
    "Die Kopie ist ein anderer Schlüssel als das Original. Sie wurde vernichtet. Von diesem Vorgang ist nichts auf dem Token. Der Code: COPY-IS-ANOTHER-KEY, von clone-key.",
  );
  expect(halted("OUTCOME-MATCHES", "de")).toMatch(/OUTCOME-MATCHES/);
  expect(halted("CKR_VENDOR_DEFINED", "de")).toBe(
    "Das Token hat es nicht getan: clone-key antwortete CKR_VENDOR_DEFINED. Von diesem Vorgang ist nichts auf dem Token.",
  );
});

test("nobody is told that nothing is on the token where a refused key may still be", () => {
  expect(halted("ATTRIBUTES-DIFFER", "en")).toContain("Look at the token before the step is opened again.");
  expect(halted("ATTRIBUTES-DIFFER", "en")).not.toContain("Nothing of this operation");
  expect(halted("KEY-STILL-THERE", "de")).toContain("Sehen Sie am Token nach");
});

test("what the worker notes by itself names objects and reasons in the reader's language", () => {
  const half = { class: "C", step: "make", code: "half-key-destroyed", facts: { label: "jwt", parts: "private-key, public-key" } } as const;
  expect(seamTexts(half, wordsIn("de")).happened).toContain("Was davon übrig war: privater Schlüssel, öffentlicher Schlüssel.");
  expect(seamTexts(half, wordsIn("en")).happened).toContain("private-key, public-key.");
  const facts = { altered: "private-key jwt 0a1b: size was 2048, is 4096; and 3 more", vanished: "not offered x 01" };
  const differs = { class: "D", step: "look", code: "inventory-differs", facts } as const;
  const { happened } = seamTexts(differs, wordsIn("de"));
  expect(happened).toContain("privater Schlüssel jwt 0a1b: Größe war 2048, ist 4096; und 3 weitere.");
  expect(happened).toContain("nicht angeboten x 01.");
  const gone = { class: "D", step: "copy", code: "device-given-up", facts: { name: "vault", why: "OTHER-TOKEN-THERE" } } as const;
  expect(seamTexts(gone, wordsIn("de")).happened).toContain("Grund: OTHER-TOKEN-THERE (Das Token ist nicht da).");
});
