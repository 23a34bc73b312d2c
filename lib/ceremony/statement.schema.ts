import { z } from "zod";
import { MODES, ROLES } from "./roles";
import { Committed, Hash, Identifier, Time } from "./roster.schema";
import { OperationRequest } from "./script.schema";

export const VERDICTS = ["agree", "agree-except-noted", "do-not-agree"] as const;

/** One of the two parts of a secret, as its ciphertext: for which invitation of the worker (the hash of that entry) it was encrypted. */
export const SecretPart = z.strictObject({
  invitation: Hash,
  secret: Identifier,
  part: z.union([z.literal(1), z.literal(2)]),
  /** SHA-256 of the ciphertext. */
  sha256: Hash,
});

/** What two people say was done at a step on the printed script, while nothing could be entered. */
export const PaperClaim = z.strictObject({
  began: Time,
  ended: Time,
  /** What was done and found, and by whom, as it stands on the paper. */
  account: Committed,
  /** Where the paper is kept. */
  kept: Committed,
  /** Sequence number of the deviation that says why it was done on paper. */
  deviation: z.int().min(0),
});

export const Statement = z.strictObject({
  v: z.literal("claviger/statement/v1"),
  act: z.enum(["approve", "refuse", "enter-part", "sign-off", "attest", "paper", "release-notebook", "approve-resume"]),
  ceremony: Identifier,
  mode: z.enum(MODES),
  scriptHash: Hash,
  step: Identifier,
  /** The operations in full, with every parameter: those still to be done, or to attest, all of them; none to sign off or go on. */
  what: z.array(OperationRequest),
  whatHash: Hash,
  /** The ceremony's own token, and the other tokens of the script by name, where it has any: which devices are meant. */
  token: z.strictObject({ serial: z.string(), others: z.record(Identifier, z.string().min(1)).optional() }),
  /** Hash of the entry that opened the step; to attest and release, of the one by which it was done; to go on, of the deviation. */
  head: Hash,
  /** Of the opening; to go on after a stop, the hash of the entry that stopped the room. */
  nonce: Hash,
  expires: Time,
  person: Identifier,
  role: z.enum(ROLES),
  /** sign-off only. */
  verdict: z.enum(VERDICTS).nullable(),
  /** Why not, or what is to be added: salted, because free text may name people. */
  remark: Committed.nullable(),
  /** enter-part only, and there it is always. */
  part: SecretPart.optional(),
  /** paper only, and there it is always. */
  paper: PaperClaim.optional(),
  /** release-notebook only: SHA-256 of its pages, canonical, as the entry has them. */
  pages: Hash.optional(),
  /** approve-resume only, and there it is always: sequence number of the deviation as which the ceremony goes on. */
  deviation: z.int().min(0).optional(),
});
