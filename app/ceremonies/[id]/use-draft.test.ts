import { expect, test } from "vitest";
import { markTyped } from "./use-draft";

/** As a browser's tab keeps texts. */
function tab(texts: Readonly<Record<string, string>>): Storage {
  const kept = new Map(Object.entries(texts));
  return {
    get length() {
      return kept.size;
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
    clear: () => {
      kept.clear();
    },
  };
}

test("once it is written down, what was sent is forgotten; what was typed meanwhile, and other forms, are not", () => {
  const kept = tab({ "a/identity/person": "mona", "a/identity/typed": "Passport of Mona", "a/paper/account": "Half a sentence" });
  const forget = markTyped(kept, "a/identity/");
  kept.setItem("a/identity/typed", "Passport of the next");
  forget();
  expect([kept.getItem("a/identity/person"), kept.getItem("a/identity/typed")]).toEqual([null, "Passport of the next"]);
  expect(kept.getItem("a/paper/account")).toBe("Half a sentence");
});
