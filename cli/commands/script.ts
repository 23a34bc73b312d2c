import { book } from "#lib/operations/book";
import { scriptSchema } from "#lib/operations/script-json-schema";
import { lintSource, type SourceLint } from "#lib/script-source/lint-source";
import { PROFILE_IDS, PROFILES } from "#lib/token/profile";
import { readArguments, Unusable, type ExitCode } from "./command";
import { printable, printableJson } from "./printable";
import { scriptText } from "./script-text";

const USAGE = `claviger script lint FILE... [--profile PROFILE] [--json]
claviger script print FILE [--copies N] [--out FILE.pdf] [--address URL]
claviger script schema

  Performs each script in a model of the world and says what cannot be right, where, why it matters and what to do.
  Nothing is stored, and no token is touched.
  --profile   the kind of HSM to judge by: ${PROFILE_IDS.join(", ")};
              without it, the one that the script names
  schema prints the JSON Schema of scripts, by which editors complete; public/schema/script.json holds it.
  Exit code: 0 nothing but advice, 1 errors or warnings, 2 a file cannot be read.`;

type Linted = { readonly file: string; readonly hash: string | null; readonly findings: readonly SourceLint[] };

/** What may follow `claviger script`. */
const VERBS: Readonly<Record<string, (args: readonly string[]) => Promise<ExitCode>>> = {
  lint: scriptLint,
  print: async (args) => (await import("./script-print")).scriptPrint(args),
  schema: printSchema,
};

/** `claviger script`: scripts as files, before they are anybody's ceremony. */
export async function scriptCommand([verb = "", ...args]: readonly string[]): Promise<ExitCode> {
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!run) throw new Unusable(USAGE);
  return run(args);
}

async function scriptLint(args: readonly string[]): Promise<ExitCode> {
  const { values, flags, rest: files } = readArguments(args, { valued: ["profile"], flags: ["json"], usage: USAGE });
  const { profile } = values;
  if (files.length === 0) throw new Unusable(USAGE);
  if (profile !== undefined && !Object.hasOwn(PROFILES, profile)) {
    throw new Unusable(`There is no profile ${printable(profile)}; there are ${PROFILE_IDS.join(", ")}.`);
  }
  // One after the other, and all read before anything is said: a file that is missing is no finding of another.
  const linted: Linted[] = [];
  for (const file of files) {
    const { hash, findings } = lintSource(await scriptText(file), { book, profiles: PROFILES, profile });
    linted.push({ file, hash, findings });
  }
  console.log(flags.has("json") ? printableJson({ files: linted.map(inJson) }) : linted.map(report).join("\n\n"));
  return linted.some(({ findings }) => findings.some(({ severity }) => severity !== "advice")) ? 1 : 0;
}

/** A file's findings as programs read them: the sentence whole, not in parts. */
const inJson = ({ findings, ...file }: Linted) => ({
  ...file,
  findings: findings.map(({ line, column, code, severity, sentence, why, remedy }) => ({ line, column, code, severity, sentence, why, remedy })),
});

/** JSON as it is kept in public/schema. */
function printSchema(): Promise<ExitCode> {
  console.log(JSON.stringify(scriptSchema, null, 2));
  return Promise.resolve(0);
}

function report({ file, hash, findings }: Linted): string {
  const lines = findings.map(({ line, column, severity, code, sentence, why, remedy }) =>
    [`${file}:${String(line)}:${String(column)}  ${severity}  ${code}`, `  ${sentence}`, `  Why: ${why}`, `  Do:  ${remedy}`]
      .map(printable)
      .join("\n"),
  );
  const count = (severity: SourceLint["severity"]) => findings.filter((one) => one.severity === severity).length;
  const counted = `${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}, ${String(count("advice"))} of advice`;
  const sum = `${printable(file)}: ${counted}.`;
  return [...lines, hash === null ? sum : `${sum}\nSHA-256 ${hash}`].join("\n");
}

const plural = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? "" : "s"}`;
