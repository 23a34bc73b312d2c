import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

// Who may import what. Everything not listed is refused. A key is a folder or a file (without extension); the longest that
// fits a file is its rule. A folder may always import from itself. The reasons stand in docs/decisions and docs/tour.md.
interface Rule {
  /** Folders and files of ours. */
  readonly ours: readonly string[];
  readonly packages?: readonly string[];
  /** Ours or packages, but only their types: nothing of them is there at run time. */
  readonly types?: readonly string[];
  /** Whether Node's built-in modules are allowed; browsers and the pure folders have none. */
  readonly node?: true;
}

const pure = ["lib/result", "lib/log", "lib/token", "lib/ceremony", "lib/x509", "lib/operations", "lib/register", "lib/accounts", "lib/record"];

const rules: Readonly<Record<string, Rule>> = {
  "lib/result": { ours: [] },
  "lib/log": { ours: ["lib/result"], packages: ["@noble/hashes"] },
  "lib/token": { ours: ["lib/result", "lib/log"] },
  // Of a time stamp it reads what is claimed, over what and when: how DER is read is one file's business.
  "lib/ceremony": { ours: ["lib/result", "lib/log", "lib/x509/stamp-info", "lib/x509/malformed"], packages: ["zod"], types: ["zod"] },
  "lib/lint": { ours: ["lib/ceremony"] },
  // Every text of the screens, in every language.
  "lib/words": { ours: ["lib/ceremony/told"], packages: ["use-intl"] },
  "lib/x509": { ours: ["lib/result", "lib/log", "lib/ceremony"] },
  "lib/operations": { ours: ["lib/result", "lib/log", "lib/token", "lib/ceremony", "lib/x509"] },
  // What becomes of keys after their ceremonies: made anew from outcomes and endorsements by whoever reads it.
  "lib/register": { ours: ["lib/result", "lib/log", "lib/token", "lib/ceremony", "lib/operations"], packages: ["zod"] },
  // What applications may do with keys: endorsed grants, and the one decision over each request.
  "lib/accounts": { ours: ["lib/result", "lib/log", "lib/token", "lib/ceremony", "lib/register"], packages: ["zod"] },
  "lib/record": { ours: ["lib/result", "lib/log", "lib/ceremony", "lib/x509", "lib/operations"] },
  "lib/conduct": { ours: [...pure, "lib/words"] },

  "lib/webcrypto": { ours: pure },
  "lib/hpke": { ours: pure, packages: ["@hpke/core", "@hpke/dhkem-x25519"] },
  // What one screen shows another as QR codes: made by the display, read by the second screen.
  "lib/carried": { ours: pure, packages: ["zod", "qr"] },
  "lib/script-source": { ours: [...pure, "lib/lint", "lib/words"], packages: ["yaml"] },
  // Stores and calendars are written to the shapes that the verbs ask for.
  "lib/store": {
    ours: [...pure, "lib/generated"],
    packages: ["pg", "@prisma/adapter-pg", "@prisma/client"],
    types: ["lib/conduct"],
    node: true,
  },
  "lib/live": { ours: [...pure, "lib/words"], packages: ["pg"], node: true },
  "lib/calendar": { ours: [], packages: ["ical-generator"], types: ["lib/conduct"] },
  "lib/mail": { ours: [], packages: ["nodemailer"] },
  "lib/webauthn": { ours: pure, packages: ["@simplewebauthn/server"], node: true },
  "lib/session": { ours: [...pure, "lib/env"], packages: ["next", "next-auth", "server-only"], node: true },
  "lib/pdf": { ours: [...pure, "lib/read-at-most"], packages: ["pdfkit", "fontkit", "bidi-js", "qrcode"], node: true },
  "lib/env": { ours: ["lib/log"], packages: ["zod"], node: true },
  // What applications import, packed by itself: nothing of ours and no package, only Node.
  "lib/client": { ours: [], node: true },
  "lib/clock": { ours: [] },
  "lib/read-at-most": { ours: [] },
  "lib/wiring": { ours: ["lib"], packages: ["server-only", "next"], node: true },

  components: {
    ours: ["lib/log", "lib/carried", "lib/words"], // the browser recomputes hashes and words itself, and draws the codes
    packages: ["react", "radix-ui", "class-variance-authority", "clsx", "tailwind-merge", "lucide-react", "next"],
    types: [...pure, "lib/conduct"],
  },
  app: {
    // In the browser: the editor reads a script as the server does, and a part of a secret is encrypted to a key whose signature holds.
    ours: [...pure, "components", "lib/carried", "lib/conduct", "lib/words", "lib/hpke", "lib/script-source", "lib/session", "lib/webcrypto", "lib/wiring"],
    packages: ["react", "next", "next-auth", "@simplewebauthn/browser", "radix-ui", "lucide-react", "clsx", "zod", "@fontsource-variable/*"],
    node: true,
  },
  // Pages of their own, which trust no server and load nothing: no framework, and no part of the app. What they have in common:
  "app/plain-pages": { ours: ["lib/log", "lib/words"], packages: ["zod"] },
  "app/second-screen": { ours: [...pure, "lib/carried", "lib/words", "app/plain-pages"], packages: ["qr"] },
  // The verifier as a page: the command line's code, in a browser.
  "app/verify": { ours: [...pure, "lib/webcrypto", "lib/words", "app/plain-pages"] },
  "app/(desk)/scripts/edit": {
    ours: ["app/(desk)/scripts", "app/ask", "app/problem-notice", "app/page-words", ...pure, "components", "lib/conduct", "lib/words", "lib/script-source", "lib/wiring"],
    packages: ["react", "next", "lucide-react", "@codemirror/*", "@lezer/highlight"],
  },
  "app/api": { ours: [...pure, "app", "lib/conduct", "lib/words", "lib/session", "lib/wiring", "lib/live", "lib/read-at-most"], packages: ["next", "next-auth", "zod"], node: true },
  proxy: { ours: ["lib/session", "lib/wiring"], packages: ["next", "next-auth"] },
  instrumentation: { ours: ["lib/wiring", "lib/env", "lib/live"] },

  worker: { ours: [...pure, "lib/hpke", "lib/store", "lib/live", "lib/webcrypto", "lib/pdf", "lib/clock", "lib/read-at-most"], packages: ["zod"], node: true },
  // The process that uses keys for applications: it tells them what is refused in the words that people read.
  "worker/keys": { ours: [...pure, "worker", "lib/store", "lib/webcrypto", "lib/words"], packages: ["zod"], node: true },
  cli: { ours: [...pure, "lib/store", "lib/webcrypto", "lib/script-source"], packages: ["pg", "@playwright/test", "tsx"], node: true },
  // Pages that stand alone, each in one piece.
  // The client for applications as a package of its own: one file to run, one of types.
  "cli/client-package": { ours: ["cli/setup"], packages: ["esbuild", "typescript"], node: true },
  "cli/static-pages": { ours: ["cli/setup"], packages: ["esbuild"], node: true },
  // What is written anew from the code: the book of operations, and the published interface for applications.
  "cli/book": { ours: [...pure, "cli/setup", "worker/keys"], packages: ["tsx"], node: true },
  "cli/claviger": { ours: ["cli/commands"], packages: ["tsx"] },
  "cli/commands/redrawing": { ours: [...pure, "lib/pdf"] },
  "cli/commands/record": { ours: [...pure, "cli/commands", "lib/pdf", "lib/webcrypto"], node: true },
  "cli/commands/record-cosign": { ours: [...pure, "cli/commands", "lib/pdf", "lib/webcrypto"], node: true },
  "cli/commands/record-pack": { ours: [...pure, "cli/commands", "lib/webcrypto"] },
  "cli/commands/record-redact": { ours: [...pure, "cli/commands", "lib/pdf", "lib/webcrypto"], node: true },
  "cli/commands/script-print": { ours: [...pure, "cli/commands", "lib/pdf", "lib/script-source"], node: true },
  // A rehearsal is the app's verbs and the worker's code, in one process and without a database.
  "cli/rehearse": { ours: [...pure, "cli/demo", "cli/setup", "lib/conduct", "lib/hpke", "lib/webcrypto", "worker"], node: true },
  "cli/commands/rehearse": { ours: [...pure, "cli/commands", "cli/rehearse", "cli/setup", "lib/script-source"], node: true },
  // Commands at the worker's own console, run with its environment and its token.
  "cli/commands/worker-console": { ours: [...pure, "cli/commands", "worker"] },
  "cli/commands/init": { ours: [...pure, "cli/commands", "lib/store", "lib/webcrypto", "worker"], node: true },
  "cli/commands/recorder": { ours: [...pure, "cli/commands", "lib/webcrypto", "worker"] },
  "cli/commands/roster": { ours: [...pure, "cli/commands", "lib/conduct", "worker"], node: true },
  "cli/commands/log-console": { ours: [...pure, "cli/commands", "lib/store", "lib/webcrypto", "worker"], node: true },
  "cli/commands/log-uses": { ours: [...pure, "cli/commands", "lib/webcrypto", "worker"] },
  "cli/commands/transcript": { ours: [...pure, "cli/commands", "lib/webcrypto", "worker"] },
  "cli/commands/give-up": { ours: [...pure, "cli/commands", "worker"] },
  "cli/commands/token": { ours: [...pure, "cli/commands", "worker"], node: true },
  // The first administrator's link, made with the app's own environment.
  "cli/commands/admin": { ours: [...pure, "cli/commands", "lib/conduct", "lib/store", "lib/wiring", "lib/env"], node: true },
  "cli/demo": { ours: [...pure, "lib/hpke", "lib/webcrypto", "cli/setup"], packages: ["@simplewebauthn/server", "tsx"], types: ["lib/conduct"], node: true },
};

