import { z } from "zod";
import { EndorsementStatement } from "#lib/ceremony/endorsement.schema";
import { ROLES } from "#lib/ceremony/roles";
import { Hash, Identifier } from "#lib/ceremony/roster.schema";
import { Statement } from "#lib/ceremony/statement.schema";

const V = z.literal("claviger/carried/v1");
const Name = z.string().max(200);

/** What one screen carries to another by QR code. */
export const Carried = z.discriminatedUnion("kind", [
  /** What is about to be signed: one text but for whose it is, so that one code serves everybody in the room. */
  z.strictObject({
    v: V,
    kind: z.literal("statement"),
    statement: Statement.omit({ person: true, role: true }),
    signers: z.array(z.strictObject({ person: Identifier, role: z.enum(ROLES), name: Name })).min(1).max(64),
    /** What the statement's remark stands for, where it has one. */
    remark: z.strictObject({ path: Name, salt: z.string().max(64), value: z.string().max(4000) }).nullable(),
  }),
  /** What a custodian signs outside of any room: their agreement to a roster or a script, their duties, a test of their passkey. */
  z.strictObject({ v: V, kind: z.literal("endorsement"), statement: EndorsementStatement }),
  /** What a passkey is asked for at the door: the random number behind the challenge. */
  z.strictObject({ v: V, kind: z.literal("sign-in"), nonce: Hash }),
  /** Whose signature the room is asked to believe: SHA-256 of the recorder's certificate. */
  z.strictObject({ v: V, kind: z.literal("recorder"), organisation: Name, token: Name, fingerprint: Hash }),
]);
