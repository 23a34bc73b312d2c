import { hashOf, type Json } from "../log/canonical";
import type { z } from "zod";
import type { PaperClaim as PaperClaimSchema, SecretPart as SecretPartSchema, Statement as StatementSchema } from "./statement.schema";

/**
 * The exact document a person reads and signs. Its SHA-256 is the WebAuthn challenge; decision and scope are inside.
 * It is bound to the entry that opened the step (`head`), not to the last entry, so approvals of different people commute.
 */
export type Statement = z.infer<typeof StatementSchema>;
export type StatementAct = Statement["act"];
/** The acts that decide on what is asked of the room: a part of a secret, a witness's word and an account on paper decide nothing. */
export type DecidingAct = Extract<StatementAct, "approve" | "refuse" | "sign-off" | "approve-resume">;
/** What two people say was done at a step on the printed script. */
export type PaperClaim = z.infer<typeof PaperClaimSchema>;
export type SecretPart = z.infer<typeof SecretPartSchema>;

/** SHA-256 of the canonical statement, hex: the challenge, and what people compare with the wall. */
export const statementHash = (statement: Statement): string => hashOf(statement as unknown as Json);
