import { randomUUID } from "node:crypto";
import { z } from "zod";
import { decideClaims, flawOf, TOKEN_FLAWS, type TokenFlaw } from "#lib/accounts/decide-claims";
import type { PermittedKey, PermittedUse } from "#lib/accounts/decide-use";
import { base64url, utf8 } from "#lib/log/digest";
import { ok } from "#lib/result";
import type { Access } from "./access-tokens";
import { bytes, bytesText, keyId, keyRequest, signatureAlgorithm, thumbprintText, unreadable, type Answered, type KeyRequest } from "./asked";
import { CIPHER_REQUESTS } from "./cipher-requests";
import { isSignedBy, readJws, signingInput } from "./compact-jws";
import type { KeyUses } from "./key-uses";
import { problem } from "./problem";
import { jwkOf, publicHalf } from "./published-key";
import { Jwk } from "./published-documents.schema";
import { USE_ALGORITHMS } from "#lib/accounts/grant.schema";

const kid = thumbprintText.nullable().default(null);
const audience = z.string().min(1).max(200).nullable().default(null);
/** Whoever is shown a token reads all of it, and many read no more than this in a header. */
const MOST_CLAIMS = 8_192;
const claims = z
  .record(z.string().max(100), z.json())
  .refine((said) => JSON.stringify(said).length <= MOST_CLAIMS, "are longer than a token is good for")
  .describe(`As JSON at most ${String(MOST_CLAIMS)} characters; iss, aud, exp, nbf, iat and jti are not the caller's to say.`)
  .default({});

/** The key that did it: its id in the register, its thumbprint, and by which algorithm. */
const signedBy = { key: keyId, kid: thumbprintText, algorithm: signatureAlgorithm };

const nothingMore = () => ok(null);

const [data, signature] = ["d2hhdCBpcyBzaWduZWQ", "A".repeat(86)];

