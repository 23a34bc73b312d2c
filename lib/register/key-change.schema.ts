import { z } from "zod";
import { KEY_STATES } from "#lib/ceremony/key-states";
import { MODES } from "#lib/ceremony/roles";
import { Committed, Hash, Identifier, Time } from "#lib/ceremony/roster.schema";

/** A hundred years: nobody means more. */
const Days = z.int().min(1).max(36_525);

/** What a change says of a key that no outcome could: free texts behind commitments. Only what is there is set. */
export const KeyFacts = z.strictObject({
  owner: Committed.optional(),
  purpose: Committed.optional(),
  environment: z.enum(["production", "test"]).optional(),
  /** The originator-usage period, from the day it is activated (SP 800-57 part 1 rev. 5, section 5.3.4). */
  cryptoperiodDays: Days.optional(),
  /** For how long afterwards what it protected is still processed: verified, decrypted, unwrapped. */
  processingDays: z.int().min(0).max(36_525).optional(),
});

/** What a quorum agrees that becomes of one key. Canonical bytes of it are hashed, and the hash is what people sign. */
export const KeyChange = z.strictObject({
  v: z.literal("claviger/key-change/v1"),
  mode: z.enum(MODES),
  key: Hash,
  label: z.string().max(200),
  /** What had become of the key when this was written: another change in between makes it void. */
  head: Hash,
  from: z.enum(KEY_STATES),
  to: z.enum(KEY_STATES),
  facts: KeyFacts.nullable(),
  reason: Committed,
  by: Identifier,
  at: Time,
});

/** Why a finding is none any more. */
export const FindingExplanation = z.strictObject({
  v: z.literal("claviger/finding-explained/v1"),
  mode: z.enum(MODES),
  finding: Hash,
  token: z.string().min(1).max(64),
  says: Committed,
  by: Identifier,
  at: Time,
});
