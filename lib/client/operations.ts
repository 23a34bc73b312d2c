/**
 * What is asked of the key process, and whether it may be asked again when it may have been done already (an answer that was cut off,
 * or did not come in time). What was refused, or never arrived, is asked again in any case when the reason is one that passes.
 */
export const OPERATIONS = {
  /** A second signature over the same bytes says what the first one said. */
  sign: { repeats: true },
  /** Changes nothing. */
  verify: { repeats: true },
  /** Changes nothing. */
  "public-key": { repeats: true },
  /** Each is a token of its own, with an id by which somebody may count: one that nobody received would still be good. */
  "issue-token": { repeats: false },
  /** Changes nothing. */
  "verify-token": { repeats: true },
  /** Another iv, of which a key has 2^32; what was not received opens nothing. */
  encrypt: { repeats: true },
  /** Changes nothing. */
  decrypt: { repeats: true },
  /** A data key that was drawn and not received protects nothing. */
  wrap: { repeats: true },
  /** Changes nothing. */
  unwrap: { repeats: true },
  /** The same bytes have the same MAC. */
  mac: { repeats: true },
  /** Changes nothing. */
  "verify-mac": { repeats: true },
  /** Bytes that were not received are used by nobody. */
  random: { repeats: true },
  /** Each try proves itself anew, so that none is shown twice; a token that was not received ends in minutes. */
  token: { repeats: true },
  /** Changes nothing. */
  "key-set": { repeats: true },
} as const satisfies Record<string, { readonly repeats: boolean }>;

export type Operation = keyof typeof OPERATIONS;
