import { z } from "zod";
import { Assertion } from "./assertion.schema";
import { MODES } from "./roles";
import { Base64url, Hash, Identifier, Time } from "./roster.schema";
import { Sentence } from "./sentence.schema";

const common = {
  v: z.literal("claviger/endorsement/v1"),
  act: z.literal("endorse"),
  /** SHA-256 of the canonical document, or of a passkey's SubjectPublicKeyInfo. */
  hash: Hash,
  mode: z.enum(MODES),
  /** Hash of the roster whose custodians are asked: it says whose passkeys count, and how many people must agree. */
  roster: Hash,
  person: Identifier,
  role: z.literal("custodian"),
  at: Time,
};

/**
 * What a custodian signs outside of any ceremony: what a quorum agrees to (a roster, a script), and what they say of themselves
 * (their duties, their passkey). The document's own words are in it, so that it can be read without the document.
 */
export const EndorsementStatement = z.discriminatedUnion("what", [
  z.strictObject({ ...common, what: z.literal("roster"), version: z.int().min(2) }),
  z.strictObject({
    ...common,
    what: z.literal("script"),
    script: Identifier,
    edition: z.int().min(1),
    title: z.string().min(1).max(120),
  }),
  /** The custodian's own duties, in the words that they read: nobody has to look them up to know what was accepted. */
  z.strictObject({ ...common, what: z.literal("duties"), says: Sentence }),
  /** That this passkey works, at that moment: over a number of the server's that nobody knew before. `hash` is of its public key. */
  z.strictObject({ ...common, what: z.literal("passkey"), passkey: Base64url.min(1), nonce: Hash }),
]);

export const Endorsement = z.strictObject({ statement: EndorsementStatement, assertion: Assertion });
