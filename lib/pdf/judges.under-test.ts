import { spawnSync } from "node:child_process";

/** Programs of others that say whether a file is what it claims. `about`: how they are asked whether they are there at all. */
const JUDGES = {
  qpdf: ["--version"],
  mutool: ["-v"],
  pdfsig: ["-v"],
  openssl: ["version"],
  verapdf: ["--version"],
} as const satisfies Record<string, readonly string[]>;
export type Judge = keyof typeof JUDGES;

const installed = (judge: Judge): boolean => spawnSync(judge, JUDGES[judge], { stdio: "ignore" }).error === undefined;

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
  const { status, stdout, stderr } = spawnSync(judge, args, { encoding: "utf8" });
  return { code: status ?? -1, said: `${stdout}${stderr}` };
}
