import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { keySight, type KeySight } from "#lib/conduct/register-view";
import { EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "#lib/register/evidence.under-test";
import { wordsIn } from "#lib/words/words";
import { KeyPicture } from "./key-picture";

const recorded = new RecordedCeremonies();
await recorded.hold("c-1", 0, EXAMPLE_PAIR);
const active = await endorsed(changeOf(recorded.key(EXAMPLE_PAIR.label), "active", 1, { facts: { cryptoperiodDays: 90 } }));
const sight = keySight(recorded.key(EXAMPLE_PAIR.label, [active]), () => null, dayAt(10));
const waiting = keySight(recorded.key(EXAMPLE_PAIR.label), () => null, dayAt(10));
const many = (n: number, like: KeySight): KeySight[] =>
  Array.from({ length: n }, (_, i) => ({ ...like, key: { ...like.key, key: `${like.key.state} ${String(i)}`, label: `${like.key.state}-${String(i)}` } }));

const drawn = (keys: readonly KeySight[]): string =>
  renderToStaticMarkup(KeyPicture({ keys, at: dayAt(10), words: wordsIn("en").of("keys"), locale: "en-GB" }));
const told = (picture: string): string[] => [...picture.matchAll(/<svg [^>]*aria-label="([^"]*)"/g)].map(([, label = ""]) => label);

test("a few keys are told one by one", () => {
  const picture = drawn(many(3, sight));
  expect(told(picture)).toHaveLength(1);
  expect(told(picture)[0]).toMatch(/^active-0: active since .*, protects until .*; active-1: .*; active-2: /);
  expect(picture).not.toContain("<details>");
});

test("of five hundred the first forty are told one by one, and the others folded away and counted, each drawn once", () => {
  const picture = drawn([...many(480, waiting), ...many(20, sight)]);
  const [first = "", rest = "", ...more] = told(picture);
  expect(more).toEqual([]);
  expect(first.split("; ")).toHaveLength(40);
  expect(first).toContain("active-19: active since");
  expect(rest).toBe("460 keys, 0 of them due; each is in the list below; 460 not yet active");
  expect(picture.indexOf("active-19<")).toBeLessThan(picture.indexOf("<details>"));
  expect(picture).toContain("460 more keys");
  expect(picture.match(/<pattern id="[^"]*"/g)).toEqual(['<pattern id="processes"', '<pattern id="processes-rest"']);
  expect(picture.match(/<tspan class="measured"/g)).toHaveLength(500);
});
