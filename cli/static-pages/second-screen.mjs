import { readFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import { bundle, sha256Base64 } from "./bundle.mjs";
import { makePlainPage, sha256Hex, writeAlone } from "./plain-page.mjs";

const SOURCE = "second-screen";
/** Served by the app as it stands, and made anew by every build. */
export const SECOND_SCREEN_FOLDER = path.join(checkout, "public", SOURCE);
export const SINGLE_FILE = "second-screen.html";
const MANIFEST = "second-screen.webmanifest";
const WORKER = "offline-worker.js";

/**
 * The second screen: its files by name, and the hash that stands for all of them. The worker pins every other file, so its own
 * hash is the build's; the single file is the same page to be kept and opened, and is known by its own hash.
 * @returns {Promise<{ files: Readonly<Record<string, string>>, single: string, hash: string }>}
 */
export async function makeSecondScreen() {
  const { files, single } = await makePlainPage(SOURCE);
  const pinned = { ...files, [MANIFEST]: readFileSync(path.join(checkout, "app", SOURCE, MANIFEST), "utf8") };
  const hashes = Object.fromEntries(Object.entries(pinned).map(([name, text]) => [name, sha256Base64(text)]));
  const worker = await bundle(`app/${SOURCE}/offline-worker.ts`, {
    PINNED_FILES: hashes,
    PINNED_CACHE: sha256Hex(JSON.stringify(hashes)).slice(0, 16),
  });
  return { files: { ...pinned, [WORKER]: worker }, single, hash: sha256Hex(worker) };
}

/** Makes it and puts it where the app serves it from, or elsewhere; answers the hash of the build and of the single file. */
export async function writeSecondScreen(folder = SECOND_SCREEN_FOLDER) {
  const { files, single, hash } = await makeSecondScreen();
  writeAlone(folder, { ...files, [SINGLE_FILE]: single });
  return { hash, single: sha256Hex(single) };
}
