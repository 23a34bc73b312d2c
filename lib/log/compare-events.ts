import { eventHash, readLeaf, type LoggedEvent } from "./leaf";

/** Events by their ids: what a file says of the audit trail, beside what a log says. */
export type ComparedEvents = {
  /** In the file otherwise than in the log. */
  readonly changed: readonly string[];
  /** In the file, and of no leaf. */
  readonly notLogged: readonly string[];
  /** Of a leaf, and not in the file. */
  readonly missing: readonly string[];
  /** In the file more than once. */
  readonly doubled: readonly string[];
};

/** Holds events against all leaves of a log. An event that was logged twice, once as it is now and once otherwise, was changed. */
export function compareEvents(events: readonly LoggedEvent[], leaves: readonly Uint8Array[]): ComparedEvents {
  const logged = new Map<string, Set<string>>();
  for (const bytes of leaves) {
    const leaf = readLeaf(bytes);
    if (leaf?.kind === "event") logged.set(leaf.event, (logged.get(leaf.event) ?? new Set()).add(leaf.hash));
  }
  const [changed, notLogged, doubled]: [string[], string[], string[]] = [[], [], []];
  const seen = new Set<string>();
  for (const one of events) {
    if (seen.has(one.event)) doubled.push(one.event);
    seen.add(one.event);
    const hashes = logged.get(one.event);
    if (!hashes) notLogged.push(one.event);
    else if (hashes.size > 1 || !hashes.has(eventHash(one))) changed.push(one.event);
  }
  return { changed, notLogged, doubled, missing: [...logged.keys()].filter((event) => !seen.has(event)) };
}
