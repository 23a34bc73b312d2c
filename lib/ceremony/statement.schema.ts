import { z } from "zod";
import { MODES, ROLES } from "./roles";
import { Committed, Hash, Identifier, Time } from "./roster.schema";
import { OperationRequest } from "./script.schema";

export const VERDICTS = ["agree", "agree-except-noted", "do-not-agree"] as const;

export const Statement = z.strictObject({
  v: z.literal("claviger/statement/v1"),
  act: z.enum(["approve", "refuse", "sign-off"]),
  ceremony: Identifier,
  mode: z.enum(MODES),
  scriptHash: Hash,
  step: Identifier,
  /** The operations in full, with every parameter; none for a sign-off. */
  what: z.array(OperationRequest),
  whatHash: Hash,
  token: z.strictObject({ serial: z.string() }),
  /** Hash of the entry that opened the step. */
  head: Hash,
  nonce: Hash,
  expires: Time,
  person: Identifier,
  role: z.enum(ROLES),
  /** sign-off only. */
  verdict: z.enum(VERDICTS).nullable(),
  /** Why not, or what is to be added: salted, because free text may name people. */
  remark: Committed.nullable(),
});
