import { z } from "zod";
import { Assertion } from "./assertion.schema";
import { KEY_STATES } from "./key-states";
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

/** A key's label, as it is read on tokens that others may write to. */
const KeyName = z.string().max(200);

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
  /**
   * What becomes of a key of the register: of which one, by its id and label, from which state to which, and after what of its
   * history. The reason is behind a commitment in the document.
   */
  z.strictObject({
    ...common,
    what: z.literal("key-state"),
    key: Hash,
    label: KeyName,
    from: z.enum(KEY_STATES),
    to: z.enum(KEY_STATES),
    head: Hash,
  }),
  /** That a finding about a token is explained; the explanation is behind a commitment in the document. */
  z.strictObject({ ...common, what: z.literal("finding"), finding: Hash, token: z.string().min(1).max(64) }),
  /** What an application may do with which keys, and until when; in full in the document. */
  z.strictObject({ ...common, what: z.literal("grant"), account: Identifier, edition: z.int().min(1), until: Time }),
]);

export const Endorsement = z.strictObject({ statement: EndorsementStatement, assertion: Assertion });
