import { z } from "zod";
import { MODES } from "#lib/ceremony/roles";
import { Base64url, Hash, Time } from "#lib/ceremony/roster.schema";

/** What a token and the register say otherwise of one object. */
export const DIFFERENCES = ["unknown-object", "back-from-destroyed", "missing-object", "changed-attribute", "label-moved", "lapsed", "more"] as const;
/** So many does a listing name. */
export const MOST_DIFFERENCES = 10_000;

export const Difference = z.strictObject({
  kind: z.enum(DIFFERENCES),
  /** The object by its class, label, id and fingerprint, as it reads now; as it was recorded, where it is missing. For "more": how many. */
  object: z.string(),
  /** The key of the register that it belongs to; null where it belongs to none. */
  key: Hash.nullable(),
  /** What was recorded, and what is read now. */
  changes: z.array(z.strictObject({ name: z.string(), was: z.string(), is: z.string() })),
});

export const TokenListing = z.strictObject({
  v: z.literal("claviger/token-listing/v1"),
  mode: z.enum(MODES),
  /** Serial number. */
  token: z.string().min(1).max(64),
  /** SHA-256 of the recorder's SubjectPublicKeyInfo. */
  recorder: Hash,
  at: Time,
  /** How often this worker compares its tokens; listings from before it was said do not have it. */
  minutes: z.int().min(1).max(10_080).optional(),
  /** Hash of the listing of this token before; null for the first. */
  prev: Hash.nullable(),
  /** How many objects there were. */
  objects: z.int().min(0),
  differences: z.array(Difference).max(MOST_DIFFERENCES),
});

export const SignedListing = z.strictObject({
  listing: TokenListing,
  /** The recorder's, ES256 in DER. */
  signature: Base64url.min(1),
});
