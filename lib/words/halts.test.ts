import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { INVARIANTS } from "#lib/ceremony/refusal";
import { english } from "./english";
import { haltMeaning } from "./halt-meaning";
import { LANGUAGES } from "./language";
import { wordsIn } from "./words";

const root = path.resolve(import.meta.dirname, "../..");
const isCode = (file: string) => file.endsWith(".ts") && !/\.(?:test|under-test)\./.test(file);

/** Whoever may name why work at a token came to a halt, or why a token is not there. */
const SPEAKERS = [
  ...["lib/operations", "lib/token", "worker/token", "worker/backup"].flatMap((folder) =>
    readdirSync(path.join(root, folder)).filter(isCode).map((file) => `${folder}/${file}`),
  ),
  ...["perform-step", "gather-secrets", "other-tokens", "worker-parts"].map((file) => `worker/${file}.ts`),
];

/** Names of algorithms and mechanisms, and findings and answers inside of one part that give another name to who asked. */
const NO_HALTS = new Set([
  ...["P-256", "P-384", "P-521"],
  ...["GAVE-OUT-PRIVATE-PART", "LET-ATTRIBUTE-BE-LOOSENED", "LET-COPY-BE-LOOSENED", "WRAPPED-UNEXTRACTABLE-KEY"],
  ...["MARKED-EXTRACTABLE", "MARKED-NOT-SENSITIVE", "NOT-ALWAYS-UNEXTRACTABLE", "NOT-ALWAYS-SENSITIVE"],
  ...["UNCLEAR-ANSWER", "WRAPPING-NOT-TRIED", "READING-NOT-TRIED"],
  ...["ARCHIVE-DAMAGED", "KEY-WRONG", "NO-ARCHIVE"],
  // Of a block, which is said by the worker's own sentences.
  "CLOCK-AHEAD",
]);
const OF_KEYS = /^(?:EC|RSA|AES|HMAC|SHA|AWS)-/;

/** Each stable name in this source, without what is added behind a blank. */
function namesIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const said = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text.trim() : "";
    if (/^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/.test(said) && !OF_KEYS.test(said)) found.push(said);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true));
  return found;
}

/** Names that are put together, or have one word only. */
const OTHERS = ["PARAMETERS", "EXPORTABLE", "NOT-SHOWN"];
const named = new Set([...SPEAKERS.flatMap((file) => namesIn(file, readFileSync(path.join(root, file), "utf8"))), ...OTHERS]);
const isSecret = (name: string) => wordsIn("en").of("room").has(`halt.secret.${name}` as "halt.secret.INTERRUPTED");

test("whatever may have brought work to a halt has a sentence in every language, beside its stable name", () => {
  expect(named.size).toBeGreaterThan(90);
  for (const language of LANGUAGES) {
    const bare = [...named].filter((name) => !NO_HALTS.has(name) && !isSecret(name) && haltMeaning(name, wordsIn(language)) === null);
    expect([language, bare]).toEqual([language, []]);
  }
});

test("no sentence stands for a name that nobody gives, but for PKCS#11's own", () => {
  const idle = Object.keys(english.halts).filter((name) => !named.has(name) && !/^CKR_[A-Z_]+$/.test(name));
  expect(idle).toEqual([]);
  expect([...NO_HALTS].filter((name) => !named.has(name))).toEqual([]);
});

test("a rule that refuses what came back is said by the rule's own sentence; what stands behind a name is left to it", () => {
  for (const rule of INVARIANTS) expect(haltMeaning(rule, wordsIn("de"))).toMatch(/\p{L}{2}/u);
  expect(haltMeaning("CHILD-ENDED SIGKILL", wordsIn("de"))).toBe("Der Prozess, der mit dem Modul arbeitet, endete.");
  expect(haltMeaning("CKR_VENDOR_DEFINED", wordsIn("de"))).toBeNull();
});

test("a new name is seen", () => {
  expect(namesIn("a.ts", 'no("KEY-IS-BLUE"); throw new TokenFault("start", null, `WRONG-SIZE ${n}`); algorithm("EC-P256");')).toEqual(["KEY-IS-BLUE", "WRONG-SIZE"]);
});
