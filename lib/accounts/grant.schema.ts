import { z } from "zod";
import { MODES } from "#lib/ceremony/roles";
import { Committed, Hash, Identifier, Time } from "#lib/ceremony/roster.schema";
import { SIGNATURE_ALGORITHMS } from "#lib/token/algorithm";

/** A client's public key (RFC 7517), with the members that its thumbprint is made of and no others (RFC 7638 section 3.2). */
export const ClientKey = z.discriminatedUnion("kty", [
  z.strictObject({
    kty: z.literal("EC"),
    crv: z.literal("P-256"),
    x: z.string().regex(/^[\w-]{43}$/),
    y: z.string().regex(/^[\w-]{43}$/),
  }),
  // 2048 to 4096 bits, and the one exponent in use.
  z.strictObject({ kty: z.literal("RSA"), n: z.string().regex(/^[\w-]{342,683}$/), e: z.literal("AQAB") }),
]);

/** What can be asked of a key. Publishing it in the key set is no operation: whoever may sign with it wants it verified. */
export const KEY_OPERATIONS = [
  ...["sign", "verify", "public-key", "issue-token", "verify-token"] as const,
  ...["encrypt", "decrypt", "wrap", "unwrap", "mac", "verify-mac"] as const,
] as const;

/** What a key encrypts, wraps or makes MACs by. RSA-OAEP and HS256 as JOSE means them (RFC 7518), AES-GCM with 96 bits of iv, AES-KWP by RFC 5649. */
export const CIPHER_ALGORITHMS = ["RSA-OAEP", "AES-GCM", "AES-KWP", "HS256"] as const;
export const USE_ALGORITHMS = [...SIGNATURE_ALGORITHMS, ...CIPHER_ALGORITHMS] as const;

/** A string as it stands in the claims of a token. */
const ClaimText = z.string().min(1).max(200);

export const GrantedKeys = z.strictObject({
  /** What the application calls them; which of them it means moves with their states. */
  alias: Identifier,
  /** Ids in the register, the newest first: the first that may protect does, any that may verify does. */
  keys: z.array(Hash).min(1).max(8),
  operations: z.array(z.enum(KEY_OPERATIONS)).min(1),
  algorithms: z.array(z.enum(USE_ALGORITHMS)).min(1),
  /** What every token says that is issued by these keys, and what a caller may say beside it; null where none is issued. */
  tokens: z
    .strictObject({
      issuer: ClaimText,
      audiences: z.array(ClaimText).min(1).max(16),
      claims: z.array(z.string().regex(/^[A-Za-z0-9_:/.-]{1,100}$/)).max(64),
      minutes: z.int().min(1).max(15),
    })
    .nullable(),
});

/** What a quorum agrees that one application may do. The whole of it is in each edition; the newest one counts alone. */
export const Grant = z.strictObject({
  v: z.literal("claviger/grant/v1"),
  mode: z.enum(MODES),
  account: Identifier,
  edition: z.int().min(1),
  /** Whoever proves to have one of them is the account; without any, nobody is. */
  clients: z.array(ClientKey).max(4),
  keys: z.array(GrantedKeys).max(32),
  random: z.boolean(),
  /** Requests in a minute. */
  perMinute: z.int().min(1).max(10_000_000),
  until: Time,
  reason: Committed,
  by: Identifier,
  at: Time,
});
