import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { judgesSources, pyHankoFolder, veraPdfFolder } from "../../cli/setup/judges.mjs";

interface Program {
  readonly command: string;
  readonly before: readonly string[];
  /** How it is asked whether it is there at all. */
  readonly about: readonly string[];
  /** What it stands on: without this it is not there. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Programs of others that say whether a file is what it claims; the last two are libraries that we ask by a page of code (cli/testing/judges). */
const JUDGES = {
  qpdf: { command: "qpdf", before: [], about: ["--version"] },
  mutool: { command: "mutool", before: [], about: ["-v"] },
  pdfsig: { command: "pdfsig", before: [], about: ["-v"] },
  openssl: { command: "openssl", before: [], about: ["version"] },
  pyhanko: {
    ...{ command: "python3", before: [path.join(judgesSources, "signatures.py")], about: ["-c", "import pyhanko.sign.validation"] },
    ...{ folder: pyHankoFolder, env: { PYTHONPATH: pyHankoFolder, PYTHONDONTWRITEBYTECODE: "1" } },
  },
  verapdf: {
    ...{ command: "java", before: ["-cp", `${veraPdfFolder}:${path.join(veraPdfFolder, "jars", "*")}`, "Conformance"], about: ["-version"] },
    folder: veraPdfFolder,
  },
} as const satisfies Record<string, Program>;
export type Judge = keyof typeof JUDGES;

const programOf = (judge: Judge): Program => JUDGES[judge];
const environment = ({ env }: Program) => ({ ...process.env, ...env });
function installed(judge: Judge): boolean {
  const program = programOf(judge);
  if (program.folder !== undefined && !existsSync(program.folder)) return false;
  const { error, status } = spawnSync(program.command, program.about, { stdio: "ignore", env: environment(program) });
  // What stands on a folder of its own is not there if it cannot be loaded; of a program it is enough that it starts.
  return error === undefined && (program.folder === undefined || status === 0);
}

export const ALL_JUDGES = Object.keys(JUDGES) as Judge[];
export const JUDGES_HERE: ReadonlySet<Judge> = new Set(ALL_JUDGES.filter(installed));

/** Who may be missing, by the environment, with spaces between; null where it does not say. */
export const MAY_BE_MISSING: readonly string[] | null =
  process.env["JUDGES_MAY_BE_MISSING"]?.split(/[\s,]+/).filter((name) => name !== "") ?? null;

/** Of the judges that are not here, those that nobody allowed to be missing. Where nothing is said of it, all may be. */
export const missedAgainstOrders = (here: ReadonlySet<string>, mayBeMissing: readonly string[] | null): string[] =>
  mayBeMissing === null ? [] : ALL_JUDGES.filter((judge) => !here.has(judge) && !mayBeMissing.includes(judge));

/** All that the judge says, on both streams, whatever its exit code. */
export function judgement(judge: Judge, args: readonly string[]): { code: number; said: string } {
  const program = programOf(judge);
  const { status, stdout, stderr } = spawnSync(program.command, [...program.before, ...args], { encoding: "utf8", env: environment(program) });
  return { code: status ?? -1, said: `${stdout}${stderr}` };
}