/** The add-on crashes the process on bad arguments: one file loads it, and checks them first. */
const addOnFile = /^worker\/[^/]*(?:\/[^/]*)?$/;

/** What `claviger verify` may reach, however far away: an auditor reads all of it. */
const verifierMayReach = [...pure, "lib/webcrypto", "cli/commands"];

const impure = { objects: ["process", "crypto", "globalThis", "performance", "console"], calls: ["fetch", "setTimeout", "setInterval", "queueMicrotask", "require"] };

/** The children that hold the vendor's module hand on what that module reads from the environment, such as SOFTHSM2_CONF. */
const environmentReaders = /^(?:lib\/(?:client\/)?env\.ts|worker\/(?:keys\/)?env\.ts|worker\/token\/pkcs11-child\.ts|worker\/keys\/signing-child\.ts|instrumentation\.ts|cli\/|e2e\/|prisma\/|[^/]+\.config\.[a-z]+$)/;

interface Source {
  readonly file: string;
  readonly text: string;
}
interface Import {
  readonly target: string;
  /** Ours: the target is the path of the file without extension. A package: its name as written. */
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

const root = path.resolve(import.meta.dirname, "..");
const skipped = new Set(["node_modules", ".next", ".git", ".claviger", "generated", "coverage", "test-results", "next-env.d.ts"]);

function walk(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name))
    .flatMap((entry) => {
      const place = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? walk(place) : entry.isFile() ? [place] : [];
    });
}

