import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { operationList } from "#cli/book/operation-list";
import { OPERATIONS } from "./every-operation";
import { operationContract } from "./operation-contract.under-test";

test("the list of operations is the one that the folder gives: npm run book writes it", async () => {
  const list = readFileSync(path.join(import.meta.dirname, "every-operation.ts"), "utf8");
  expect(list).toBe(await operationList(import.meta.dirname));
});

describe.each(OPERATIONS.map((operation) => [operation.name, operation] as const))("%s", (_, operation) => {
  operationContract(operation, OPERATIONS);
});
