import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { GERMAN_REASONS } from "./german-reasons";
import { reasonIn } from "./reason-in";

const root = path.resolve(import.meta.dirname, "../..");
const isCode = (file: string) => file.endsWith(".ts") && !/\.(?:test|under-test)\./.test(file);

/** Whoever says why something was not to be had or cannot be read, in one text that others hand on. */
const SPEAKERS = [
  ...readdirSync(path.join(root, "lib/x509")).filter(isCode).map((file) => `lib/x509/${file}`),
  ...["cms", "time-stamp"].map((file) => `lib/record/${file}.ts`),
  ...["time-stamp-client", "seal-pdf", "stamp-seal", "typefaces"].map((file) => `lib/pdf/${file}.ts`),
  ...["attempts", "close-ceremony", "seal-record", "stamp-marks"].map((file) => `worker/${file}.ts`),
  ...["check-log", "kept-log", "log-keeper", "thing-leaf"].map((file) => `worker/log/${file}.ts`),
];

/** Every text of several words in this source, with its places numbered; what a mistake of ours would throw is none of them. */
function saidIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isRegularExpressionLiteral(node)) return;
    if (ts.isNewExpression(node) && ["Error", "RegExp"].includes(node.expression.getText()) && !file.endsWith("seal-record.ts")) return;
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) {
      found.push(node.head.text + node.templateSpans.map(({ literal }, i) => `{${String(i)}}${literal.text}`).join(""));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true));
  // Not what goes into a log or a file.
  return found.filter((one) => !/^(?:log: |-----)/.test(one)).filter((one) => /\p{L}{2,}[:,]? [^"]*[\p{L}}]/u.test(one) || one === "it");
}

/** Values that are said of a row that differs, each by one word, and what comes of them. */
const DIFFERS = ["{0}: changed", "{0}: missing", "{0}: not-in-the-log", "{0}: unreadable", "entries"];
const said = new Set([...SPEAKERS.flatMap((file) => saidIn(file, readFileSync(path.join(root, file), "utf8"))), ...DIFFERS]);

test("every reason that the worker and the readers give stands in German, and nothing else does", () => {
  expect(said.size).toBeGreaterThan(100);
  expect([...said].filter((text) => !Object.hasOwn(GERMAN_REASONS, text))).toEqual([]);
  expect(Object.keys(GERMAN_REASONS).filter((text) => !said.has(text))).toEqual([]);
});

test("a reason in the code is found, and what only a mistake of ours would throw is not", () => {
  expect(saidIn("a.ts", 'must(ok, "DER: a new one"); throw new SealFault(`no place for ${n} bytes`);')).toEqual(["DER: a new one", "no place for {0} bytes"]);
  expect(saidIn("a.ts", 'import { x } from "a b"; throw new Error("nobody calls it so"); const kind = "sequence";')).toEqual([]);
});

test("both languages speak of the same things", () => {
  const places = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join();
  expect(Object.entries(GERMAN_REASONS).filter(([english, german]) => places(english) !== places(german))).toEqual([]);
});

test("a reason is said in German with its values, and so is a reason inside of it", () => {
  const inGerman = (text: string) => reasonIn(text, "de");
  expect(inGerman("the time-stamp authority does not answer within 15 seconds")).toBe("die Zeitstempelstelle antwortet nicht innerhalb von 15 Sekunden");
  expect(inGerman("the time-stamp authority's answer cannot be read: DER: tag 30 where 2 belongs")).toBe(
    "die Antwort der Zeitstempelstelle lässt sich nicht lesen: DER: Kennung 30, wo 2 hingehört",
  );
  expect(inGerman("audit events after audit event 7: unreadable")).toBe("Ereignisse der Aufsicht nach Ereignis 7 der Aufsicht: nicht lesbar");
  expect(inGerman("the log keys.example/log has 3 leaves and had 5: it was rolled back")).toBe("das Log keys.example/log hat 3 Blätter und hatte 5: Es wurde zurückgesetzt");
  expect(inGerman("the record of c-1 does not pass its own verifier: byte-range: one byte is left out")).toBe(
    "die Niederschrift von c-1 besteht die eigene Prüfung nicht: „Gilt die Signatur für jedes Byte außer ihren eigenen?“ Nein: „one byte is left out“",
  );
  expect(inGerman("something that nobody foresaw")).toBeNull();
  expect(reasonIn("DER: not a time", "en")).toBe("DER: not a time");
});
