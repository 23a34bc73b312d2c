import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

/** Files that are either the old ones or the new ones, whatever happens in between: written beside, flushed, renamed. */

/** Puts bytes under a name, for this user's eyes only. Safe against a crash or a power cut at any moment. */
export function putFile(path: string, bytes: Uint8Array | string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = `${path}.${String(process.pid)}.new`;
  const file = openSync(beside, "w", 0o600);
  try {
    writeSync(file, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  syncFolder(folder);
}

/** Whether everybody on this host may write to the folder; not, where there is none yet. */
export const isOpenToAll = (folder: string): boolean => ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o002) !== 0;

/** The file's bytes, or null when there is none; any other trouble throws. */
export function findFile(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fault;
  }
}

/** When a file was last written, in milliseconds since 1970; 0 when there is none. */
export const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Names of the files in a folder that end so, sorted; none when there is no folder. Half-written ones are not among them. */
export function fileNames(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ending)).sort();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw fault;
  }
}

/**
 * Takes away what `putFile` was writing when its process was killed. A file of a process that is still there stays: it may be
 * about to be renamed.
 */
export function removeHalfWritten(folder: string): void {
  for (const name of fileNames(folder, ".new")) {
    const writer = Number(/\.([1-9][0-9]*)\.new$/.exec(name)?.[1]);
    if (writer > 0 && !isAlive(writer)) removeFile(join(folder, name));
  }
}

/** A process of somebody else's is alive as well. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

export function removeFile(path: string): void {
  rmSync(path, { force: true });
  syncFolder(dirname(path));
}

/** A rename is lasting only once its folder is on disk as well. */
function syncFolder(folder: string): void {
  const handle = openSync(join(folder, "."), "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
