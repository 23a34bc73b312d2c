import { describe, expect, test } from "vitest";
import { completionsAt, type Schema } from "./complete-script";

const word = { type: "string" };
const schema: Schema = {
  type: "object",
  required: ["title", "acts"],
  properties: {
    title: word,
    environment: { type: "string", enum: ["production", "test"] },
    quorum: { type: "object", properties: { approve: { type: "integer" }, of: { type: "integer" } }, required: ["approve"] },
    acts: {
      type: "array",
      items: { type: "object", properties: { act: word, steps: { type: "array", items: { $ref: "#/$defs/step" } } } },
    },
  },
  $defs: {
    step: {
      oneOf: [
        {
          type: "object",
          properties: {
            step: word,
            kind: { const: "statement" },
            by: { type: "array", items: { enum: ["operator", "witness"] } },
          },
          required: ["kind", "by"],
        },
        {
          type: "object",
          properties: {
            step: word,
            kind: { const: "operation" },
            operations: {
              type: "array",
              items: { type: "object", properties: { operation: word, label: word, extractable: { type: "boolean" } } },
            },
          },
          required: ["kind", "operations"],
        },
      ],
    },
  },
};

/** The words offered at the bar in the text. */
function offered(marked: string): string[] {
  const offset = marked.indexOf("|");
  const own = (path: readonly string[]) => (path.at(-1) === "label" ? [{ word: "master", detail: "made before" }] : []);
  return (completionsAt(marked.replace("|", ""), offset, schema, own)?.suggestions ?? []).map((one) => one.word);
}

const step = "acts:\n  - act: one\n    steps:\n      - step: a\n        kind: statement\n";

describe("names", () => {
  test("of the script, those it needs first, those it has left out", () =>
    expect(offered("title: x\n|")).toEqual(["acts", "environment", "quorum"]));
  test("of the script, beside those that stand below", () =>
    expect(offered("|\ntitle: x\nquorum:\n  approve: 2")).toEqual(["acts", "environment"]));
  test("of a step, by its kind", () => {
    expect(offered(`${step}        |`)).toEqual(["by"]);
    expect(offered(`${step.replace("statement", "operation")}        o|`)).toEqual(["operations"]);
  });
  test("of a step that begins", () => expect(offered(`${step}      - |`)).toEqual(["kind", "by", "operations", "step"]));
  test("of an act, when the cursor stands in its column", () => expect(offered(`${step}  - act: two\n    |`)).toEqual(["steps"]));
  test("of an operation", () =>
    expect(
      offered(`${step.replace("statement", "operation")}        operations:\n          - operation: x\n            |`),
    ).toEqual(["label", "extractable"]));
  test("of a quorum in braces", () => expect(offered("quorum: { approve: 3, |")).toEqual(["of"]));
});

test("the texts of another language, whatever it is called", () => {
  const languages = { type: "object", additionalProperties: { type: "object", properties: { title: {}, say: {} }, required: ["title", "say"] } };
  const text = "in:\n  de:\n    title: x\n    ";
  const found = completionsAt(text, text.length, { type: "object", properties: { in: languages } });
  expect(found?.suggestions.map(({ word }) => word)).toEqual(["say"]);
});

describe("values", () => {
  test("from a list", () => expect(offered("environment: pr|")).toEqual(["production", "test"]));
  test("of a kind", () => expect(offered(step.replace("statement", "|"))).toEqual(["statement", "operation"]));
  test("in brackets, and one below the other", () => {
    expect(offered(`${step}        by: [operator, |`)).toEqual(["operator", "witness"]);
    expect(offered(`${step}        by:\n          - |`)).toEqual(["operator", "witness"]);
  });
  test("yes or no", () => expect(offered(`${step}        operations:\n          - extractable: |`)).toEqual(["true", "false"]));
  test("that only the text knows", () =>
    expect(offered(`${step}        operations:\n          - operation: x\n            label: m|`)).toEqual(["master"]));
});

test("nothing in a comment, in a sentence, or right behind a colon", () => {
  for (const text of ["# env|", "title: some words and|", "environment:|"]) expect(offered(text)).toEqual([]);
});

test("the offer replaces what was typed and nothing before it", () => {
  const text = "quorum: { approve: 3, o";
  expect(completionsAt(text, text.length, schema)?.from).toBe(text.length - 1);
});
