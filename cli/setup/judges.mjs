import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { checkout, keepFolder, makeKeepFolder } from "./checkout.mjs";
import { hasCommand, run } from "./command.mjs";
import { SetupFault } from "./fault.mjs";
import { say, stage } from "./stage.mjs";
import { installSystemPackages, systemInstaller } from "./system-packages.mjs";

/** What is asked of the judges that are libraries, and which of their versions. */
export const judgesSources = path.join(checkout, "cli", "testing", "judges");

/** What one step may take, so that a registry that does not answer makes a judge missing and holds nobody up. */
const LIMIT_MS = 60_000;

/** Named after what it is made from: another version is another folder. @param {string} name @param {string[]} files */
function folderOf(name, files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(path.join(judgesSources, file)));
  return path.join(keepFolder, "judges", `${name}-${hash.digest("hex").slice(0, 12)}`);
}
export const pyHankoFolder = folderOf("pyhanko", ["pyhanko.txt"]);
export const veraPdfFolder = folderOf("verapdf", ["pom.xml", "Conformance.java"]);

const programs = /** @type {const} */ ({ qpdf: "qpdf", mutool: "mupdf-tools", pdfsig: "poppler-utils" });
const names = /** @type {(keyof typeof programs)[]} */ (Object.keys(programs));
const brews = /** @type {const} */ ({ qpdf: "qpdf", mutool: "mupdf-tools", pdfsig: "poppler" });

/**
 * Gets the programs of others that the tests ask about records, where they are not here: qpdf, mutool and pdfsig as the
 * system installs them, pyHanko from PyPI and veraPDF from Maven Central into folders below `.claviger`. What cannot be had is
 * said and left out: the tests name the judges that are missing, and whether one may be is said by JUDGES_MAY_BE_MISSING.
 * Never throws for that.
 */
export async function ensureJudges() {
  const missing = names.filter((name) => !hasCommand(name));
  const needsPyHanko = !existsSync(pyHankoFolder) && hasCommand("python3");
  const needsVeraPdf = !existsSync(veraPdfFolder) && hasCommand("mvn") && hasCommand("javac");
  const wanted = [
    ...(missing.length > 0 ? [{ what: missing.join(", "), get: () => installPrograms(missing) }] : []),
    ...(needsPyHanko ? [{ what: "pyHanko", get: () => kept(pyHankoFolder, pyHanko) }] : []),
    ...(needsVeraPdf ? [{ what: "veraPDF", get: () => kept(veraPdfFolder, veraPdf) }] : []),
  ];
  if (wanted.length === 0) return;
  await stage(`installing judges of records for the tests: ${wanted.map(({ what }) => what).join(", ")}`, () =>
    Promise.all(
      wanted.map(async ({ what, get }) => {
        try {
          await get();
        } catch (error) {
          if (!(error instanceof SetupFault)) throw error;
          say(`without ${what}: ${error.message.split("\n").at(-1) ?? ""}`);
        }
      }),
    ),
  );
}

/** @param {(keyof typeof programs)[]} missing */
async function installPrograms(missing) {
  if ((await systemInstaller()) === null) throw new SetupFault("this user may not install them", { remedy: "install them" });
  await installSystemPackages({
    ...{ what: missing.join(", "), apt: missing.map((name) => programs[name]), brew: missing.map((name) => brews[name]) },
    aptOptions: ["-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20", "-o", "Acquire::Retries=1"],
  });
}

/**
 * Makes a folder beside its place and moves it there when it is whole.
 * @param {string} folder
 * @param {(making: string) => Promise<void>} make
 */
async function kept(folder, make) {
  const making = `${folder}.${process.pid}`;
  makeKeepFolder(making);
  try {
    await make(making);
    // Two runs from one checkout may make the same: the first one stays.
    if (!existsSync(folder)) renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function pyHanko(folder) {
  const listed = ["--requirement", path.join(judgesSources, "pyhanko.txt")];
  const hasty = ["--quiet", "--disable-pip-version-check", "--no-input", "--timeout", "15", "--retries", "1"];
  await within("python3", ["-m", "pip", "install", ...hasty, "--only-binary", ":all:", "--no-deps", "--target", folder, ...listed]);
}

/** @param {string} folder */
async function veraPdf(folder) {
  const jars = path.join(folder, "jars");
  cpSync(path.join(judgesSources, "pom.xml"), path.join(folder, "pom.xml"));
  await within("mvn", ["-q", "-B", "-f", path.join(folder, "pom.xml"), "dependency:copy-dependencies", `-DoutputDirectory=${jars}`]);
  await within("javac", ["-cp", path.join(jars, "*"), "-d", folder, path.join(judgesSources, "Conformance.java")]);
}

/** @param {string} command @param {string[]} args */
async function within(command, args) {
  const { code, output } = await run(command, args, { timeout: LIMIT_MS });
  if (code !== 0) throw new SetupFault(output.trim() || `${command} ended with ${code}`, { remedy: "see that this works" });
}
