import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { scriptHash, stepsOf, type Script } from "#lib/ceremony/script";
import { fromHex, sha256Hex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { book } from "#lib/operations/book";
import { printedText } from "#lib/record/printed-text";
import { readPdf, textOf } from "#lib/record/read-pdf";
import { readScript } from "#lib/script-source/read-script";
import { drawScript } from "./draw-script";
import { LEGENDS } from "./script-legend";
import { inFours } from "./hash-block";
import type { ScriptPrint } from "./script-print";
import { inflate } from "./sealing.under-test";
import { GlyphFault } from "./typefaces";

const file = path.join(import.meta.dirname, "..", "ceremony", "scripts", "production-key-generation.yaml");
const read = readScript(readFileSync(file, "utf8"), file, book);
if (!read.ok) throw new Error(read.refusal[0]?.sentence);
const { script, hash } = read.value;

const printOf = (change: Partial<ScriptPrint> = {}): ScriptPrint => ({
  ...{ script, hash, copies: 2, book, occasion: null, serial: null, printed: new Date("2026-11-22T18:00:00.000Z") },
  address: (step) => `https://claviger.example/scripts/${hash}#${step ?? ""}`,
  ...change,
});
const pagesOf = async (print: ScriptPrint): Promise<string[]> => printedText(readPdf(await drawScript(print)), inflate);

/** The script with what people say replaced. */
const saying = (say: string): Script => ({
  ...script,
  acts: script.acts.map((act) => ({ ...act, steps: act.steps.map((step) => ({ ...step, say })) })),
});

/** As it is copied from the page: without the spaces, which stand between pieces and not in them. */
const bare = (text: string) => text.replaceAll(/\s/g, "");

/** Of the document and of every element that has one of its own. */
const languagesIn = ({ objects }: ReturnType<typeof readPdf>): ReadonlySet<string> =>
  new Set(
    [...objects.values()].flatMap(({ value }) => {
      const lang = value instanceof Object && "entries" in value && value.entries instanceof Map ? value.entries.get("Lang") : undefined;
      return lang === undefined ? [] : [textOf(lang)];
    }),
  );

let pages: string[];
let copy: string[];
beforeAll(async () => {
  pages = await pagesOf(printOf());
  copy = pages.slice(0, pages.length / 2);
});

describe("every page", () => {
  test("has the hash in hex and in words, its number, and the number of its copy", () => {
    const words = bare(hashWords(fromHex(hash)).join(""));
    pages.forEach((page, i) => {
      expect(page).toContain(inFours(hash));
      expect(bare(page)).toContain(words);
      expect(page).toContain(`Page ${String((i % copy.length) + 1)} of ${String(copy.length)}`);
      expect(page).toContain(`Copy ${i < copy.length ? "1" : "2"} of 2`);
    });
  });
  test("of another copy says the same", () => {
    const other = pages.slice(copy.length).map((page) => page.replaceAll("Copy 2", "Copy 1"));
    expect(other).toEqual(copy);
  });
  test("with steps on it leads to the first of them", () => {
    const leads = copy.flatMap((page) => /leads to step ([\w-]+)/.exec(page)?.[1] ?? []);
    expect(leads.slice(0, 3)).toEqual(["policy", "serial", "master-key"]);
    for (const step of leads) expect(stepsOf(script).map((one) => one.step)).toContain(step);
  });
});

test("every step is there once, with its words, its sentence and its columns, whole on one page", () => {
  for (const step of stepsOf(script)) {
    // The words of the last step are repeated over the signatures.
    const on = copy.filter((page) => bare(page).includes(bare(step.title)) && bare(page).includes(bare(step.say)));
    expect(on, step.step).toHaveLength(1);
    expect(on[0]).toContain("Initials");
  }
  expect(bare(copy.join(""))).toContain(bare("Generate an RSA-4096 signing key named jwt-signing-2026-11"));
});

test("no heading of an act stands at the foot of a page without a step below it", () => {
  script.acts.forEach(({ title, steps }, i) => {
    const page = copy.find((text) => text.includes(`Act ${String(i + 1)}. ${title}`)) ?? "";
    expect(bare(page), title).toContain(bare(steps[0]?.say ?? "no step"));
  });
});

test("there are five exception sheets, each a page", () => {
  const sheets = copy.filter((page) => page.includes("Exception sheet"));
  expect(sheets).toHaveLength(5);
  sheets.forEach((page, i) => {
    for (const words of [
      `Exception sheet P${String(i + 1)} of 5`,
      "What was expected",
      "What happened",
      "What was decided",
      "Initials of everyone",
      "Not used",
    ])
      expect(page).toContain(words);
  });
});

test("nothing on paper says rehearsal or production beside what the script says of itself", () => {
  expect(copy.join("")).not.toMatch(/REHEARSAL/);
});

test("a ceremony's own print names it and its token", async () => {
  const own = (await pagesOf(printOf({ copies: 1, occasion: { id: "c-1234", title: "Winter keys" }, serial: "9f3a77" }))).join(
    "",
  );
  expect(own).toContain("Winter keys");
  expect(own).toContain("9f3a77");
  expect(own).not.toContain("(its serial number)");
});

test("the same print is the same file, and another copy another one", async () => {
  const bytes = sha256Hex(await drawScript(printOf({ copies: 1 })));
  expect(sha256Hex(await drawScript(printOf({ copies: 1 })))).toBe(bytes);
  expect(sha256Hex(await drawScript(printOf({ copies: 3 })))).not.toBe(bytes);
});

test("a step longer than a page goes on over the next, under the heads of its columns", async () => {
  const long = saying("This sentence is read aloud and does not come to its end. ".repeat(60));
  const texts = await pagesOf(printOf({ copies: 1, script: long, hash: scriptHash(long) }));
  expect(texts.filter((page) => page.includes("continued")).length).toBeGreaterThan(10);
});

/** Everything that the forms print, as it stands in the code. */
const formSources = () =>
  ["script-cover", "script-steps", "script-furniture", "exception-sheets"]
    .map((file) => readFileSync(path.join(import.meta.dirname, `${file}.ts`), "utf8"))
    .join("\n");

test("what the script says in another language stands under its own, smaller, and is tagged as that language", async () => {
  const [act, ...acts] = script.acts;
  const [first, ...steps] = act?.steps ?? [];
  if (!act || first?.kind !== "statement") throw new Error("the script begins with a statement");
  const others = { title: "Schlüssel erzeugen", purpose: "Damit Schlüssel da sind.", prerequisites: script.prerequisites.map(() => "Ja."), equipment: script.equipment.map(() => "Da.") };
  const inGerman: Script = {
    ...script,
    in: { de: others },
    acts: [{ ...act, steps: [{ ...first, in: { de: { title: "Grundsätze", say: "Niemand handelt allein." } } }, ...steps] }, ...acts],
  };
  const pdf = readPdf(await drawScript(printOf({ copies: 1, script: inGerman, hash: scriptHash(inGerman) })));
  const said = (await printedText(pdf, inflate)).find((page) => bare(page).includes(bare(first.say))) ?? "";
  expect(bare(said).indexOf("Niemandhandeltallein.")).toBeGreaterThan(bare(said).indexOf(bare(first.say)));
  expect(languagesIn(pdf)).toEqual(new Set(["en", "de"]));
  // Whoever fills in the form by hand finds each of its printed words explained.
  const form = bare((await printedText(pdf, inflate)).join(""));
  expect(form.includes(bare(LEGENDS["de"]?.heading ?? ""))).toBe(true);
  const { in: _, ...alone } = script;
  const plain = await printedText(readPdf(await drawScript(printOf({ copies: 1, script: alone, hash: scriptHash(alone) }))), inflate);
  expect(plain.some((page) => page.includes("Vordruck"))).toBe(false);
  const [heads = [], sources] = [LEGENDS["de"]?.words.flatMap(([english]) => english.split(/, (?=[A-Z])/)), formSources()];
  expect(heads.filter((word) => !sources.includes(word))).toEqual([]);
});

test("text that no typeface can set is a fault that names the sign", async () => {
  await expect(drawScript(printOf({ copies: 1, script: saying("a\u200bb") }))).rejects.toThrow(GlyphFault);
});
