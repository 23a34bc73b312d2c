import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { book } from "#lib/operations/book";
import { readScript, type SourceFinding } from "./read-script";

const file = "production-key-generation.yaml";
const shipped = readFileSync(path.join(import.meta.dirname, "..", "ceremony", "scripts", file), "utf8");

/** The shipped script with one text in it replaced: it must be there, or the test would test nothing. */
function edited(from: string | RegExp, to: string): string {
  const changed = shipped.replace(from, () => to);
  if (changed === shipped) throw new Error(`the shipped script has no ${String(from)}`);
  return changed;
}

/** The findings of a refusal, which has to come fast whatever was sent. */
function findings(yaml: string): SourceFinding[] {
  const before = process.cpuUsage();
  const read = readScript(yaml, "s.yaml", book);
  // Work, not waiting: a busy machine does not make this fail.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(800);
  if (read.ok) throw new Error("the script was accepted");
  return read.refusal;
}

/** Where the text stands in the file: what a finding about it has to say. */
function lineOf(yaml: string, text: string): number {
  const at = yaml.lastIndexOf(text);
  if (at < 0) throw new Error(`the file has no ${text}`);
  return yaml.slice(0, at).split("\n").length;
}

describe("the production script", () => {
  test("is accepted, and its hash is the one that was reviewed", () => {
    const read = readScript(shipped, file, book);
    expect(read.ok ? read.value.hash : read.refusal).toBe("8c448e82344db1330fa493348858daa29cf8947f6c01877a01cedc21973236b1");
  });

  test("has the same hash in another layout: line ends, comments, order and quotes do not change what people sign", () => {
    const relaid = edited("minutes: 105\n", "# one hour and three quarters\n").replace("edition: 1\n", "minutes:  105\n'edition': 1\n").replaceAll("\n", "\r\n");
    const read = readScript(relaid, file, book);
    expect(read.ok && read.value.hash).toBe("8c448e82344db1330fa493348858daa29cf8947f6c01877a01cedc21973236b1");
  });

  test("has another hash for another word", () => {
    const read = readScript(edited("Anybody may stop the ceremony", "Nobody may stop the ceremony"), file, book);
    expect(read.ok && read.value.hash).not.toBe("8c448e82344db1330fa493348858daa29cf8947f6c01877a01cedc21973236b1");
  });
});

