import { readFile } from "node:fs/promises";
import path from "node:path";
import { sha256Hex } from "#lib/log/digest";

/** Holds the hashes of all other files of the second screen: its own hash is the build's, as `claviger second-screen` says it. */
const WORKER = path.join("public", "second-screen", "offline-worker.js");

/** SHA-256 of the second screen that this app serves; null where none was built. */
export async function servedSecondScreen(): Promise<string | null> {
  try {
    return sha256Hex(await readFile(path.resolve(WORKER)));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fault;
  }
}