/** What `/api/v1/keys/NAME/WHAT` does, by WHAT. */
export const KEY_REQUESTS: Readonly<Record<string, KeyRequest>> = {
  ...CIPHER_REQUESTS,

  sign: keyRequest(
    {
      id: "sign",
      operation: "sign",
      summary: "Sign bytes",
      description: "The key hashes what is sent. No key by which tokens are issued signs bytes. ECDSA signatures are r and s side by side (RFC 7518, 3.4).",
      asks: z.strictObject({ algorithm: signatureAlgorithm, data: bytes }),
      answers: z.strictObject({ ...signedBy, signature: bytesText }),
      example: { algorithm: "ES256", data },
    },
    (uses, access, name, { data, algorithm }) =>
      uses.ofKey(access, { operation: "sign", name, algorithm }, data, nothingMore, () => data, async (_, use) => ({
        ...named(use),
        signature: base64url(await uses.signature(access, use, data)),
      })),
  ),

  verify: keyRequest(
    {
      id: "verify",
      operation: "verify",
      summary: "Verify a signature",
      description: "By the key of that thumbprint, or by the first behind the name that may verify. Needs no HSM; nor does whoever has the public key.",
      asks: z.strictObject({ algorithm: signatureAlgorithm, data: bytes, signature: bytes, kid }),
      answers: z.strictObject({ ...signedBy, valid: z.boolean() }),
      example: { algorithm: "ES256", data, signature },
    },
    (uses, access, name, { data: signed, signature, algorithm, kid }) => {
      const ask = { operation: "verify", name, algorithm, ...(kid !== null && { which: keyOf(kid) }) } as const;
      return uses.ofKey(access, ask, signed, nothingMore, () => signed, (_, use) => {
        const jws = { algorithm: use.algorithm, kid, claims: {}, signed, signature };
        return Promise.resolve({ ...named(use), valid: isSignedBy(jws, publicHalf(use.key).key) });
      });
    },
  ),

  tokens: keyRequest(
    {
      id: "issueToken",
      operation: "issue-token",
      summary: "Issue a token",
      description:
        "A JWT (RFC 7519) by the key that the alias means now. iss, aud and its life are the grant's; of claims, those that the grant names. " +
        "It is verified from the key set, without this process.",
      asks: z.strictObject({ algorithm: signatureAlgorithm.nullable().default(null), audience, claims }),
      answers: z.strictObject({ ...signedBy, token: z.string(), expires: z.int().describe("Seconds since 1970, as exp says.") }),
      example: { claims: { sub: "anna" } },
    },
    (uses, access, name, { algorithm, audience, claims }, now, body) => {
      const made = { at: Math.floor(now.getTime() / 1_000), jti: randomUUID() };
      return uses.ofKey(
        access,
        { operation: "issue-token", name, algorithm },
        utf8(JSON.stringify(body)),
        (use) => {
          const said = decideClaims(use.granted, { audience, claims }, made);
          if (!said.ok) return said;
          const header = { alg: use.algorithm, typ: "JWT", kid: publicHalf(use.key).kid };
          return ok({ expires: said.value.exp, text: signingInput(header, said.value) });
        },
        ({ text }) => utf8(text),
        async ({ expires, text }, use) => ({
          ...named(use),
          token: `${text}.${base64url(await uses.signature(access, use, utf8(text)))}`,
          expires,
        }),
      );
    },
  ),

  "verify-token": keyRequest(
    {
      id: "verifyToken",
      operation: "verify-token",
      summary: "Verify a token",
      description: "Whether a token is one of these keys', in its time and for that audience; what it says, only if so.",
      asks: z.strictObject({ token: z.string().max(16_384), audience }),
      answers: z.strictObject({
        ...signedBy,
        valid: z.boolean(),
        claims: z.record(z.string(), z.unknown()).optional(),
        flaw: z.enum([...TOKEN_FLAWS, "signature"]).optional(),
      }),
      example: { token: "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.AAAA" },
    },
    async (uses, access, name, asked, now) => {
      const read = readJws(asked.token);
      if (!read.ok) return { use: null, problem: problem(read.refusal) };
      const jws = read.value;
      const { algorithm, kid, signed, claims } = jws;
      return uses.ofKey(access, { operation: "verify-token", name, algorithm, which: keyOf(kid ?? "") }, signed, nothingMore, () => signed, (_, use) => {
        const flaw: TokenFlaw | "signature" | null = isSignedBy(jws, publicHalf(use.key).key)
          ? flawOf(use.granted, asked.audience, claims, Math.floor(now.getTime() / 1_000))
          : "signature";
        return Promise.resolve({ ...named(use), valid: flaw === null, ...(flaw === null ? { claims } : { flaw }) });
      });
    },
  ),
};

const keyOf = (kid: string) => (key: PermittedUse["key"]) => publicHalf(key).kid === kid;
const named = <A extends string>({ key, algorithm }: { readonly key: PermittedKey["key"]; readonly algorithm: A }) => ({
  ...{ key: key.key, kid: publicHalf(key).kid, algorithm },
});

export const PublicKeyAnswer = z.strictObject({ key: keyId, kid: thumbprintText, algorithm: z.enum(USE_ALGORITHMS), jwk: Jwk, pem: z.string() });

/** The public key that a name means now. */
export const publicKeyAnswer = (uses: KeyUses, access: Access, name: string): Promise<Answered> =>
  uses.publicKey(access, name, (use) => ({ ...named(use), jwk: jwkOf(use.key, [use.algorithm]), pem: publicHalf(use.key).pem }));

export const RandomRequest = z.strictObject({ length: z.int().min(1).max(1_024) });
export const RandomAnswer = z.strictObject({ bytes: bytesText });

export async function randomAnswer(uses: KeyUses, access: Access, body: unknown): Promise<Answered> {
  const asked = RandomRequest.safeParse(body);
  if (!asked.success) return unreadable();
  const drawn = await uses.random(access, asked.data.length);
  return "value" in drawn ? { use: drawn.use, value: { bytes: base64url(drawn.value) } } : drawn;
}
