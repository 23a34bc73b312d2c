import type { Grant } from "./grant";

/** Every key by which some grant issues tokens. */
export const issuingKeys = (grants: readonly Pick<Grant, "keys">[]): ReadonlySet<string> =>
  new Set(grants.flatMap(({ keys }) => keys).flatMap(({ operations, keys }) => (operations.includes("issue-token") ? keys : [])));

/**
 * A key by which one account signs whatever it likes, while the same or another account issues tokens with it: whoever signs raw bytes
 * could write any of those tokens. Null where there is none. Grants without clients count as well: what was issued under them still
 * verifies.
 */
export function mixedKey(grants: readonly Pick<Grant, "keys">[]): string | null {
  const signing = grants.flatMap(({ keys }) => keys).filter(({ operations }) => operations.includes("sign"));
  const issuing = issuingKeys(grants);
  return signing.flatMap(({ keys }) => keys).find((key) => issuing.has(key)) ?? null;
}
