import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import { bundle, sha256Base64, singleFile } from "./bundle.mjs";

const SOURCE = "app/second-screen";
/** Served by the app as it stands, and made anew by every build. */
export const SECOND_SCREEN_FOLDER = path.join(checkout, "public", "second-screen");
export const SINGLE_FILE = "second-screen.html";
const WORKER = "offline-worker.js";

const source = (/** @type {string} */ name) => readFileSync(path.join(checkout, SOURCE, name), "utf8");

/**
 * The second screen: its files by name, and the hash that stands for all of them. The worker pins every other file, so its own
 * hash is the build's; the single file is the same page to be kept and opened, and is known by its own hash.
 * @returns {Promise<{ files: Readonly<Record<string, string>>, single: string, hash: string }>}
 */
export async function makeSecondScreen() {
  const [script, style] = await Promise.all([bundle(`${SOURCE}/main.ts`), bundle(`${SOURCE}/style.css`)]);
  const page = source("index.html");
  const pinned = {
    "index.html": page,
    "main.js": script,
    "style.css": style,
    "icon.svg": readFileSync(path.join(checkout, "app", "icon.svg"), "utf8"),
    "second-screen.webmanifest": source("second-screen.webmanifest"),
  };
  const hashes = Object.fromEntries(Object.entries(pinned).map(([name, text]) => [name, sha256Base64(text)]));
  const worker = await bundle(`${SOURCE}/offline-worker.ts`, {
    PINNED_FILES: hashes,
    PINNED_CACHE: hex(JSON.stringify(hashes)).slice(0, 16),
  });
  const body = page.slice(page.indexOf("  <body>"), page.indexOf("</html>")).trimEnd();
  const single = singleFile({ lang: "en", title: "Claviger · Second screen", body, script, style });
  return { files: { ...pinned, [WORKER]: worker }, single, hash: hex(worker) };
}

/** Makes it and puts it where the app serves it from, or elsewhere; answers the hash of the build and of the single file. */
export async function writeSecondScreen(folder = SECOND_SCREEN_FOLDER) {
  const { files, single, hash } = await makeSecondScreen();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ ...files, [SINGLE_FILE]: single })) writeFileSync(path.join(folder, name), text);
  return { hash, single: hex(single) };
}

const hex = (/** @type {string} */ text) => createHash("sha256").update(text, "utf8").digest("hex");
