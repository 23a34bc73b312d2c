import { expect, test } from "vitest";
import { drawable, undrawableIn } from "./undrawable-texts";

test("what no typeface shows is found however deep, and replaced by a sign that every record has", () => {
  const value = { title: "Key \u0ba4", steps: [{ say: "a\tb\u202e\n", minutes: 3, none: null }], bytes: Uint8Array.of(1, 2) };
  expect(undrawableIn(value)).toEqual(["U+0BA4", "U+0009", "U+202E"]);
  const shown = drawable(value);
  expect(shown).toEqual({ title: "Key \ufffd", steps: [{ say: "a b\ufffd\n", minutes: 3, none: null }], bytes: Uint8Array.of(1, 2) });
  expect(undrawableIn({ ...shown, bytes: null })).toEqual([]);
});

test("what can be shown stays as it is", () => {
  const text = "Zoë 张伟 עברית 🔑\nשלום";
  expect(drawable([text, `${text}!`])).toEqual([text, `${text}!`]);
});
