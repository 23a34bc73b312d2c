import { sha256Hex } from "#lib/log/digest";

const PLACE = "claviger/second-screen/build";
/** Holds the hashes of all other files: its own hash is the build's. */
const WORKER = "offline-worker.js";

/** The build that somebody compared on this device, and when. */
export type ComparedBuild = { readonly hash: string; readonly at: string };

/** Whether this is the page as one file, which is opened and not installed. */
export const isSingleFile = (): boolean => document.documentElement.hasAttribute("data-single");

/** Keeps the page on this device for good; answers once it is, and throws what the browser says where it cannot be. */
export async function install(): Promise<void> {
  await navigator.serviceWorker.register(WORKER, { scope: "./", updateViaCache: "none" });
  await navigator.serviceWorker.ready;
}

/** Whether what is running came from this device. */
export const cameFromHere = (): boolean => "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;

/** The hash of this build as it was installed, or as it came just now. */
export async function ownBuild(): Promise<string> {
  return sha256Hex(new Uint8Array(await (await fetch(WORKER)).arrayBuffer()));
}

export function comparedBuild(): ComparedBuild | null {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "null") as Partial<ComparedBuild> | null;
    return kept && typeof kept.hash === "string" && typeof kept.at === "string" ? { hash: kept.hash, at: kept.at } : null;
  } catch {
    return null;
  }
}

export function rememberBuild(build: ComparedBuild): void {
  localStorage.setItem(PLACE, JSON.stringify(build));
}
