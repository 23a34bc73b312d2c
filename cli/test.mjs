// npm test: everything, from a fresh clone. `node cli/test.mjs check | integration | e2e` run a part of it; what follows goes to
// the runner of the integration or end-to-end tests, such as `e2e founding ten-people`.
// The last line is always `N passed, N failed`; the exit code is 0 only when nothing failed and something passed. What failed
// once and passed when it was looked at again is named above it (docs/decisions/0052).
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { checkout, keepFolder, makeKeepFolder } from "./setup/checkout.mjs";
import { run, runShown } from "./setup/command.mjs";
import { sayFault } from "./setup/fault.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { ensureJudges } from "./setup/judges.mjs";
import { endWithParent } from "./setup/parent.mjs";
import { endAll, say, stage } from "./setup/stage.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

const program = (/** @type {string[]} */ ...parts) => path.join(checkout, "node_modules", ...parts);
const reports = path.join(keepFolder, "reports", String(process.pid));

/** @type {Record<string, () => Promise<Count>>} */
const stages = { types, lint, unit: () => vitest("unit"), integration: () => vitest("integration"), build, e2e };

// One group after the other, and what stands in one group side by side: types and lint have one thread each, and integration
// tests, while they wait, leave the build time enough. Unit tests, which compute, and e2e, which has a clock, stand alone.
const plans = /** @type {Record<string, string[][]>} */ ({
  all: [["types", "lint"], ["unit"], ["integration", "build"], ["e2e"]],
  check: [["types", "lint"], ["unit"]],
  integration: [["integration"]],
  e2e: [["build"], ["e2e"]],
});

const plan = plans[process.argv[2] ?? "all"];
if (plan === undefined) {
  console.error(`There is no part of the tests called ${String(process.argv[2])}; there are: ${Object.keys(plans).join(", ")}.`);
  process.exit(2);
}

/** As many files of the integration tests are run once more when they failed, never more: what breaks more than these is no accident. */
const FILES_AGAIN = 3;

endWithParent();
/** @type {string[]} */
const atSecondLook = [];
const total = { passed: 0, failed: 0 };
/** @type {Promise<Count> | undefined} */
let typed;
try {
  await ensurePackages();
  if (plan.flat().some((name) => name === "unit" || name === "integration")) await ensureJudges();
  if (plan.flat().some((name) => name === "integration" || name === "e2e")) {
    const { openTestGrounds } = await import("./testing/grounds.mjs");
    await stage("starting a PostgreSQL for the tests, looking for SoftHSM2 and NSS", openTestGrounds);
  }
  makeKeepFolder(path.dirname(reports));
  mkdirSync(reports, { recursive: true });
  for (const group of plan) {
    // What stands beside one that ended by a fault comes to its end; what stands behind it is not begun.
    const ended = await Promise.allSettled(group.map(count));
    for (const one of ended) if (one.status === "rejected") throw one.reason;
  }
} catch (error) {
  sayFault(error);
  total.failed += 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
  await endAll();
}
for (const name of atSecondLook) console.log(`passed only at the second look: ${name}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** Runs a stage and adds what it came to. */
async function count(/** @type {string} */ name) {
  const began = performance.now();
  const { passed, failed } = await stage(`${name} …`, stages[name] ?? (() => Promise.resolve({ passed: 0, failed: 1 })));
  say(`${name}: ${passed} passed, ${failed} failed in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  total.passed += passed;
  total.failed += failed;
}

