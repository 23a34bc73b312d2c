/** Further than anybody turns pages; beyond it a filter helps. */
const LAST = 2_000;

/** The number of a page out of an address; the first where it is none. */
export function pageAsked(said: string | null | undefined): number {
  const page = Number(said ?? "1");
  return Number.isInteger(page) && page >= 1 ? Math.min(page, LAST) : 1;
}
