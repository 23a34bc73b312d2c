import { z } from "zod";
import { Assertion } from "./assertion.schema";
import { MODES } from "./roles";
import { Hash, Identifier, Time } from "./roster.schema";

const common = {
  v: z.literal("claviger/endorsement/v1"),
  act: z.literal("endorse"),
  /** SHA-256 of the canonical document. */
  hash: Hash,
  mode: z.enum(MODES),
  /** Hash of the roster whose custodians are asked: it says whose passkeys count, and how many people must agree. */
  roster: Hash,
  person: Identifier,
  role: z.literal("custodian"),
  at: Time,
};

/**
 * What a custodian signs outside of any ceremony. The document's own words are in it, so that it can be read without the
 * document.
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
]);

export const Endorsement = z.strictObject({ statement: EndorsementStatement, assertion: Assertion });
