import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SetupFault } from "./fault.mjs";

/** The folder that holds package.json. */
export const checkout = path.resolve(import.meta.dirname, "..", "..");

/** Everything kept at run time lives below this one ignored folder. */
export const keepFolder = path.join(checkout, ".claviger");

/**
 * Makes a folder below `.claviger`. Others may pass through it (PostgreSQL, when root started it, runs as another user)
 * but not list it; what is secret inside carries its own mode.
 * @param {string} folder
 */
export function makeKeepFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Takes a folder for this process, so that two starts from one checkout do not share a database by accident.
 * Refuses while the process that holds it lives; a holder that was killed holds nothing.
 * @param {string} folder
 * @param {string} what named in the refusal, such as "the demo"
 * @returns {() => void} lets go
 */
export function holdFolder(folder, what) {
  makeKeepFolder(folder);
  const file = path.join(folder, "held-by");
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      const release = () => rmSync(file, { force: true });
      process.once("exit", release);
      return release;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
      const holder = Number(readFileSync(file, "utf8"));
      if (holder !== process.pid && isAlive(holder)) {
        throw new SetupFault(`${what} already runs from this checkout (process ${holder}).`, {
          kept: "The running one was not touched.",
          remedy: `use the running one, or end it with: kill ${holder}`,
        });
      }
      rmSync(file, { force: true });
    }
  }
  throw new SetupFault(`Two starts of ${what} met.`, { remedy: "start it again" });
}
