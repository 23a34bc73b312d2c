/** A closed rehearsal as the list of ceremonies has it, before its transcript is replayed. */
export type ClosedRehearsal = {
  readonly id: string;
  readonly scriptHash: string;
  readonly closedAt: string;
  /** Every step done and signed. */
  readonly passed: boolean;
};

/**
 * Which rehearsals are worth replaying, newest first: of each script its `most` newest, and the newest that was played to its end
 * even when it is none of those. However many there were of other scripts, or were aborted since, none of these is left out.
 */
export function newestRehearsals<T extends ClosedRehearsal>(closed: readonly T[], most: number): T[] {
  const before = new Map<string, { taken: number; passed: boolean }>();
  const newestFirst = [...closed].sort((a, b) => (a.closedAt < b.closedAt ? 1 : -1));
  return newestFirst.filter(({ scriptHash, passed }) => {
    const { taken, passed: passedLater } = before.get(scriptHash) ?? { taken: 0, passed: false };
    before.set(scriptHash, { taken: taken + 1, passed: passedLater || passed });
    return taken < most || (passed && !passedLater);
  });
}
