import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { operationList } from "#cli/book/operation-list";
import { workDone, workOf } from "#lib/conduct/room-work";
import { lintSource } from "#lib/script-source/lint-source";
import { PROFILES } from "#lib/token/profile";
import { factsIn } from "#lib/words/fact-name";
import { wordsIn } from "#lib/words/words";
import { bookOf } from "./book";
import { OPERATIONS } from "./every-operation";
import { EXAMPLE_PAIR } from "./example-keys";
import { recheckKeyWork, keyOf, workedWith } from "./key-work";
import type { Operation } from "./operation";
import { CONTRACT, operationContract, playExample } from "./operation-contract.under-test";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { schemaWith } from "./script-json-schema";

// An operation that nobody has: what stands here is all that one needs, and nothing but its own file has heard of it.

const PARAMETERS: ParameterSchemas = {
  label: KEY_LABEL,
  drawer: { type: "string", description: "The drawer whose plate is read." },
};

const readPlate: Operation = {
  name: "read-plate",
  effect: "reads",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, { operation: "read-plate", label: EXAMPLE_PAIR.label, drawer: "left" }],
  work: {
    en: { doing: "reading the plate of {drawer}", done: "plate of {drawer} read" },
    de: { doing: "liest das Schild von {drawer}", done: "Schild von {drawer} gelesen" },
  },
  rowsIn: { de: { "Plate of the drawer": "Schild der Lade" } },
  problems: (request) => [...unknownParameters(request, PARAMETERS), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  sentence: (request, token) => `Read the plate of ${textOf(request, "drawer")} beside ${textOf(request, "label")} on token ${token.serial}.`,
  sentenceIn: {
    de: (request, token) => `Das Schild von ${textOf(request, "drawer")} neben ${textOf(request, "label")} auf Token ${token.serial} lesen.`,
  },
  facts: (request) => [{ name: "Plate of the drawer", value: textOf(request, "drawer"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      read: (reader) => ({ plate: reader.text("plate") }),
      judge: ({ plate }) => (plate === textOf(request, "drawer") ? [] : ["it is the plate of another drawer"]),
    }),
  tell: (_request, outcome) => ({
    facts: [{ name: "Plate of the drawer", value: new OutcomeReader(outcome).text("plate"), measured: true }],
    attributes: [],
    fingerprint: null,
  }),
  async execute(token, request, context) {
    const key = keyOf(request, context, "key-pair");
    return key.ok ? workedWith(key.value, token, { plate: textOf(request, "drawer") }) : key;
  },
};

const all = [...OPERATIONS, readPlate];
const asked = readPlate.example.at(-1)!;

describe("an operation that was just added", () => {
  operationContract(readPlate, all);

  test("is listed because its file is in the folder", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "operations-"));
    try {
      writeFileSync(path.join(folder, "read-plate.ts"), 'export const readPlate = { name: "read-plate", effect: "reads", execute: null };');
      writeFileSync(path.join(folder, "plates.ts"), 'export const plates = ["left", "right"];');
      expect(await operationList(folder)).toContain('import { readPlate } from "./read-plate";\n\nexport const OPERATIONS: readonly Operation[] = [\n  readPlate,\n];');
      writeFileSync(path.join(folder, "wipe-plate.ts"), 'export const wipe = { name: "wipe-plate", effect: "uses", execute: null };');
      await expect(operationList(folder)).rejects.toThrow("wipe-plate.ts exports wipe, the operation wipe-plate: the three go by one name.");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("is in the schema of scripts, with its parameters and its example", () => {
    const branch = { properties: { operation: { const: "read-plate" }, ...PARAMETERS }, examples: [asked] };
    expect(JSON.stringify(schemaWith(all))).toContain(JSON.stringify(branch.properties));
    expect(JSON.stringify(schemaWith(all))).toContain(JSON.stringify(branch.examples));
  });

  test("is known to the linter and the editor, its parameters too", () => {
    const library = path.join(import.meta.dirname, "..", "ceremony", "scripts", "production-key-generation.yaml");
    const script = readFileSync(library, "utf8").replace("operation: export-public-key", "operation: read-plate");
    const codes = (text: string, operations: readonly Operation[]) =>
      lintSource(text, { book: bookOf(operations), profiles: PROFILES }).findings.map(({ code }) => code);
    expect(codes(script, OPERATIONS)).toContain("OPERATION-UNKNOWN");
    expect(codes(script, all)).not.toContain("OPERATION-UNKNOWN");
    expect(codes(script, all)).not.toContain("OPERATION-PARAMETERS");
    expect(codes(script.replace("operation: read-plate", "operation: read-plate\n            cupboard: left"), all)).toContain("OPERATION-PARAMETERS");
  });

  test("is said in the room, in every language, while it is done and once it is done", async () => {
    const { outcome } = await playExample(readPlate, all);
    const done = { request: asked, outcome } as Parameters<typeof workDone>[0];
    const book = bookOf(all);
    expect([workOf(asked, book), workOf(asked, book, wordsIn("de"))]).toEqual(["reading the plate of left", "liest das Schild von left"]);
    expect([workDone(done, book), workDone(done, book, wordsIn("de"))]).toEqual(["plate of left read", "Schild von left gelesen"]);
    const { facts } = readPlate.tell(asked, outcome);
    expect(factsIn(facts, wordsIn("de"), readPlate.rowsIn)).toEqual([{ name: "Schild der Lade", value: "left", measured: true }]);
  });
});

const keeps = (operation: Operation): Promise<string[]> =>
  Promise.all(
    CONTRACT.map(async ({ rule, keeps: check }) => {
      try {
        await check(operation, [...OPERATIONS, operation]);
        return [];
      } catch {
        return [rule];
      }
    }),
  ).then((broken) => broken.flat());

describe("the contract finds an operation", () => {
  test.each<[string, Partial<Operation>, string]>([
    ["whose example is another operation", { example: [EXAMPLE_PAIR] }, "its example ends with it and is asked as it wants to be asked"],
    ["with a parameter it does not describe", { problems: () => [] }, "it knows the parameters that it describes, and no others"],
    ["that leaves the token out in German", { sentenceIn: { de: () => "Das Schild lesen." } }, "its sentence stands in every language and names in each the same devices, keys and backups"],
    ["with English words in German", { work: { en: readPlate.work.en, de: readPlate.work.en } }, "the room has words for it in every language, and each says what the others say"],
    ["whose secret has no German title", { secrets: () => [{ name: "pin", title: "the PIN", titleIn: { de: "the PIN" }, chosen: true }] }, "its secrets are called by name in every language"],
    ["whose own outcome does not hold", { recheck: () => ["it is not so"] }, "its outcome is canonical, and a verifier finds nothing wrong with it"],
    ["that believes any outcome", { recheck: () => [] }, "refuses an outcome that says more, or less"],
    ["that takes any token for the same", { recheck: () => [] }, "refuses work done on another token than the work before it"],
    ["whose row has no German name", { rowsIn: { de: {} } }, "tells its outcome, in every language, and does not break over one that cannot be read"],
    ["with a value in words of one language", { facts: () => [{ name: "Plate of the drawer", value: "is read" }] }, "tells its outcome, in every language, and does not break over one that cannot be read"],
    ["that makes a key and says that it reads", { name: "generate-key-pair", example: [EXAMPLE_PAIR], execute: OPERATIONS.find(({ name }) => name === "generate-key-pair")!.execute }, "does to the token what its effect says, and no less: only what reads goes without a quorum"],
  ])("%s", async (_, change, rule) => {
    expect(await keeps({ ...readPlate, ...change })).toContain(rule);
  });

  test("and nothing in one that is sound", async () => {
    expect(await keeps(readPlate)).toEqual([]);
  });
});
