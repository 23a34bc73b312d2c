import { join } from "node:path";
import { canonicalText, parseCanonical, type Json } from "#lib/log/canonical";
import { base64url, fromBase64url, fromHex, hex, sha256Hex, utf8 } from "#lib/log/digest";
import { MODES } from "#lib/ceremony/roles";
import { EMPTY_ROOT } from "#lib/log/merkle";
import { logOriginOf } from "#lib/log/origin";
import { MemoryFault } from "../memory";
import { findFile, putFile } from "../own-files";

/**
 * What the worker knows of a log, on its own disk: how large it was and its root, and the leaves it is about to append. Those are
 * written down before the new root is signed, so that after a crash at any line the same leaves are appended, and no others: a
 * second root of the same size would be a fork under the worker's own signature.
 */
export type RememberedLog = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly promised: readonly Uint8Array[];
};

export interface LogMemory {
  /** Null for a log of which nothing is remembered: not an empty one, but one that nobody has spoken of at this worker's console. */
  recall(origin: string): RememberedLog | null;
  remember(origin: string, log: RememberedLog): void;
}

/** The memory in the worker's state folder. Throws MemoryFault for a file that is there and cannot be read. */
export function logMemory(stateFolder: string): LogMemory {
  const pathOf = (origin: string) => join(stateFolder, "logs", `${sha256Hex(utf8(origin))}.json`);
  return {
    recall(origin) {
      const bytes = findFile(pathOf(origin));
      return bytes && read(bytes, origin);
    },
    remember(origin, { size, root, promised }) {
      putFile(pathOf(origin), canonicalText({ origin, size, root: hex(root), promised: promised.map(base64url) }));
    },
  };
}

/**
 * The logs of an installation, by its origin, from their first leaf on, where nothing is remembered of them. For whoever knows that
 * their recorder key was made just now, so that it has signed nothing yet; `claviger log trust` is for everybody else.
 */
export function beginLogs(memory: LogMemory, origin: string): void {
  for (const log of MODES.map((mode) => logOriginOf(origin, mode))) {
    if (memory.recall(log) === null) memory.remember(log, { size: 0, root: EMPTY_ROOT, promised: [] });
  }
}

function read(bytes: Uint8Array, origin: string): RememberedLog {
  try {
    const value = parseCanonical(bytes) as { [member: string]: Json };
    if (value["origin"] !== origin || typeof value["size"] !== "number") throw new RangeError("another log");
    const promised = (value["promised"] as string[]).map(fromBase64url);
    return { size: value["size"], root: fromHex(value["root"] as string), promised };
  } catch {
    throw new MemoryFault(`what is remembered of the log ${origin} is unreadable`);
  }
}