describe("a script that cannot be performed as written is refused at its line, in a sentence", () => {
  test.each<[string, string | RegExp, string, string, string]>([
    ["an unknown key", "minutes: 105", "minutes: 105\nminuets: 3", "minuets", "There is no minuets here."],
    ["an unknown key in a step", "        minutes: 5\n", "        minuets: 5\n", "minuets", "There is no minuets here."],
    ["a key given twice", "edition: 1", "edition: 1\nedition: 2", "edition: 2", "edition is given twice."],
    ["a missing title", /^title: .*\n/m, "", "script: production", "title is missing."],
    ["a number that is text", "minutes: 105", "minutes: long", "minutes: long", "minutes must be a number."],
    ["half a minute", "minutes: 105", "minutes: 9.5", "minutes: 9.5", "minutes must be a whole number."],
    ["an edition before the first", "edition: 1", "edition: 0", "edition: 0", "edition must be at least 1."],
    ["an approval that may wait for days", "expires: { minutes: 45 }", "expires: { minutes: 9999 }", "expires:", "minutes must be at most 240."],
    ["an unknown environment", "environment: production", "environment: staging", "environment: staging", "environment must be one of production, test."],
    ["an unknown kind of step", "kind: attendance", "kind: party", "kind: party", "kind must be one of statement, attendance, check, operation"],
    ["an id that is a sentence", "step: policy", "step: Our Policy", "step: Our Policy", "step is an id: small letters, digits and hyphens"],
    ["yes in the way of YAML 1.1", "physical: true", "physical: yes", "physical: yes", "physical must be true or false."],
    ["an empty sentence to say", /say: Both cameras.*/, 'say: ""', 'say: ""', "say must not be empty."],
    ["an unknown role", "by: [witness]", "by: [witnesses]", "by: [witnesses]", "by must be one of administrator, operator"],
    ["an id used twice", "step: video", "step: policy", "step: policy\n        kind: evidence", "The id policy is used twice"],
    ["a quorum of one", "{ approve: 3, of: 5 }", "{ approve: 1, of: 5 }", "approve: 1", "A quorum of one is one person deciding alone"],
    ["a quorum larger than the custodians", "{ approve: 3, of: 5 }", "{ approve: 6, of: 5 }", "approve: 6", "asks for 6 of 5 custodians"],
    ["a step nobody may perform", /by: \[witness\]/, "by: [custodian]", "by: [custodian]", "Nobody may perform this step"],
    ["a witness whom nobody can check", "witnesses: { least: 3 }", "witnesses: { least: 1 }", "witnesses: { least", "Attendance needs two witnesses"],
    ["a step after the sign-off", /$/, "      - { step: late, kind: pause, title: Late, say: Wait., by: [operator] }\n", "step: late", "Unreachable: step late"],
    ["a test of a key nobody makes", "operation: prove-not-exportable\n            label: jwt-signing-2026-11", "operation: prove-not-exportable\n            label: other", "operation: prove-not-exportable\n            label: other", "Unreachable: no step before this one makes the key other."],
    ["a key made twice", "label: jwt-signing-2026-11\n            algorithm", "label: master-2026-11\n            algorithm", "operation: generate-key-pair\n            label: master-2026-11", "The key label master-2026-11 is made twice."],
    ["an operation there is not", "operation: token-health", "operation: token-wealth", "operation: token-wealth", "There is no operation called token-wealth."],
    ["a parameter there is not", "            usage: [sign]\n", "            usage: [sign]\n            colour: blue\n", "operation: generate-key-pair\n            label: master", "colour"],
    ["a key that may leave, left unsaid", "            extractable: false\n", "", "operation: generate-key-pair\n            label: master", "extractable"],
    ["no sign-off", /\n {6}- step: signatures[^]*$/, "\n", "step: film-kept", "nobody would sign what happened"],
  ])("%s", (_what, from, to, at, sentence) => {
    const yaml = edited(from, to);
    const found = findings(yaml);
    const mine = found.find((one) => one.sentence.includes(sentence));
    expect(mine, JSON.stringify(found)).toBeDefined();
    expect(mine).toMatchObject({ file: "s.yaml", line: lineOf(yaml, at) });
    expect(found.every((one) => /[.!]$/.test(one.sentence))).toBe(true);
  });

  test("several findings come in the order of the file", () => {
    const found = findings(edited("step: video", "step: policy").replace("approve: 3, of: 5", "approve: 6, of: 5"));
    expect(found.map(({ line }) => line)).toEqual([27, 94]);
  });
});

describe("a text that looks like another is refused where it stands", () => {
  test.each([
    ["a turned reading direction", "Master \u202ekey", "U+202E"],
    ["nothing between letters", "Mas\u200bter key", "U+200B"],
    ["a joiner", "Mas\u200dter key", "U+200D"],
    ["a soft hyphen", "Mas\u00adter key", "U+00AD"],
    ["a tag character", "Master\u{e0041} key", "U+E0041"],
    ["a variation selector", "Master\ufe0f key", "U+FE0F"],
    ["a Hangul filler", "Master\u3164key", "U+3164"],
    ["a line separator", "Master\u2028key", "U+2028"],
    ["a private sign", "Master\ue000key", "U+E000"],
    ["a control character", "Master\u0007key", "U+0007"],
    ["a carriage return alone", "Master\rkey", "U+000D"],
  ])("%s", (_what, text, name) => {
    const yaml = edited("title: Master key\n    in:", `title: ${text}\n    in:`);
    expect(findings(yaml)).toEqual([{ file: "s.yaml", line: 144, column: expect.any(Number), said: expect.anything(), sentence: `The invisible character ${name} may not stand in a script.`, remedy: expect.any(String) }]);
  });

  test.each([["a turned direction", "\\u202E", "U+202E"], ["nothing", "\\u200B", "U+200B"], ["a bell", "\\a", "U+0007"], ["a line end of another kind", "\\L", "U+2028"]])(
    "%s, written as an escape",
    (_what, escape, name) => {
      const found = findings(edited("title: Production key generation", `title: "Production${escape} key"`));
      expect(found).toEqual([{ file: "s.yaml", line: 4, column: 8, said: expect.anything(), sentence: `The invisible character ${name} may not stand in a script.`, remedy: expect.any(String) }]);
    },
  );

  test("in a comment too, and a byte order mark", () => {
    expect(findings(`${shipped}# \u202e`)[0]?.sentence).toContain("U+202E");
    expect(findings(`\ufeff${shipped}`)[0]).toMatchObject({ line: 1, column: 1 });
  });

  test("text that is not NFC, and half a surrogate pair", () => {
    expect(findings(edited("title: Master key\n    in:", `title: ${"Clé maître".normalize("NFD")}\n    in:`))[0]).toMatchObject({ line: 144 });
    expect(findings(edited("title: Production key generation", 'title: "a\\uD83Db"'))[0]).toMatchObject({ line: 4 });
  });
});

