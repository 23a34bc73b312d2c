import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { operationsOf, stepsOf } from "#lib/ceremony/script";
import { notStricter } from "#lib/ceremony/stricter";
import { book } from "#lib/operations/book";
import { PROFILES } from "#lib/token/profile";
import { lintSource } from "./lint-source";

const folder = path.join(import.meta.dirname, "..", "ceremony", "scripts");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const linted = (name: string) => lintSource(readFileSync(path.join(folder, name), "utf8"), { book, profiles: PROFILES });
const scriptIn = (name: string) => {
  const { script } = linted(name);
  if (!script) throw new Error(`${name} is no script`);
  return script;
};

describe.each(files)("%s", (name) => {
  test("has neither errors nor warnings, for the kind of HSM it names", () => {
    expect(linted(name).findings.filter(({ severity }) => severity !== "advice")).toEqual([]);
  });

  test("is called as its script is", () => {
    expect(`${scriptIn(name).script}.yaml`).toBe(name);
  });

  test("asks of operations what the published schema knows", () => {
    for (const request of stepsOf(scriptIn(name)).flatMap(operationsOf)) {
      const { operation, ...parameters } = request;
      expect(Object.keys(book.find(operation)!.parameters), operation).toEqual(expect.arrayContaining(Object.keys(parameters)));
    }
  });
});

test("an emergency script is stricter than the ordinary one that it stands in for, whose rule is what it calls usual", () => {
  const scripts = files.map(scriptIn);
  const found = scripts.flatMap((script) => (script.emergency ? [{ script, ...script.emergency }] : []));
  expect(found.map(({ script }) => script.script)).toEqual(["emergency-key-compromise"]);
  for (const { script, instead, usual } of found) {
    const ordinary = scripts.find((one) => one.script === instead)!;
    expect(notStricter(script, ordinary)).toEqual([]);
    expect(usual).toEqual({ approve: ordinary.quorum.approve, of: ordinary.quorum.of });
  }
});

test("production asks everywhere for the same duties, for passkeys tested within 30 days, and for a go / no-go", () => {
  const production = files.map(scriptIn).filter(({ environment }) => environment === "production");
  expect(production.length).toBe(files.length);
  const asked = new Set(production.map(({ duties, passkeys }) => JSON.stringify([duties, passkeys?.tested?.days])));
  expect([...asked]).toEqual([expect.stringMatching(/"days":365.*,30\]$/)]);
  expect(production.filter(({ goNoGo }) => !goNoGo)).toEqual([]);
});
