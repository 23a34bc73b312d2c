import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "./checkout.mjs";
import { hasCommand, runOrFault } from "./command.mjs";
import { needSpace } from "./disk.mjs";
import { SetupFault } from "./fault.mjs";
import { stage } from "./stage.mjs";
import { installSystemPackages } from "./system-packages.mjs";

const modules = path.join(checkout, "node_modules");

/**
 * Makes sure that the npm packages are there as package-lock.json has them, and the database client made from the schema.
 * Does nothing, at once, when both are as they should be.
 */
export async function ensurePackages() {
  checkNode();
  // Another platform, or another major version of Node, means other compiled add-ons.
  const wanted = digest(
    readFileSync(path.join(checkout, "package-lock.json")),
    process.platform,
    process.arch,
    process.versions.modules,
  );
  const installed = path.join(modules, ".claviger-installed");
  if (readMark(installed) !== wanted) {
    await ensureCompiler();
    await stage("installing the npm packages (a minute or two the first time)", installPackages);
    writeFileSync(installed, wanted);
  }
  await ensureDatabaseClient(wanted);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupFault(`Node ${process.versions.node} is too old: 20.19 or later is needed.`, {
    remedy: "install Node 20.19 or later and run the same command again",
  });
}

/** pkcs11js brings C++ source and no compiled add-on: node-gyp builds it. */
async function ensureCompiler() {
  const missing = ["python3", "make", "c++"].filter((name) => !hasCommand(name) && !(name === "c++" && hasCommand("g++")));
  if (missing.length === 0) return;
  if (process.platform === "darwin") {
    throw new SetupFault(`To compile the PKCS#11 add-on, this machine lacks: ${missing.join(", ")}.`, {
      remedy: "run this one command, then the same command again:\n\n  xcode-select --install\n",
    });
  }
  await stage("installing a C++ compiler, make and Python for the PKCS#11 add-on", () =>
    installSystemPackages({
      what: `What compiles the PKCS#11 add-on (${missing.join(", ")})`,
      apt: ["python3", "make", "g++"],
      brew: [],
    }),
  );
}

async function installPackages() {
  needSpace(checkout, 2000, "the npm packages");
  const [command, ...before] = npm();
  await runOrFault(
    command,
    [...before, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      env: { ...process.env, ...nodeHeaders(), PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
      happened: "The npm packages could not be installed.",
      kept: "No data was touched.",
      remedy: "read the lines above (a registry that cannot be reached is the usual reason), then run the same command again",
    },
  );
}

/** The npm that started us, else the one in PATH. */
function npm() {
  const started = process.env["npm_execpath"];
  return started?.endsWith(".js") ? /** @type {const} */ ([process.execPath, started]) : /** @type {const} */ (["npm"]);
}

/** Where the running Node brings its own headers, node-gyp need not download them. */
function nodeHeaders() {
  const prefix = path.resolve(realpathSync(process.execPath), "..", "..");
  return existsSync(path.join(prefix, "include", "node", "node.h")) ? { npm_config_nodedir: prefix } : {};
}

/** @param {string} packages identifies the installed packages */
async function ensureDatabaseClient(packages) {
  const schema = path.join(checkout, "prisma", "schema.prisma");
  const made = path.join(checkout, "lib", "generated", "prisma");
  const wanted = digest(readFileSync(schema), packages);
  const mark = path.join(checkout, "lib", "generated", ".made-from");
  if (existsSync(made) && readMark(mark) === wanted) return;
  await stage("making the database client", () =>
    runOrFault(process.execPath, [path.join(modules, "prisma", "build", "index.js"), "generate"], {
      happened: "The database client could not be made from prisma/schema.prisma.",
      remedy: "read the lines above",
    }),
  );
  mkdirSync(path.dirname(mark), { recursive: true });
  writeFileSync(mark, wanted);
}

/** @param {string} file */
function readMark(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** @param {(string | Buffer)[]} parts */
function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}