/** A stage that is one yes or no: silent when it is a yes. @param {string[]} args @returns {Promise<Count>} */
async function yesOrNo(args) {
  const { code, output } = await run(process.execPath, args, { env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
  if (code === 0) return { passed: 1, failed: 0 };
  console.log(output.trim());
  return { passed: 0, failed: 1 };
}

/** The types of the routes come from Next, which writes them without building; compiler and linter both read them. */
function routeTypes() {
  return (typed ??= yesOrNo([program("next", "dist", "bin", "next"), "typegen"]));
}

async function types() {
  const routes = await routeTypes();
  return routes.failed > 0 ? routes : yesOrNo([program("typescript", "bin", "tsc"), "--noEmit"]);
}

async function lint() {
  await routeTypes();
  const cache = ["--cache", "--cache-location", program(".cache", "eslint/")];
  return yesOrNo([program("eslint", "bin", "eslint.js"), ...cache, "--max-warnings", "0", "."]);
}

/** One build for demo and tests: nothing is built that stands built from the same sources. @returns {Promise<Count>} */
async function build() {
  const { ensureAppBuilt } = await import("./setup/app-build.mjs");
  await ensureAppBuilt();
  return { passed: 1, failed: 0 };
}

/** @param {"unit" | "integration"} project @returns {Promise<Count>} */
async function vitest(project) {
  const first = await vitestRun(project, process.argv[2] === "integration" ? process.argv.slice(3) : []);
  const { broken } = first;
  if (project === "unit" || broken.length === 0 || broken.length > FILES_AGAIN || first.more) return first.count;
  say(`looking again at ${broken.map(({ file }) => path.relative(checkout, file)).join(", ")}`);
  const second = await vitestRun(project, broken.map(({ file }) => file));
  if (second.count.failed === 0) atSecondLook.push(...broken.flatMap(({ failures }) => failures));
  const counted = broken.reduce((sum, { passed }) => sum + passed, 0);
  return { passed: first.count.passed - counted + second.count.passed, failed: second.count.failed };
}

/**
 * One run of a project's tests, or of these files of it: what it came to, the files in which something failed, and whether more went
 * wrong than stands in these: an error of no test, a test that was not run.
 * @param {"unit" | "integration"} project
 * @param {string[]} files
 * @returns {Promise<{ count: Count, broken: { file: string, passed: number, failures: string[] }[], more: boolean }>}
 */
async function vitestRun(project, files) {
  const report = path.join(reports, `${project}.json`);
  const errors = path.join(reports, `${project}-errors`);
  for (const file of [report, errors]) rmSync(file, { force: true });
  const reporters = ["dot", "json", path.join(checkout, "cli", "testing", "errors-of-no-test.mjs")].flatMap((one) => ["--reporter", one]);
  const code = await runShown(
    process.execPath,
    [...[program("vitest", "vitest.mjs"), "run", "--project", project, ...reporters], ...files, ...["--outputFile.json", report]],
    { env: { ...process.env, TEST_ERRORS_FILE: errors } },
  );
  const told = readReport(report);
  if (told === undefined) return { count: { passed: 0, failed: 1 }, broken: [], more: true };
  /** @type {any[]} */
  const ended = told.testResults;
  const broken = ended
    .filter(({ status }) => status === "failed")
    .map(({ name, assertionResults }) => {
      const failures = assertionResults.filter((/** @type {any} */ one) => one.status === "failed");
      return {
        file: name,
        passed: assertionResults.filter((/** @type {any} */ one) => one.status === "passed").length,
        // What stands before or behind its tests has no name of a test.
        failures: failures.length === 0 ? [path.relative(checkout, name)] : failures.map((/** @type {any} */ one) => one.fullName),
      };
    });
  // A file that cannot even be loaded has no tests to count; it counts as one.
  const unread = ended.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0).length;
  const isWhole = (/** @type {any} */ { assertionResults }) =>
    assertionResults.length > 0 && assertionResults.every((/** @type {any} */ one) => one.status === "passed");
  const more = readReport(errors) !== 0 || !ended.filter(({ status }) => status !== "failed").every(isWhole);
  return { count: settle(code, told.numPassedTests, told.numTotalTests - told.numPassedTests + unread), broken, more };
}

/** @returns {Promise<Count>} */
async function e2e() {
  const { ensureChromium } = await import("./setup/chromium.mjs");
  const chromium = await ensureChromium();
  const report = path.join(reports, "e2e.json");
  const code = await runShown(
    process.execPath,
    [program("@playwright", "test", "cli.js"), "test", "--reporter", "list,json", ...process.argv.slice(3)],
    {
      env: { ...process.env, TEST_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report, NEXT_TELEMETRY_DISABLED: "1" },
    },
  );
  const told = readReport(report);
  if (told === undefined) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = told.stats;
  atSecondLook.push(...flakyOf(told.suites));
  return settle(code, expected + flaky, unexpected + skipped);
}

/** The tests of these suites that failed at first and passed when they were run again. @param {any[]} suites @returns {string[]} */
function flakyOf(suites) {
  return suites.flatMap(({ suites: within = [], specs = [] }) => [
    ...flakyOf(within),
    ...specs
      .filter((/** @type {any} */ { tests }) => tests.some((/** @type {any} */ one) => one.status === "flaky"))
      .map((/** @type {any} */ { file, title }) => `${file} › ${title}`),
  ]);
}

/** A runner that ends badly although every test it counted passed has failed all the same; so has one that ran nothing. */
function settle(/** @type {number} */ code, /** @type {number} */ passed, /** @type {number} */ failed) {
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

/** @param {string} file @returns {any} */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
