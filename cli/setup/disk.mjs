import { existsSync, statfsSync } from "node:fs";
import path from "node:path";
import { SetupFault } from "./fault.mjs";

/**
 * Refuses to begin what would run out of disk half-way.
 * @param {string} folder where it will be written; need not exist yet
 * @param {number} megabytes
 * @param {string} what completes "There is not enough disk space for …"
 */
export function needSpace(folder, megabytes, what) {
  let place = path.resolve(folder);
  while (!existsSync(place)) place = path.dirname(place);
  const { bavail, bsize } = statfsSync(place);
  const free = Math.floor((bavail * bsize) / 1_000_000);
  if (free >= megabytes) return;
  throw new SetupFault(
    `There is not enough disk space for ${what}: ${free} MB are free below ${place}, about ${megabytes} MB are needed.`,
    {
      remedy: "free some space and run the same command again",
    },
  );
}
