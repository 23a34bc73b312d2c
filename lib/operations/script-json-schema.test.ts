import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { OPERATIONS } from "./every-operation";
import { scriptSchema } from "./script-json-schema";

type Branch = { properties: { operation: { const: string } } & Record<string, unknown>; examples: unknown[] };

/** The branches of operations, wherever the schema has them. */
function branches(schema: unknown): Branch[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, member]) =>
    name === "operations" ? (member as { items: { oneOf: Branch[] } }).items.oneOf : branches(member),
  );
}

test("the published schema is the current one: npm run book writes public/schema/script.json", () => {
  const published = readFileSync(path.join(import.meta.dirname, "..", "..", "public", "schema", "script.json"), "utf8");
  expect(published).toBe(`${JSON.stringify(scriptSchema, null, 2)}\n`);
});

test("every operation has its branch, with its own parameters and no others, and an example of its own", () => {
  const found = branches(scriptSchema);
  expect(found.map(({ properties }) => properties.operation.const)).toEqual(OPERATIONS.map(({ name }) => name));
  const parametersOf = (name: string) => Object.keys(found.find(({ properties }) => properties.operation.const === name)?.properties ?? {});
  expect(parametersOf("generate-key-pair")).toEqual(["operation", "label", "algorithm", "usage", "extractable", "wrapWithTrusted"]);
  expect(parametersOf("test-signature")).toEqual(["operation", "label", "signature"]);
  for (const { properties, examples } of found) expect(examples).toEqual([expect.objectContaining({ operation: properties.operation.const })]);
});

test("every member that people write says what it is for", () => {
  const { properties } = scriptSchema as { properties: Record<string, { description?: string }> };
  const plain = ["edition", "title", "environment", "witnesses", "acts"];
  expect(Object.entries(properties).filter(([name, { description }]) => description === undefined && !plain.includes(name))).toEqual([]);
});
