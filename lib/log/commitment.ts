import { hashOf, type Json } from "./canonical";

/**
 * A value that may be taken out of a published edition later. The commitment enters the canonical bytes; the opening
 * travels beside them. Without the salt (16 random bytes) a short value such as a name cannot be guessed from its hash.
 */
export type Commitment = { readonly committed: string };

/** What a commitment stands for: `path` names its place, so that an opening cannot be moved to another field. */
export type Opening = { readonly path: string; readonly salt: string; readonly value: string };

/** What is said where a value was taken out of an edition. */
export const TAKEN_OUT = "[withheld]";

const DOMAIN = "claviger/commitment/v1";

/** SHA-256 over the canonical `{domain, path, salt, value}`. Salt: 32 hex digits. */
export function commit(opening: Opening): Commitment {
  return { committed: hashOf({ domain: DOMAIN, path: opening.path, salt: opening.salt, value: opening.value }) };
}

/** The opening among these that belongs to the commitment, or null (redacted, or never ours). */
export function openingOf(commitment: Commitment, openings: readonly Opening[]): Opening | null {
  return openings.find((opening) => commit(opening).committed === commitment.committed) ?? null;
}

/** Every commitment inside a value, with its place as a JSON pointer. */
export function commitmentsIn(value: Json, path = ""): { path: string; commitment: Commitment }[] {
  if (value === null || typeof value !== "object") return [];
  const keys = Object.keys(value);
  const members = value as { readonly [key: string]: Json };
  if (keys.length === 1 && typeof members["committed"] === "string") {
    return [{ path, commitment: { committed: members["committed"] } }];
  }
  return keys.flatMap((key) => commitmentsIn(members[key] as Json, `${path}/${key}`));
}

/** A look-up by commitment over many openings, hashed once: the value, or null where it was taken out. */
export function valuesOf(openings: readonly Opening[]): (commitment: Commitment) => string | null {
  const values = new Map(openings.map((opening) => [commit(opening).committed, opening.value]));
  return (commitment) => values.get(commitment.committed) ?? null;
}