const files = walk("");
const sources: Source[] = files.filter((file) => /\.(?:ts|tsx|mjs)$/.test(file)).map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));

// Benchmarks measure as tests prove: with fixtures, and with parts of others that nothing else may put together.
const isForTests = (file: string) => /\.(?:test|under-test|fixture)\b/.test(file) || /^(?:(?:e2e|cli\/testing|cli\/bench)\/|vitest\.config\.ts$)/.test(file);
const isWithin = (file: string, place: string) => file === place || file.startsWith(`${place}/`);
const withoutExtension = (file: string) => file.replace(/\.(?:tsx?|mjs)$/, "");

const importsSeen = new WeakMap<Source, readonly Import[]>();

function importsOf(source: Source): readonly Import[] {
  const imports = importsSeen.get(source) ?? parseImports(source);
  importsSeen.set(source, imports);
  return imports;
}

function parseImports({ file, text }: Source): Import[] {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023);
  const types = new Set(statements.filter(ts.isImportDeclaration).filter(isTypeOnly).map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text));
  const values = new Set(statements.filter(ts.isImportDeclaration).filter((from) => !isTypeOnly(from)).map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text));
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    const typeOnly = types.has(fileName) && !values.has(fileName);
    if (fileName.startsWith("#")) return { target: fileName.slice(1), ours: true, typeOnly };
    if (fileName.startsWith(".")) return { target: withoutExtension(path.posix.join(path.posix.dirname(file), fileName)), ours: true, typeOnly };
    return { target: fileName, ours: false, typeOnly };
  });
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  return importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function ruleFor(file: string): [string, Rule] | undefined {
  return Object.entries(rules)
    .filter(([place]) => isWithin(withoutExtension(file), place))
    .sort(([a], [b]) => b.length - a.length)[0];
}

