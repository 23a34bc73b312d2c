import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { OPERATIONS, book } from "./book";
import { parametersOf, scriptSchema } from "./script-json-schema";

type Branch = { properties: { operation: { const: string } } & Record<string, unknown> };

/** The branches of operations, wherever the schema has them. */
function branches(schema: unknown): Branch[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, member]) =>
    name === "operations" ? (member as { items: { oneOf: Branch[] } }).items.oneOf : branches(member),
  );
}

test("the published schema is the current one: claviger script schema > public/schema/script.json", () => {
  const published = readFileSync(path.join(import.meta.dirname, "..", "..", "public", "schema", "script.json"), "utf8");
  expect(published).toBe(`${JSON.stringify(scriptSchema, null, 2)}\n`);
});

test("every operation has its branch, with its own parameters and no others", () => {
  expect(branches(scriptSchema).map(({ properties }) => properties.operation.const)).toEqual(OPERATIONS.map(({ name }) => name));
  expect(parametersOf(book.find("generate-key-pair")!)).toEqual(["label", "algorithm", "usage", "extractable", "wrapWithTrusted"]);
  expect(parametersOf(book.find("test-signature")!)).toEqual(["label", "signature"]);
});

describe("the schema knows every parameter that an operation asks for", () => {
  // An operation names what it misses; whatever it names has to be one that the schema can complete.
  test.each(OPERATIONS.map(({ name }) => [name] as const))("%s", (name) => {
    const operation = book.find(name)!;
    const strange = operation.problems({ operation: name, strange: 1 });
    expect(strange).toContain(`${name} has no parameter called strange.`);
    const all = Object.fromEntries(parametersOf(operation).map((parameter) => [parameter, null]));
    expect(operation.problems({ operation: name, ...all }).filter((sentence) => sentence.includes("has no parameter called"))).toEqual([]);
  });
});

test("every member that people write says what it is for", () => {
  const { properties } = scriptSchema as { properties: Record<string, { description?: string }> };
  const plain = ["edition", "title", "environment", "witnesses", "acts"];
  expect(Object.entries(properties).filter(([name, { description }]) => description === undefined && !plain.includes(name))).toEqual([]);
});