describe("YAML that says more than it shows is refused", () => {
  test.each([
    ["an alias", "by: [witness]", "by: *people", "Aliases (*name) are not used in scripts"],
    ["an anchor", "by: [witness]", "by: &people [witness]", "Anchors (&name) are not used in scripts"],
    ["a tag", "title: Production key generation", "title: !secret Production", "Tags (!name) are not used in scripts."],
    ["a tag that decodes", "title: Production key generation", "title: !!binary aGVsbG8=", "Tags (!name) are not used in scripts."],
    ["a merge", "minutes: 105", "minutes: 105\n<<: { edition: 2 }", "There is no << here."],
    ["a directive", /^/, "%YAML 1.1\n---\n", "Directives (%) are not used in scripts."],
    ["a second document", /$/, "\n---\nscript: other\n", "another document begins here"],
    ["a key that is a list", /$/, "\n? [a, b]\n: c\n", "A name here is a plain word."],
    ["a key that is a number", /$/, "\n7: c\n", "A name here is a plain word."],
    ["__proto__", "            usage: [sign]\n", "            usage: [sign]\n            __proto__: { extractable: true }\n", "A name here is a plain word."],
    ["a tab as indentation", "  - act: opening", "\t- act: opening", "lines are indented with blanks, not with tabs"],
  ])("%s", (_what, from, to, sentence) => expect(findings(edited(from, to)).map((one) => one.sentence).join("\n")).toContain(sentence));

  test.each([["nothing", ""], ["a word", "hello"], ["a list", "- a\n- b\n"], ["null", "~"]])("%s", (_what, yaml) =>
    expect(findings(yaml)[0]?.sentence).toMatch(/^The script must be a block of names and values\.$/));
});

describe("a file made to be costly is refused at once", () => {
  const laughs = ["a: &a [x,x,x,x,x,x,x,x,x]", ..."bcdefghij".split("").map((name, i) => `${name}: &${name} [${`*${"abcdefghij"[i]!},`.repeat(9)}]`)].join("\n");
  test.each([
    ["a billion laughs", laughs],
    ["ten megabytes", shipped + "# x\n".repeat(2_600_000)],
    ["open brackets", `a: ${"[".repeat(100_000)}`],
    ["closed brackets", `a: ${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["braces", "{a: ".repeat(50_000)],
    ["dashes", `${"- ".repeat(100_000)}x`],
    ["question marks", `${"? ".repeat(100_000)}x`],
    ["stairs", Array.from({ length: 600 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
    ["more keys than anyone has compared", Array.from({ length: 20_000 }, (_, i) => `k${String(i)}: 1`).join("\n")],
    ["one long line", `a: ${"x".repeat(250_000)}`],
    ["a quarter of a megabyte of errors", "a: [\n".repeat(50_000)],
    ["anchors without end", `a: ${"&a ".repeat(80_000)}`],
  ])("%s", (_what, yaml) => {
    const found = findings(yaml);
    expect(found.length).toBeLessThanOrEqual(100);
    expect(found[0]).toMatchObject({ file: "s.yaml", line: expect.any(Number), sentence: expect.stringMatching(/[.]$/), remedy: expect.stringMatching(/^[A-Z].*[.]$/) });
  });

  test("brackets in a sentence are no nesting", () => {
    const read = readScript(edited("Nobody leaves the picture", `${"[".repeat(80)} Nobody leaves the picture`), file, book);
    expect(read.ok).toBe(true);
  });

  test("whatever is sent comes back as a value, never as a fault", () => {
    const pieces = fc.constantFrom("script:", " ", "\n", "- ", "  ", "[", "]", "{", "}", ": ", "&a ", "*a", "!!x ", "|", ">-", '"', "'", "#", "%", "\t", "~", "<<: ", "? ", "acts", "\u00e9", "1e999", "-0");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        expect(readScript(parts.join(""), "s.yaml", book).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

test("a script that destroys without a cooling-off time is refused where it is read, and so is never published", () => {
  const yaml = readFileSync(path.join(import.meta.dirname, "..", "ceremony", "scripts", "key-destruction.yaml"), "utf8");
  expect(readScript(yaml, "s.yaml", book).ok).toBe(true);
  const hasty = yaml.replace(/^ *cooling:.*\n/m, "");
  expect(hasty).not.toBe(yaml);
  expect(findings(hasty)).toMatchObject([{ remedy: "Give the step a cooling-off time after the step that condemns." }]);
});
