import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { checkout } from "../setup/checkout.mjs";

/** What tests of the worker and of the key process start, hundreds of times. */
const PROGRAMS = ["worker/main.ts", "worker/worker-to-kill.under-test.ts", "worker/keys/main.ts"];
/** Where it is said which child to start, and which. */
const CHILDREN = new Map([
  ["worker/token/child-link.ts", "worker/token/pkcs11-child.ts"],
  ["worker/keys/signing-pool.ts", "worker/keys/signing-child.ts"],
  ["worker/keys/signing-pool.integration.test.ts", "worker/keys/faulty-signing-child.under-test.ts"],
]);
/** Where they are started, all of them. */
const STARTER = "worker/token/child-link.ts";

/**
 * Bundles the worker, the key process and their children into `folder`, for tests: read by tsx file by file, each start costs more processor time than most
 * of what is then tested (1.8 s; 0.45 s as one file). It is the same translator over the same sources. The demo, and with it the
 * end-to-end tests, start them as production does (decision 12).
 * @param {string} folder
 * @returns {Promise<void>}
 */
export async function bundleWorker(folder) {
  await build({
    absWorkingDir: checkout,
    entryPoints: [...PROGRAMS, ...CHILDREN.values()],
    outbase: checkout,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    plugins: [placesOfSources(folder)],
  });
}

/**
 * Where one of the bundled programs stands.
 * @param {string} folder
 * @param {string} program its source, from the root of the checkout
 */
export const bundleOf = (folder, program) => path.join(folder, program.replace(/\.ts$/, ".mjs"));

/**
 * The source of what starts a child, so that it starts the bundled one. The same text for every other source.
 * @param {string} file
 * @param {string} text
 * @param {string} folder
 */
export function startingBundledChild(file, text, folder) {
  const source = path.relative(checkout, file);
  const child = CHILDREN.get(source);
  if (child === undefined) return text;
  const bundled = JSON.stringify(pathToFileURL(bundleOf(folder, child)).href);
  const named = replaceOne(source, text, `new URL("./${path.basename(child)}", import.meta.url)`, `new URL(${bundled})`);
  return source === STARTER ? replaceOne(source, named, '["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href]', "[]") : named;
}

/**
 * Each source keeps the place it was read from, whatever it looks for beside itself; but a child is the bundled one.
 * @param {string} folder
 * @returns {import("esbuild").Plugin}
 */
const placesOfSources = (folder) => ({
  name: "places-of-sources",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
      contents: startingBundledChild(file, readFileSync(file, "utf8"), folder)
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(file).href))
        .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(file))),
      loader: "ts",
    }));
  },
});

/** @param {string} source @param {string} text @param {string} from @param {string} to */
function replaceOne(source, text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${source} starts its child otherwise than bundled-worker.mjs thinks: ${from}`);
  return parts.join(to);
}
