import { z } from "zod";
import { SIGNATURE_ALGORITHMS } from "#lib/token/algorithm";
import type { FaultMessage } from "../token/protocol";

/** What the key process and its signing children say to each other, packed: a list of works, and an answer for each, in order. */

/** Requests in one message: more of them cost almost nothing more, one for each message costs most of the time (decision 0083). */
export const MOST_WORKS = 256;
/** What one request may have signed. Larger things are hashed by who has them. */
export const MOST_BYTES = 65_536;
/** What AES-GCM adds: its iv before, its tag behind. */
export const [IV_BYTES, TAG_BYTES] = [12, 16] as const;
const SEALED_BYTES = IV_BYTES + TAG_BYTES;
/** What an RSA key of 8192 bits makes, and more than any MAC has. */
export const [MOST_RSA_BYTES, MOST_MAC_BYTES] = [1_024, 64] as const;
/** Keys that are wrapped for applications. */
export const MOST_KEY_BYTES = 64;

const bytes = (most: number) => z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= most, "not bytes, or too many");

/** CKA_ID. */
const named = { id: bytes(32).refine(({ length }) => length > 0, "an id has 1 to 32 bytes") };
/** What the register has of a secret key: three bytes of what the key makes of zeros, hex; null where it has nothing. */
const checkValue = z.string().regex(/^[0-9a-f]{6}$/).nullable();
const secret = { ...named, checkValue };
const aad = bytes(MOST_BYTES);

export const WorkMessage = z.discriminatedUnion("what", [
  z.strictObject({
    what: z.literal("sign"),
    ...named,
    /** The public key that the register has of it: what the signature has to verify by. */
    spki: bytes(2_048),
    algorithm: z.enum(SIGNATURE_ALGORITHMS),
    data: bytes(MOST_BYTES),
    /** Whether every signature is verified, or only the first by a key. */
    check: z.boolean(),
  }),
  z.strictObject({ what: z.literal("encrypt"), ...secret, data: bytes(MOST_BYTES), aad }),
  z.strictObject({ what: z.literal("decrypt"), ...secret, data: bytes(MOST_BYTES + SEALED_BYTES), aad }),
  z.strictObject({ what: z.literal("open"), ...named, data: bytes(MOST_RSA_BYTES) }),
  z.strictObject({ what: z.literal("wrap"), ...named, checkValue: checkValue.optional(), data: bytes(MOST_KEY_BYTES) }),
  z.strictObject({ what: z.literal("unwrap"), ...named, checkValue: checkValue.optional(), by: z.enum(["AES-KWP", "RSA-OAEP"]), data: bytes(MOST_RSA_BYTES) }),
  z.strictObject({ what: z.literal("mac"), ...secret, data: bytes(MOST_BYTES) }),
  z.strictObject({ what: z.literal("verify-mac"), ...secret, data: bytes(MOST_BYTES), mac: bytes(MOST_MAC_BYTES) }),
  z.strictObject({ what: z.literal("random"), length: z.int().min(1).max(1_024) }),
]);
/** A list of them; each is read by itself, so that one that is none is nobody else's trouble. */
export const Works = z.tuple([z.array(z.unknown()).min(1).max(MOST_WORKS)]);

export type Work = z.infer<typeof WorkMessage>;
export type SignWork = Extract<Work, { readonly what: "sign" }>;
/** What a child says of bytes that its key does not open. */
export const INPUT_REFUSED = "INPUT-REFUSED";

/** The bytes, or why there are none. What is sealed is iv, ciphertext and tag in one; whether a MAC is right, a byte 1 or 0. */
export type Answer = { readonly bytes: Uint8Array } | { readonly fault: FaultMessage };
