import type { Opening } from "#lib/log/commitment";
import { StoreFault } from "./store-fault";

/** Openings as kept beside committed bytes; anything else in that column is a fault. */
export function readOpenings(value: unknown): Opening[] {
  if (!Array.isArray(value)) throw new StoreFault("openings are not a list");
  return value.map((item: unknown) => {
    const { path, salt, value: opened } = (item ?? {}) as { [member: string]: unknown };
    if (typeof path !== "string" || typeof salt !== "string" || typeof opened !== "string")
      throw new StoreFault("an opening is malformed");
    return { path, salt, value: opened };
  });
}

/** Openings as a column takes them. */
export const writeOpenings = (openings: readonly Opening[]): { path: string; salt: string; value: string }[] =>
  openings.map(({ path, salt, value }) => ({ path, salt, value }));