function importViolations(source: Source): string[] {
  const { file } = source;
  const found = ruleFor(file);
  if (found === undefined || isForTests(file)) return [];
  const [place, rule] = found;
  return importsOf(source).flatMap(({ target, ours, typeOnly }) => {
    const asType = typeOnly && (rule.types ?? []).some((allowed) => isWithin(target, allowed));
    const allowed = asType || (ours ? mayUseOurs(place, rule, target) : mayUsePackage(file, rule, target));
    return allowed ? [] : [`${file} may not import ${target}`];
  });
}

function mayUseOurs(place: string, rule: Rule, target: string): boolean {
  if (isForTests(`${target}.ts`)) return isForTests(`${place}/`) || place === "cli";
  return isWithin(target, place) || rule.ours.some((allowed) => isWithin(target, allowed));
}

function mayUsePackage(file: string, rule: Rule, target: string): boolean {
  if (target === "pkcs11js") return addOnFile.test(file);
  if (target.startsWith("node:") || builtinModules.includes(target)) return rule.node === true;
  if (target === "zod" && isWithin(file, "lib/ceremony")) return file.endsWith(".schema.ts");
  return (rule.packages ?? []).some((name) => isWithin(target, name) || (name.endsWith("/*") && target.startsWith(name.slice(0, -1))));
}

function impurities({ file, text }: Source): string[] {
  const violations: string[] = [];
  const visit = (node: ts.Node): void => {
    const said = (what: string) => violations.push(`${file} uses ${what}`);
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const use = `${node.expression.text}.${node.name.text}`;
      if (impure.objects.includes(node.expression.text) || use === "Date.now" || use === "Math.random") said(use);
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && impure.calls.includes(node.expression.text)) said(node.expression.text);
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && (node.arguments?.length ?? 0) === 0) said("new Date()");
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true));
  return violations;
}

/** Every file that can be reached from `start` over the imports that are followed, as paths without extension. */
function reach(start: string, from: readonly Source[] = sources, follows: (imported: Import) => boolean = ({ ours }) => ours): Set<string> {
  const byName = new Map(from.map((source) => [withoutExtension(source.file), source]));
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const source = byName.get(name);
    for (const imported of source ? importsOf(source) : []) if (follows(imported)) visit(imported.target);
  };
  visit(start);
  return reached;
}

