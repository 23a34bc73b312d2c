import { createPublicKey, verify, type JsonWebKey } from "node:crypto";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { inForce } from "#lib/accounts/grant.under-test";
import { dayAt } from "#lib/register/evidence.under-test";
import type { RegisteredKey } from "#lib/register/registered-key";
import { access, grant, key, knownAll, now, openGrounds, ORIGIN, others, raw, token } from "./api-grounds.under-test";
import { authorizationServer, openidConfiguration } from "./discovery";

/** What everybody reads: who issues tokens, by which keys, and for how long that may be kept. */
const { stand, ask, post, close } = await openGrounds();
afterAll(close);
afterEach(() => {
  stand.known = knownAll;
});

type Configuration = { readonly issuer: string; readonly jwks_uri: string } & Readonly<Record<string, unknown>>;
type Jwk = JsonWebKey & { readonly kid: string };
const read = async <T>(where: string) => (await (await ask(where)).json()) as T;
/** As a verifier does who was told the issuer and nothing else. */
const discover = (issuer: string) => read<Configuration>(`${issuer.slice(ORIGIN.length)}/.well-known/openid-configuration`);
const keysAt = async (uri: string) => (await read<{ keys: Jwk[] }>(uri.slice(ORIGIN.length))).keys;

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
const headOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString()) as Record<string, string>;
function isBy(jwt: string, keys: readonly Jwk[]): boolean {
  const [head = "", body = "", tail = ""] = jwt.split(".");
  const named = keys.find(({ kid }) => kid === headOf(jwt)["kid"]);
  if (!named) return false;
  const publicKey = createPublicKey({ key: named, format: "jwk" });
  const by = publicKey.asymmetricKeyType === "rsa" ? publicKey : ({ key: publicKey, dsaEncoding: "ieee-p1363" } as const);
  return verify("sha256", Buffer.from(`${head}.${body}`), by, Buffer.from(tail, "base64url"));
}
const issue = async (name: string, as = token()) =>
  ((await (await post(`/api/v1/keys/${name}/tokens`, {}, { as })).json()) as { token: string }).token;

describe("discovery", () => {
  test("leads from what a token says as its issuer to the key that made it, and says of tokens what they say", async () => {
    const theirs = access.give(others, ["issue-token:rsa"], now().getTime());
    for (const [jwt, algorithms] of [[await issue("jwt"), ["ES256"]], [await issue("rsa", theirs), ["PS256", "RS256"]]] as const) {
      const { iss, ...claims } = claimsOf(jwt);
      const said = await discover(String(iss));
      expect(said).toMatchObject({ issuer: iss, id_token_signing_alg_values_supported: algorithms, token_endpoint: `${ORIGIN}/oauth/token` });
      expect(algorithms).toContain(headOf(jwt)["alg"]);
      expect([...Object.keys(claims), "iss"].sort()).toEqual([...(said["claims_supported"] as string[])].sort());
      expect(isBy(jwt, await keysAt(said.jwks_uri))).toBe(true);
    }
  });

  test("of one issuer does not lead to another's keys", async () => {
    const [mine, theirs] = [await keysAt(`${ORIGIN}/payroll/.well-known/jwks.json`), await keysAt(`${ORIGIN}/.well-known/jwks.json`)];
    expect(mine.map(({ kty }) => kty)).toEqual(["RSA"]);
    expect(theirs.map(({ kty }) => kty).sort()).toEqual(["EC", "RSA"]);
    expect(isBy(await issue("jwt"), mine)).toBe(false);
  });

  test("is there for who issues tokens, and for nobody else", async () => {
    for (const where of ["/nobody/.well-known/openid-configuration", "/nobody/.well-known/jwks.json", "/payroll/.well-known/other"]) {
      expect((await ask(where)).status).toBe(404);
    }
    const elsewhere = { ...others.grant, keys: others.grant.keys.map((one) => ({ ...one, tokens: one.tokens && { ...one.tokens, issuer: "https://payroll.example" } })) };
    stand.known = { ...knownAll, grants: new Map([["payroll", inForce(elsewhere)]]) };
    for (const where of ["/.well-known/openid-configuration", "/payroll/.well-known/openid-configuration"]) expect((await ask(where)).status).toBe(404);
    expect((await read<{ keys: Jwk[] }>("/.well-known/jwks.json")).keys).toHaveLength(1);
  });

  test("of access tokens is there before any grant, and names a certificate only where one can be shown", async () => {
    stand.known = { ...knownAll, grants: new Map() };
    const said = await read<Configuration>("/.well-known/oauth-authorization-server");
    expect(said).toEqual(authorizationServer({ origin: ORIGIN, isTls: false }));
    expect(said).toMatchObject({ issuer: ORIGIN, token_endpoint_auth_methods_supported: ["private_key_jwt"], tls_client_certificate_bound_access_tokens: false });
    expect(authorizationServer({ origin: ORIGIN, isTls: true })).toMatchObject({
      ...{ token_endpoint_auth_methods_supported: ["private_key_jwt", "self_signed_tls_client_auth"], tls_client_certificate_bound_access_tokens: true },
    });
    expect(openidConfiguration(knownAll, { origin: ORIGIN, segment: "", isTls: true }, dayAt(10))?.token_endpoint_auth_methods_supported).toHaveLength(2);
  });

  test("may be kept by whoever asked, and is not sent twice", async () => {
    for (const where of ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/api/v1/openapi.json", "/payroll/.well-known/jwks.json"]) {
      const { headers } = await ask(where);
      expect(headers.get("cache-control")).toBe("public, max-age=300, stale-if-error=300");
      expect((await ask(where, { headers: { "if-none-match": headers.get("etag") ?? "" } })).status).toBe(304);
    }
  });
});

