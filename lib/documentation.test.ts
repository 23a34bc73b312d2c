import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { BODIES } from "#lib/ceremony/entry.schema";

// What the documents say of the code is compared with the code.

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const readme = read("README.md");

const documents = [
  "README.md",
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Variables of a zod schema as its source lists them: name, and the default written there. */
function variablesIn(source: string): { name: string; given: string }[] {
  return [...source.matchAll(/^\s+([A-Z][A-Z0-9_]+): (?:z|given|whole)\b.*$/gm)].map(([line, name = ""]) => {
    return { name, given: /\.default\("?([^")]*)"?\)/.exec(line)?.[1] ?? "" };
  });
}

/** The rows of the table under a heading of the third level: variable and default. */
function tableUnder(text: string, heading: string): { name: string; given: string }[] {
  const section = text.split(new RegExp(`^### ${heading}$`, "m"))[1]?.split(/^##/m)[0] ?? "";
  return [...section.matchAll(/^\| `([A-Z0-9_]+)` \| (.*?) ?\|/gm)].map(([, name = "", given = ""]) => ({
    name,
    given: given.replaceAll("`", ""),
  }));
}

const names = (rows: readonly { name: string }[]) => [...new Set(rows.map(({ name }) => name))].sort();

/** Links to files of this repository that are not there, as "document: link". */
function deadLinks(file: string, text: string, there: (place: string) => boolean): string[] {
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
  return links.filter((link) => !there(path.posix.join(path.posix.dirname(file), link))).map((link) => `${file}: ${link}`);
}

describe("the configuration tables", () => {
  test.each([
    ["The app", "lib/env.ts"],
    ["The worker", "worker/env.ts"],
    ["The key process", "worker/keys/env.ts"],
  ])("of %s name every variable of %s, and no other", (heading, file) => {
    const variables = variablesIn(read(file));
    expect(variables.length).toBeGreaterThan(5);
    expect(names(tableUnder(readme, heading))).toEqual(names(variables));
  });

  test.each([
    ["The app", "lib/env.ts"],
    ["The worker", "worker/env.ts"],
    ["The key process", "worker/keys/env.ts"],
  ])("of %s give the defaults of %s", (heading, file) => {
    const table = tableUnder(readme, heading);
    for (const { name, given } of variablesIn(read(file))) {
      if (given !== "") expect(table).toContainEqual({ name, given });
    }
  });
});

describe("the documents", () => {
  test("link to nothing that is not there", () => {
    expect(documents.flatMap((file) => deadLinks(file, read(file), (place) => existsSync(path.join(root, place))))).toEqual([]);
  });

  test("name only files that are there", () => {
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/`((?:app|cli|components|docs|lib|prisma|worker)\/[\w./-]+\.(?:tsx?|mjs|md|prisma|ya?ml))`/g)].map(
        ([, place = ""]) => ({ file, place }),
      ),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(
      named.filter(({ place }) => !existsSync(path.join(root, place))).map(({ file, place }) => `${file}: ${place}`),
    ).toEqual([]);
  });

  test("count the kinds of entry as they are", () => {
    expect(read("docs/tour.md")).toContain(`${String(Object.keys(BODIES).length)} kinds of entry`);
  });

  test("give only commands that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const run = documents.flatMap((file) => [...read(file).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name));
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    const usage = read("cli/claviger.ts");
    const commands = [...readme.matchAll(/npx claviger (\w+)/g)].map(([, name = ""]) => name);
    expect(commands.filter((name) => !usage.includes(`claviger ${name}`))).toEqual([]);
    const programs = Object.values(scripts).flatMap((script) => script.match(/\bcli\/\S+\.mjs/g) ?? []);
    expect(programs.filter((place) => !existsSync(path.join(root, place)))).toEqual([]);
  });
});

describe("the decisions", () => {
  const records = readdirSync(path.join(root, "docs/decisions")).map((name) => ({ name, text: read(`docs/decisions/${name}`) }));

  test("each have a number of their own, a title that begins with it, and a status", () => {
    const numbers = records.map(({ name }) => name.slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { name, text } of records) {
      expect(text.split("\n")[0], name).toMatch(new RegExp(`^# ${name.slice(0, 4)} \\S`));
      expect(text, name).toMatch(/^Status: (?:in force|superseded by \d{4})\.$/m);
    }
  });

  test("are short", () => {
    expect(records.filter(({ text }) => text.trim().split("\n").length > 26).map(({ name }) => name)).toEqual([]);
  });
});

test("the checks above do fail: on a variable, a link and a default that are not there", () => {
  const text =
    "### The app\n\n| variable | default | meaning |\n|---|---|---|\n| `A_B` | `2` | x |\n\n## Next\n\n| `C_D` | | y |\n";
  expect(tableUnder(text, "The app")).toEqual([{ name: "A_B", given: "2" }]);
  expect(variablesIn('  /** x */\n  A_B: z.string(),\n  C_D: given.max(2).default("e"),\n')).toEqual([
    { name: "A_B", given: "" },
    { name: "C_D", given: "e" },
  ]);
  expect(deadLinks("docs/tour.md", "[a](../lib/a.ts) [b](https://x.org) [c](#d)", (place) => place !== "lib/a.ts")).toEqual([
    "docs/tour.md: ../lib/a.ts",
  ]);
});
