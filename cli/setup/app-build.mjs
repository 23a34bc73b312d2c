import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "./checkout.mjs";
import { runOrFault } from "./command.mjs";
import { needSpace } from "./disk.mjs";

/** Everything that a build of the app is made from. */
const SOURCES = [
  ...["app", "components", "lib", "public", "proxy.ts", "instrumentation.ts", "cli/static-pages"],
  ...["next.config.ts", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
];

/** Made from the schema at every install, and from the sources at every build. */
const MADE = [path.join("lib", "generated"), path.join("public", "second-screen"), path.join("public", "verify")];

const built = path.join(checkout, ".next");
const mark = path.join(built, "claviger-built-from");

/** Whether the app stands built from exactly the sources that are here now. */
export function isAppBuilt() {
  return existsSync(path.join(built, "BUILD_ID")) && existsSync(mark) && readFileSync(mark, "utf8") === digestOfSources();
}

/** Builds the app for production, if what it is made from has changed since it was built last. */
export async function ensureAppBuilt() {
  const wanted = digestOfSources();
  if (isAppBuilt()) return;
  needSpace(checkout, 500, "the build of the app");
  rmSync(mark, { force: true }); // a build that is interrupted must not look like one
  const { writeSecondScreen } = await import("../static-pages/second-screen.mjs");
  await writeSecondScreen();
  const { writeVerifierPage } = await import("../static-pages/verifier-page.mjs");
  await writeVerifierPage();
  await runOrFault(process.execPath, [path.join(checkout, "node_modules", "next", "dist", "bin", "next"), "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
    happened: "The app could not be built.",
    kept: "No data was touched.",
    remedy: "read the lines above",
  });
  writeFileSync(mark, wanted);
}

function digestOfSources() {
  const hash = createHash("sha256").update(process.versions.node);
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest("hex");
}

/** @param {import("node:crypto").Hash} hash @param {string} place */
function addTo(hash, place) {
  const full = path.join(checkout, place);
  if (!existsSync(full) || MADE.includes(place)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, path.join(place, name));
  } else if (!/\.(?:test|under-test)\.tsx?$/.test(place)) {
    hash.update(`${place}\0`).update(readFileSync(full)).update("\0");
  }
}