describe("a rotation, as verifiers see it who keep the key set as long as they may", () => {
  const next: RegisteredKey = { ...raw, state: "pre-activation", activeSince: null };
  const both = inForce({
    ...grant.grant,
    edition: 2,
    keys: grant.grant.keys.filter(({ alias }) => alias === "jwt").map((one) => ({ ...one, keys: [next.key, key.key] })),
  });
  const as = access.give(both, ["issue-token:jwt"], now().getTime());
  const become = (old: Partial<RegisteredKey>, young: Partial<RegisteredKey>) => {
    const keys = new Map([{ ...key, ...old }, { ...next, ...young }].map((one) => [one.key, one]));
    stand.known = { ...knownAll, keys, grants: new Map([["billing", both]]) };
  };
  const set = async () => {
    const response = await ask("/.well-known/jwks.json");
    return { keys: ((await response.json()) as { keys: Jwk[] }).keys, etag: response.headers.get("etag") ?? "", control: response.headers.get("cache-control") ?? "" };
  };
  const active = { state: "active", activeSince: dayAt(9) } as const;

  test("the next key is there before it signs, and the set does not change on the day it does; the old one verifies on", async () => {
    become({}, {});
    const before = await set();
    const byOld = await issue("jwt", as);
    become({}, active);
    const byNext = await issue("jwt", as);
    expect(headOf(byNext)["kid"]).not.toBe(headOf(byOld)["kid"]);
    expect([isBy(byOld, before.keys), isBy(byNext, before.keys)]).toEqual([true, true]);
    expect(await set()).toEqual(before);
    become({ state: "deactivated" }, active);
    expect(await set()).toEqual(before);
    expect((await ask("/.well-known/jwks.json", { headers: { "if-none-match": before.etag } })).status).toBe(304);
    // Once nothing of the old key is to be verified any more, it is in no set.
    become({ state: "deactivated", processedUntil: dayAt(9) }, active);
    const after = await set();
    expect(after.etag).not.toBe(before.etag);
    expect([isBy(byOld, after.keys), isBy(byNext, after.keys)]).toEqual([false, true]);
    expect((await ask("/.well-known/jwks.json", { headers: { "if-none-match": before.etag } })).status).toBe(200);
  });

  test("what is kept, also by who cannot reach us, is over before the last token of a grant that ended", async () => {
    become({}, active);
    const { control } = await set();
    const seconds = [...control.matchAll(/(?:max-age|stale-if-error)=(\d+)/g)].map(([, one]) => Number(one));
    expect(seconds).toHaveLength(2);
    const longest = seconds.reduce((sum, one) => sum + one, 0);
    // Keys stay published for the life of the longest token after their grant.
    const overlap = 15 * 60;
    expect(longest).toBeLessThan(overlap);
    const ended = (minutes: number) => inForce({ ...both.grant, until: dayAt(10, -minutes) });
    for (const [minutes, count] of [[14, 2], [16, 0]] as const) {
      stand.known = { ...knownAll, keys: new Map([key, { ...next, ...active }].map((one) => [one.key, one])), grants: new Map([["billing", ended(minutes)]]) };
      expect((await set()).keys).toHaveLength(count);
    }
  });

  test("a key that is suspended or compromised is in no set from then on", async () => {
    become({}, active);
    const { etag } = await set();
    for (const state of ["suspended", "compromised"] as const) {
      become({}, { ...active, state });
      const now = await set();
      expect(now.keys).toHaveLength(1);
      expect(now.etag).not.toBe(etag);
    }
  });

  test("a tag is compared as a weak one, in a list, or for any", async () => {
    become({}, active);
    const { etag } = await set();
    const status = async (said: string) => (await ask("/.well-known/jwks.json", { headers: { "if-none-match": said } })).status;
    for (const said of [etag, `W/${etag}`, `"other", W/${etag}`, "*"]) expect(await status(said)).toBe(304);
    for (const said of ['"other"', etag.slice(1, -1), `"other", W/"more"`, ""]) expect(await status(said)).toBe(200);
  });
});
