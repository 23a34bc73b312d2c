import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import { bundle, singleFile } from "./bundle.mjs";

const SOURCE = "app/verify";
/** Served by the app as it stands, and made anew by every build. */
export const VERIFIER_FOLDER = path.join(checkout, "public", "verify");
/** The name it has as a file of its own, and inside a record (lib/record/record-files.ts). */
export const VERIFIER_SINGLE_FILE = "claviger-verifier.html";

const source = (/** @type {string} */ name) => readFileSync(path.join(checkout, SOURCE, name), "utf8");

/**
 * The page that checks a record: its files by name, the same as one file, and the hash of that.
 * @returns {Promise<{ files: Readonly<Record<string, string>>, single: string, hash: string }>}
 */
export async function makeVerifierPage() {
  const [script, style] = await Promise.all([bundle(`${SOURCE}/main.ts`), bundle(`${SOURCE}/style.css`)]);
  const page = source("index.html");
  const body = page.slice(page.indexOf("  <body>"), page.indexOf("</html>")).trimEnd();
  const single = singleFile({ lang: "en", title: "Claviger · Check a record", body, script, style });
  const icon = readFileSync(path.join(checkout, "app", "icon.svg"), "utf8");
  const files = { "index.html": page, "main.js": script, "style.css": style, "icon.svg": icon };
  return { files, single, hash: createHash("sha256").update(single, "utf8").digest("hex") };
}

/** Makes it and puts it where the app serves it and the worker takes it from, or elsewhere; answers the hash of the single file. */
export async function writeVerifierPage(folder = VERIFIER_FOLDER) {
  const { files, single, hash } = await makeVerifierPage();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const all = { ...files, [VERIFIER_SINGLE_FILE]: single };
  for (const [name, text] of Object.entries(all)) writeFileSync(path.join(folder, name), text);
  return { hash };
}
