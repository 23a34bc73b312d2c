import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import { makePlainPage, sha256Hex, writeAlone } from "./plain-page.mjs";

const SOURCE = "verify";
/** Served by the app as it stands, and made anew by every build. */
export const VERIFIER_FOLDER = path.join(checkout, "public", SOURCE);
/** The name it has as a file of its own, and inside a record (lib/record/record-files.ts). */
export const VERIFIER_SINGLE_FILE = "claviger-verifier.html";

/**
 * The page that checks a record: its files by name, the same as one file, and the hash of that.
 * @returns {Promise<{ files: Readonly<Record<string, string>>, single: string, hash: string }>}
 */
export async function makeVerifierPage() {
  const { files, single } = await makePlainPage(SOURCE);
  return { files, single, hash: sha256Hex(single) };
}

/** Makes it and puts it where the app serves it and the worker takes it from, or elsewhere; answers the hash of the single file. */
export async function writeVerifierPage(folder = VERIFIER_FOLDER) {
  const { files, single, hash } = await makeVerifierPage();
  writeAlone(folder, { ...files, [VERIFIER_SINGLE_FILE]: single });
  return { hash };
}
