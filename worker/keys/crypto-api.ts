import { randomUUID } from "node:crypto";
import { z } from "zod";
import { decideClaims, flawOf, type TokenFlaw } from "#lib/accounts/decide-claims";
import { publishedKeys, type PermittedKey, type PermittedUse } from "#lib/accounts/decide-use";
import { base64url, utf8 } from "#lib/log/digest";
import { ok } from "#lib/result";
import { SIGNATURE_ALGORITHMS } from "#lib/token/algorithm";
import type { Access } from "./access-tokens";
import { isSignedBy, readJws, signingInput } from "./compact-jws";
import { bytes, unreadable, type Answered } from "./asked";
import { CIPHER_REQUESTS } from "./cipher-requests";
import type { KeyUses } from "./key-uses";
import type { Known } from "./knowledge";
import { problem } from "./problem";
import { jwkOf, publicHalf } from "./published-key";

const algorithm = z.enum(SIGNATURE_ALGORITHMS);
const kid = z.string().regex(/^[\w-]{43}$/).nullable().default(null);
const SignRequest = z.strictObject({ algorithm, data: bytes });
const VerifyRequest = z.strictObject({ algorithm, data: bytes, signature: bytes, kid });
const RandomRequest = z.strictObject({ length: z.int().min(1).max(1_024) });
/** Whoever is shown a token reads all of it, and many read no more than this in a header. */
const MOST_CLAIMS = 8_192;
const IssueRequest = z.strictObject({
  algorithm: algorithm.nullable().default(null),
  audience: z.string().min(1).max(200).nullable().default(null),
  claims: z
    .record(z.string().max(100), z.json())
    .refine((claims) => JSON.stringify(claims).length <= MOST_CLAIMS, "are longer than a token is good for")
    .default({}),
});
const InspectRequest = z.strictObject({ token: z.string().max(16_384), audience: z.string().min(1).max(200).nullable().default(null) });

const nothingMore = () => ok(null);

/** What `/api/v1/keys/NAME/WHAT` does, by WHAT. */
export const KEY_REQUESTS: Readonly<Record<string, (uses: KeyUses, access: Access, name: string, body: unknown, now: Date) => Promise<Answered>>> = {
  ...CIPHER_REQUESTS,

  async sign(uses, access, name, body) {
    const asked = SignRequest.safeParse(body);
    if (!asked.success) return unreadable();
    const { data, algorithm } = asked.data;
    return uses.ofKey(access, { operation: "sign", name, algorithm }, data, nothingMore, () => data, async (_, use) => ({
      ...named(use),
      signature: base64url(await uses.signature(access, use, data)),
    }));
  },

  async verify(uses, access, name, body) {
    const asked = VerifyRequest.safeParse(body);
    if (!asked.success) return unreadable();
    const { data: signed, signature, algorithm, kid } = asked.data;
    const ask = { operation: "verify", name, algorithm, ...(kid !== null && { which: keyOf(kid) }) } as const;
    return uses.ofKey(access, ask, signed, nothingMore, () => signed, (_, use) => {
      const jws = { algorithm: use.algorithm, kid, claims: {}, signed, signature };
      return Promise.resolve({ ...named(use), valid: isSignedBy(jws, publicHalf(use.key).key) });
    });
  },

  /** Issues a token (RFC 7519), signed by the key that the alias means now. */
  async tokens(uses, access, name, body, now) {
    const asked = IssueRequest.safeParse(body);
    if (!asked.success) return unreadable();
    const { algorithm, audience, claims } = asked.data;
    const made = { at: Math.floor(now.getTime() / 1_000), jti: randomUUID() };
    return uses.ofKey(
      access,
      { operation: "issue-token", name, algorithm },
      utf8(JSON.stringify(body)),
      (use) => {
        const said = decideClaims(use.granted, { audience, claims }, made);
        return said.ok ? ok({ said: said.value, text: signingInput({ alg: use.algorithm, typ: "JWT", kid: publicHalf(use.key).kid }, said.value) }) : said;
      },
      ({ text }) => utf8(text),
      async ({ said, text }, use) => ({
        ...named(use),
        token: `${text}.${base64url(await uses.signature(access, use, utf8(text)))}`,
        expires: said["exp"],
      }),
    );
  },

  /** Whether a token is one of these keys', in its time and for that audience; what it says, only if so. */
  async "verify-token"(uses, access, name, body, now) {
    const asked = InspectRequest.safeParse(body);
    if (!asked.success) return unreadable();
    const read = readJws(asked.data.token);
    if (!read.ok) return { use: null, problem: problem(read.refusal) };
    const jws = read.value;
    const { algorithm, kid, signed, claims } = jws;
    return uses.ofKey(access, { operation: "verify-token", name, algorithm, which: keyOf(kid ?? "") }, signed, nothingMore, () => signed, (_, use) => {
      const flaw: TokenFlaw | "signature" | null = isSignedBy(jws, publicHalf(use.key).key)
        ? flawOf(use.granted, asked.data.audience, claims, Math.floor(now.getTime() / 1_000))
        : "signature";
      return Promise.resolve({ ...named(use), valid: flaw === null, ...(flaw === null ? { claims } : { flaw }) });
    });
  },
};

const keyOf = (kid: string) => (key: PermittedUse["key"]) => publicHalf(key).kid === kid;
const named = ({ key, algorithm }: PermittedUse | PermittedKey) => ({ key: key.key, kid: publicHalf(key).kid, algorithm });

/** The public key that a name means now. */
export const publicKeyAnswer = (uses: KeyUses, access: Access, name: string): Promise<Answered> =>
  uses.publicKey(access, name, (use) => ({ ...named(use), jwk: jwkOf(use.key, [use.algorithm]), pem: publicHalf(use.key).pem }));

export async function randomAnswer(uses: KeyUses, access: Access, body: unknown): Promise<Answered> {
  const asked = RandomRequest.safeParse(body);
  if (!asked.success) return unreadable();
  const drawn = await uses.random(access, asked.data.length);
  return "value" in drawn ? { use: drawn.use, value: { bytes: base64url(drawn.value) } } : drawn;
}

/** Everything that verifies what is signed here (RFC 7517): keys ahead of their first signature, and old ones to the end of their time. */
export const keySet = ({ grants, keys }: Known, at: string): object => ({
  keys: publishedKeys(grants.values(), keys, at).map(({ key, algorithms }) => jwkOf(key, algorithms)),
});