function cycles(from: readonly Source[]): string[] {
  const graph = new Map(from.map((source) => [withoutExtension(source.file), importsOf(source).filter(({ ours }) => ours)]));
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(name);
    if (seenAt >= 0) found.push([...trail.slice(seenAt), name].join(" → "));
    if (seenAt >= 0 || done.has(name)) return;
    for (const { target } of graph.get(name) ?? []) visit(target, [...trail, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return found;
}

/** Sources that make a MAC by a secret and compare none in constant time, or compare bytes in another way. */
const comparesMacs = ({ file, text }: Source): string[] =>
  /\bcreateHmac\b/.test(text) && (!/\btimingSafeEqual\(/.test(text) || /\.equals\(|\.compare\(/.test(text)) ? [file] : [];

const pureSources = sources.filter(({ file }) => [...pure, "lib/lint"].some((place) => isWithin(withoutExtension(file), place)) && !isForTests(file));

test("every import is one that the table allows", () => {
  expect(sources.flatMap(importViolations)).toEqual([]);
});

test("every source file below lib, app, components, worker and cli has a rule", () => {
  const without = sources.filter(({ file }) => /^(?:lib|app|components|worker|cli)\//.test(file) && ruleFor(file) === undefined && !isForTests(file));
  expect(without.map(({ file }) => file)).toEqual([]);
});

test("no two files import each other, however far around", () => {
  expect(cycles(sources)).toEqual([]);
});

test("the pure folders know neither clock nor chance nor the world", () => {
  expect(pureSources.flatMap(impurities)).toEqual([]);
});

test("whoever makes a MAC by a secret of its own holds what it is shown against it in constant time", () => {
  // A module's HMAC is tried by a value that is drawn for it and for nothing else.
  const makers = sources.filter(({ file }) => !isForTests(file) && file !== "worker/token/mac-test.ts");
  expect(makers.flatMap(comparesMacs)).toEqual([]);
  expect(makers.filter(({ text }) => /\bcreateHmac\b/.test(text)).map(({ file }) => file)).toContain("worker/keys/access-tokens.ts");
});

test("one file loads the PKCS#11 add-on", () => {
  const loaders = sources.filter(({ file, text }) => !isForTests(file) && /["']pkcs11js["']/.test(text) && /^(?:app|lib|worker|cli)\//.test(file));
  expect(loaders.map(({ file }) => file)).toHaveLength(1);
});

test("nothing imports the tests", () => {
  const offenders = sources.filter((source) => !isForTests(source.file) && source.file !== "cli/test.mjs" && importsOf(source).some(({ target, ours }) => ours && isForTests(`${target}.ts`)));
  expect(offenders.map(({ file }) => file)).toEqual([]);
});

test("the environment is read in the environment files only", () => {
  const readers = sources.filter(({ file, text }) => !isForTests(file) && !environmentReaders.test(file) && /\bprocess\.env\b/.test(text));
  expect(readers.map(({ file }) => file)).toEqual([]);
});

test("server-only stands in lib/wiring.ts and lib/session alone, so that the worker can load everything else", () => {
  const users = sources.filter(({ file, text }) => !isForTests(file) && /import\s+["']server-only["']/.test(text));
  expect(users.map(({ file }) => file).filter((file) => file !== "lib/wiring.ts" && !file.startsWith("lib/session/"))).toEqual([]);
});

/** What draws pages to be compared is a port of the verifier, and behind one file of the command line. */
const judging = ({ ours, target }: Import) => ours && target !== "cli/commands/redrawing";

test("what judges a record draws nothing: the drawing library is behind one file of the command line, and of the worker", () => {
  const judges = [...reach("lib/record/verify-record"), ...reach("cli/commands/verify", sources, judging), ...reach("app/verify/main")];
  expect(judges.filter((name) => isWithin(name, "lib/pdf"))).toEqual([]);
  expect([...reach("cli/commands/redrawing")]).toContain("lib/pdf/draw-record");
});

test("claviger verify reaches the pure folders and the platform's signature check, nothing else", () => {
  const reached = [...reach("cli/commands/verify", sources, judging)];
  expect(reached).toContain("lib/ceremony/admit");
  expect(reached.filter((name) => !verifierMayReach.some((place) => isWithin(name, place)))).toEqual([]);
});

test("the page that checks records is the command line's verifier: the same files, and beside them only what draws", () => {
  const verifying = (names: readonly string[]) => names.filter((name) => [...pure, "lib/webcrypto"].some((place) => isWithin(name, place))).sort();
  const page = [...reach("app/verify/main", sources, ({ typeOnly }) => !typeOnly)];
  const command = [...reach("cli/commands/verify", sources, (one) => !one.typeOnly && judging(one))];
  expect(verifying(command).filter((name) => !page.includes(name))).toEqual([]);
  // It reads a file in parts, and cannot print to a terminal.
  expect(verifying(page).filter((name) => !command.includes(name)).sort()).toEqual(["lib/log/streamed-hash"]);
  const drawing = page.filter((name) => sources.some(({ file }) => withoutExtension(file) === name) && !verifying(page).includes(name));
  expect(drawing.filter((name) => !/^(?:app\/verify\/|app\/plain-pages\/|lib\/words\/(?:en|de)\/verify$)/.test(name))).toEqual([]);
});

test("the verifier stays small enough to be read: what judges bytes and seals in an evening, the rule book in another", () => {
  const reachedFrom = (name: string) => [...reach(name, sources, ({ ours, typeOnly }) => ours && !typeOnly)];
  const linesOf = (reached: readonly string[], ...places: readonly string[]) =>
    sources
      .filter(({ file }) => reached.includes(withoutExtension(file)) && places.some((place) => isWithin(file, place)))
      .reduce((sum, { text }) => sum + text.split("\n").length, 0);
  const record = reachedFrom("lib/record/verify-record");
  expect(linesOf(record, "lib/record", "lib/log", "lib/x509", "lib/webcrypto")).toBeLessThan(5_800);
  expect(linesOf(record, "lib/ceremony")).toBeLessThan(4_800);
  // Editions and packs are held against what tells a record once more, which decides nothing: as much again as half of it. What standards
  // ask for, clause by clause, is a catalogue that is read beside them: it has a size of its own.
  const file = reachedFrom("lib/record/verify-file");
  const clauses = linesOf(file, "lib/record/clauses");
  expect(linesOf(file, "lib/record", "lib/log", "lib/x509", "lib/webcrypto") - clauses).toBeLessThan(7_700);
  expect(clauses).toBeLessThan(700);
});

test("what runs in a browser knows the port to a token and nothing behind it, and no Node", () => {
  const says = (directive: string) =>
    sources.filter(({ text }) => text.trimStart().startsWith(`"${directive}"`)).map(({ file }) => withoutExtension(file));
  const onTheServer = new Set(says("use server"));
  const sent = ({ target, typeOnly }: Import) => !typeOnly && !onTheServer.has(target);
  const reached = new Set(says("use client").flatMap((file) => [...reach(file, sources, sent)]));
  const packages = [...reached].filter((name) => !sources.some(({ file }) => withoutExtension(file) === name));
  const ours = [...reached].filter((name) => !packages.includes(name));
  expect(ours).toContain("lib/operations/book");
  const harmless = [...pure, "lib/lint", "app", "components", "lib/carried", "lib/conduct", "lib/words", "lib/hpke", "lib/script-source", "lib/webcrypto"];
  expect(ours.filter((name) => !harmless.some((place) => isWithin(name, place)))).toEqual([]);
  expect(packages.filter((name) => name.startsWith("node:") || builtinModules.includes(name))).toEqual([]);
});

test("the app reaches neither the command line, where the demo lives, nor the worker", () => {
  const pages = sources.filter(({ file }) => file.startsWith("app/") && !isForTests(file)).map(({ file }) => withoutExtension(file));
  const reached = new Set(pages.flatMap((page) => [...reach(page)]));
  expect([...reached].filter((name) => isWithin(name, "cli") || isWithin(name, "worker"))).toEqual([]);
});

test("files are named after what they hold: kebab-case, no barrels, no words for anything", () => {
  const vague = /^(?:index|utils?|helpers?|common|misc|shared|manager|service|data|info|.*-(?:utils?|helpers?|manager|service|impl))$/;
  const badly = sources.filter(({ file }) => {
    const name = path.basename(file).replace(/(?:\.[a-z-]+)*\.(?:tsx?|mjs)$/, "");
    return vague.test(name) || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
  });
  expect(badly.map(({ file }) => file)).toEqual([]);
});

test("no file names a folder of one person's machine", () => {
  const personal = new RegExp(["work", "farm", "root", String.raw`home/\w+`, String.raw`Users/\w+`].map((place) => String.raw`(?:^|[^\w.-])/${place}/`).join("|"), "m");
  const texts = files.filter((file) => /\.(?:ts|tsx|mjs|md|json|yaml|yml|sql|prisma|css|sh)$|^\.ci\/run$/.test(file) && file !== "package-lock.json");
  expect(texts.filter((file) => personal.test(readFileSync(path.join(root, file), "utf8")))).toEqual([]);
});

test("a newcomer sees at most 22 entries at the root", () => {
  const visible = readdirSync(root).filter((name) => !name.startsWith(".") && !skipped.has(name));
  expect(visible.length).toBeLessThanOrEqual(22);
});

test("the checks above do fail: each finds a violation put before it", () => {
  const file = "lib/ceremony/quorum.ts";
  for (const compared of ["mac === shown", "mac.equals(shown)", "mac.equals(shown) && timingSafeEqual(mac, shown)"]) {
    expect(comparesMacs({ file, text: `const mac = createHmac("sha256", secret); ${compared};` })).toEqual([file]);
  }
  expect(importViolations({ file, text: 'import { readFileSync } from "node:fs";' })).toEqual([`${file} may not import node:fs`]);
  expect(importViolations({ file, text: 'import { append } from "#lib/store/append";' })).toEqual([`${file} may not import lib/store/append`]);
  expect(importViolations({ file, text: 'export { append } from "../store/append";' })).toEqual([`${file} may not import lib/store/append`]);
  expect(importViolations({ file, text: 'import { z } from "zod";' })).toEqual([`${file} may not import zod`]);
  expect(importViolations({ file, text: 'import type { z } from "zod";' })).toEqual([]);
  expect(importViolations({ file: "components/seal.tsx", text: 'import type { Quorum } from "#lib/ceremony/quorum";' })).toEqual([]);
  expect(importViolations({ file: "components/seal.tsx", text: 'import { reachQuorum } from "#lib/ceremony/quorum";' })).toHaveLength(1);
  expect(importViolations({ file, text: 'const lazy = () => import("next/headers");' })).toEqual([`${file} may not import next/headers`]);
  expect(importViolations({ file: "app/page.tsx", text: 'import p from "pkcs11js"; import { db } from "#lib/store/client";' })).toHaveLength(2);
  expect(importViolations({ file: "cli/commands/list.ts", text: 'import { loop } from "#worker/loop";' })).toHaveLength(1);
  expect(importViolations({ file: "lib/ceremony/entry.schema.ts", text: 'import { z } from "zod"; import { hex } from "#lib/log/digest";' })).toEqual([]);

  expect(impurities({ file, text: "const a = Date.now(); const b = new Date(); process.exit(); void fetch(''); crypto.randomUUID(); Math.random();" })).toHaveLength(6);
  expect(impurities({ file, text: 'const at = new Date("2026-01-01T00:00:00.000Z"); verifier.crypto(at);' })).toEqual([]);

  const ring = [
    { file: "lib/a.ts", text: 'import "./b";' },
    { file: "lib/b.ts", text: 'import type { C } from "#lib/c";' },
    { file: "lib/c.ts", text: 'import "./a";' },
  ];
  expect(cycles(ring)).toEqual(["lib/a → lib/b → lib/c → lib/a"]);
  expect([...reach("lib/b", ring)]).toEqual(["lib/b", "lib/c", "lib/a"]);
});
