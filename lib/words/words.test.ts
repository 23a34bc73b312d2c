import { readdirSync } from "node:fs";
import path from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, it } from "vitest";
import { english } from "./english";
import { german } from "./german";
import { languageAsked, languageOf } from "./language";
import { wordsIn } from "./words";

type Texts = { readonly [key: string]: string | Texts };
type Ast = ReturnType<InstanceType<typeof IntlMessageFormat>["getAst"]>;

/** Words that both languages share: names, units, abbreviations. */
const ALIKE = new Set(["frame.hsm", "parts.duration.ms", "steps.minutes", "parts.duration.h", "parts.duration.min", "readiness.passkeys.heading", "room.somebody", "room.seam.fact.worker", "room.seam.fact.token", "evidence.hashed", "secondScreen.organisation", "secondScreen.token", "audit.log", "audit.field.person", "audit.sampleFilter", "audit.sampleCheckpoint", "keys.report.csv", "keys.report.pdf", "keys.report.cbom", "keys.one.serial"]);

const flat = (texts: Texts, before = ""): [key: string, text: string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === "string" ? [[`${before}${key}`, text] as [string, string]] : flat(text, `${before}${key}.`),
  );

/** Kinds of parts, as the parser numbers them. */
const [LITERAL, NUMBER, SELECT, PLURAL] = [0, 2, 5, 6];

/** What a message asks for: every placeholder and tag with its kind; of plurals and choices what is inside as well. */
function asked(ast: Ast): string[] {
  return ast.flatMap((part): string[] => {
    const type: number = part.type;
    if (!("value" in part) || type === LITERAL) return [];
    // A number is a number, whether it is said or chosen by.
    const own = [`${String(type === PLURAL ? NUMBER : type)} ${part.value}`];
    if ("options" in part) {
      // Each language has its own plurals, but a choice between words is the same choice.
      const keys = type === SELECT ? Object.keys(part.options).map((key) => `${part.value}=${key}`) : [];
      return [...own, ...keys, ...Object.values(part.options).flatMap((option) => asked(option.value))];
    }
    return "children" in part ? [...own, ...asked(part.children)] : own;
  });
}

const askedBy = (text: string, language: string) => [...new Set(asked(new IntlMessageFormat(text, language).getAst()))].sort();

const messages = flat(english);
const translated = new Map(flat(german));

it("both languages ask each message for the same, and every message can be read", () => {
  const differing = messages.flatMap(([key, text]) => {
    const [ours, theirs] = [askedBy(text, "en"), askedBy(translated.get(key) ?? "", "de")];
    return ours.join() === theirs.join() ? [] : [`${key}: ${ours.join()} / ${theirs.join()}`];
  });
  expect(differing).toEqual([]);
});

it("the two languages have the same keys", () => {
  expect([...translated.keys()].sort()).toEqual(messages.map(([key]) => key).sort());
});

it("no text was left in English, but for words that both languages share", () => {
  const alike = messages.filter(([key, text]) => /\p{L}{2}/u.test(text.replaceAll(/[{<][^}>]*[}>]/g, "")) && translated.get(key) === text).map(([key]) => key);
  expect(alike.filter((key) => !ALIKE.has(key))).toEqual([]);
  expect([...ALIKE].filter((key) => !alike.includes(key))).toEqual([]);
});

it("every file of texts is an area of its name, in both languages", () => {
  const inFolder = (name: string) =>
    readdirSync(path.join(import.meta.dirname, name)).map((file) => file.replace(/\.ts$/, "").replaceAll(/-(\w)/g, (_, one: string) => one.toUpperCase())).sort();
  expect(inFolder("en")).toEqual(Object.keys(english).sort());
  expect(inFolder("de")).toEqual(Object.keys(english).sort());
});

it("what is asked for tells messages apart", () => {
  expect(askedBy("{n, plural, one {# key} other {# keys}} of {name}", "en")).toEqual(askedBy("{name}: {n, plural, one {ein} other {#}}", "de"));
  expect(askedBy("{a}", "en")).not.toEqual(askedBy("{b}", "de"));
  expect(askedBy("{a}", "en")).not.toEqual(askedBy("{a, number}", "de"));
  expect(askedBy("{a, select, x {1} other {2}}", "en")).not.toEqual(askedBy("{a, select, y {1} other {2}}", "de"));
  expect(askedBy("<b>{a}</b>", "en")).not.toEqual(askedBy("{a}", "de"));
});

it("a reader gets the language they chose, else what their browser asks for first, else English", () => {
  expect(languageOf("de", "en")).toBe("de");
  expect(languageOf(undefined, "fr-CH, fr;q=0.9, en;q=0.7, de;q=0.8")).toBe("de");
  expect(languageOf("xx", "fr, *;q=0.5")).toBe("en");
  expect(languageOf(undefined, "de;q=0")).toBe("en");
  expect(languageOf(undefined, null)).toBe("en");
  expect(languageAsked(new Headers({ cookie: "a=b; claviger-language=de", "accept-language": "en" }))).toBe("de");
  expect(languageAsked(new Headers({ "accept-language": "de-AT" }))).toBe("de");
});

it("texts are said in the language asked for", () => {
  expect(wordsIn("en").of("frame")("signOut")).toBe("Sign out");
  expect(wordsIn("de").of("frame")("appearance.dark")).toBe("Dunkel");
});
