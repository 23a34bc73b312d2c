import { createCipheriv, createDecipheriv, createHmac, generateKeyPairSync, privateDecrypt, randomBytes, sign, timingSafeEqual, constants, type KeyObject } from "node:crypto";
import type { AddressInfo } from "node:net";
import { grantOf, inForce } from "#lib/accounts/grant.under-test";
import { base64url } from "#lib/log/digest";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "#lib/register/evidence.under-test";
import type { RegisteredKey } from "#lib/register/registered-key";
import { TokenFault } from "#lib/token/fault";
import type { LoggedUse } from "#lib/store/key-uses";
import { AccessTokens, scopesOf } from "./access-tokens";
import { Application } from "./application.under-test";
import { checkedAnswer } from "./checked-answer.under-test";
import { httpServer } from "./http-server";
import { KeyUses } from "./key-uses";
import type { Known } from "./knowledge";
import { ProofLimits } from "./proof-limits";
import { RefusalLog } from "./refusal-log";
import { RequestRate } from "./request-rate";
import { INPUT_REFUSED, type Work } from "./signing-protocol";
import { UseLog } from "./use-log";

/**
 * The interface as applications meet it: real HTTP, real rules, real cryptography; the token is keys of this process, the table a list.
 * Every answer is held to the published document.
 */
export const ORIGIN = "https://keys.example";
const held = new RecordedCeremonies();

type Order = { readonly operation: string; readonly algorithm: string; readonly usage: string[] };
async function madeKey(label: string, order: Order, spki?: KeyObject): Promise<RegisteredKey> {
  await held.hold(label, 0, { ...order, label, extractable: false });
  const key = held.key(label, [await endorsed(changeOf(held.key(label), "active", 1))]);
  return spki ? { ...key, spki: base64url(spki.export({ type: "spki", format: "der" })), spkiSha256: key.key } : key;
}
const pairOf = (algorithm: string, usage: string[]): Order => ({ operation: "generate-key-pair", algorithm, usage });
const secretOf = (algorithm: string, usage: string[]): Order => ({ operation: "generate-secret-key", algorithm, usage });

export const ecPair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
// Another key of another shape, which only signs: raw signatures and tokens have no key in common.
export const rawPair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const [rsaPair, openPair] = [generateKeyPairSync("rsa", { modulusLength: 2048 }), generateKeyPairSync("rsa", { modulusLength: 2048 })];
export const key = await madeKey("jwt", pairOf("EC-P256", ["sign"]), ecPair.publicKey);
export const raw = await madeKey("raw", pairOf("EC-P256", ["sign"]), rawPair.publicKey);
export const rsa = await madeKey("rsa", pairOf("RSA-2048", ["sign"]), rsaPair.publicKey);
export const opening = await madeKey("opening", pairOf("RSA-2048", ["decrypt"]), openPair.publicKey);
export const aes = await madeKey("data", secretOf("AES-256", ["encrypt", "decrypt"]));
export const wrapping = await madeKey("wrapping", secretOf("AES-256", ["wrap", "unwrap"]));
export const hmac = await madeKey("hmac", secretOf("HMAC-SHA256", ["sign", "verify"]));
export const KEYS: readonly RegisteredKey[] = [key, raw, rsa, opening, aes, wrapping, hmac];

const tokens = { issuer: ORIGIN, audiences: ["api"], claims: ["sub"], minutes: 15 };
export const [billing, payroll] = [new Application("billing"), new Application("payroll")];
const mine = grantOf({
  ...{ account: "billing", clients: [billing.jwk], random: true, perMinute: 60_000 },
  keys: [
    { alias: "jwt", keys: [key.key], operations: ["issue-token", "verify-token", "public-key", "sign"], algorithms: ["ES256"], tokens },
    { alias: "raw", keys: [raw.key], operations: ["sign", "verify", "public-key"], algorithms: ["ES256"], tokens: null },
    { alias: "opening", keys: [opening.key], operations: ["encrypt", "decrypt", "public-key"], algorithms: ["RSA-OAEP"], tokens: null },
    { alias: "data", keys: [aes.key], operations: ["encrypt", "decrypt"], algorithms: ["AES-GCM"], tokens: null },
    { alias: "wrapping", keys: [wrapping.key], operations: ["wrap", "unwrap"], algorithms: ["AES-KWP"], tokens: null },
    { alias: "hmac", keys: [hmac.key], operations: ["mac", "verify-mac"], algorithms: ["HS256"], tokens: null },
  ],
});
export const grant = inForce(mine);
/** Another account's, with a key that nobody else has. Its tokens are made in a name of its own. */
export const others = inForce(
  grantOf({
    ...{ account: "payroll", clients: [payroll.jwk], perMinute: 60_000 },
    keys: [
      {
        ...{ alias: "rsa", keys: [rsa.key], operations: ["issue-token", "verify-token"], algorithms: ["RS256", "PS256"] },
        tokens: { ...tokens, issuer: `${ORIGIN}/payroll` },
      },
    ],
  }),
);

export const now = () => new Date(dayAt(10));
export const knownAll: Known = {
  at: dayAt(10),
  keys: new Map(KEYS.map((one) => [one.key, one])),
  grants: new Map([["billing", grant], ["payroll", others]]),
};
const secrets = new Map<string, Buffer>();
function secretKey(id: Uint8Array): Buffer {
  const name = Buffer.from(id).toString("hex");
  const secret = secrets.get(name) ?? randomBytes(32);
  secrets.set(name, secret);
  return secret;
}
const KWP_IV = Buffer.from("A65959A6", "hex");
const notOpened = () => new TokenFault("C_Decrypt", null, INPUT_REFUSED);
function opened(open: () => Buffer): Buffer {
  try {
    return open();
  } catch {
    throw notOpened();
  }
}
const privateHalf = (spki: string): KeyObject => (spki === raw.spki ? rawPair : spki === rsa.spki ? rsaPair : ecPair).privateKey;

function done(work: Work): Buffer {
  switch (work.what) {
    case "sign": {
      const padding = work.algorithm === "PS256" ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
      const key = privateHalf(base64url(work.spki));
      return sign("sha256", work.data, key.asymmetricKeyType === "rsa" ? { key, padding, saltLength: 32 } : { key, dsaEncoding: "ieee-p1363" });
    }
    case "encrypt": {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", secretKey(work.id), iv).setAAD(work.aad);
      const body = [iv, cipher.update(work.data), cipher.final()];
      return Buffer.concat([...body, cipher.getAuthTag()]);
    }
    case "decrypt":
      return opened(() => {
        const [iv, body, tag] = [work.data.subarray(0, 12), work.data.subarray(12, -16), work.data.subarray(-16)];
        const cipher = createDecipheriv("aes-256-gcm", secretKey(work.id), iv).setAAD(work.aad).setAuthTag(tag);
        return Buffer.concat([cipher.update(body), cipher.final()]);
      });
    case "open":
      return opened(() => privateDecrypt({ key: openPair.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, work.data));
    case "wrap": {
      const cipher = createCipheriv("id-aes256-wrap-pad", secretKey(work.id), KWP_IV);
      return Buffer.concat([cipher.update(work.data), cipher.final()]);
    }
    case "unwrap":
      return opened(() => {
        const cipher = createDecipheriv("id-aes256-wrap-pad", secretKey(work.id), KWP_IV);
        return Buffer.concat([cipher.update(work.data), cipher.final()]);
      });
    case "mac":
      return createHmac("sha256", secretKey(work.id)).update(work.data).digest();
    case "verify-mac": {
      const right = createHmac("sha256", secretKey(work.id)).update(work.data).digest();
      return Buffer.of(work.mac.length === right.length && timingSafeEqual(work.mac, right) ? 1 : 0);
    }
    case "random":
      return randomBytes(work.length);
  }
}

export const access = new AccessTokens(null, "test");
export const token = (scopes: readonly string[] = scopesOf(grant.grant)) => access.give(grant, scopes, now().getTime());

/** In the time of these tests. */
export const assertionOf = (who: Application, claims: object = {}, header: object = {}): string => {
  const seconds = Math.floor(now().getTime() / 1_000);
  return who.assertion(ORIGIN, { iat: seconds, exp: seconds + 60, ...claims }, header);
};
export const formOf = (assertion: string, more: Readonly<Record<string, string>> = {}) => ({
  grant_type: "client_credentials",
  client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  client_assertion: assertion,
  ...more,
});

export async function problemOf(response: Promise<Response>) {
  const got = await response;
  const { name } = (await got.json()) as { name?: string };
  return { status: got.status, name, after: got.headers.get("retry-after") };
}

/** A running server of its own, what is known to it and what goes wrong there. */
export async function openGrounds() {
  /** What goes wrong, and what is known. */
  const stand: { known: Known | null; fault: Error | null; logFault: Error | null } = { known: knownAll, fault: null, logFault: null };
  const rows: LoggedUse[] = [];

  /** How often the token was asked: nothing of what is refused gets there. */
  const asked = { times: 0 };
  const pool = {
    async perform(_who: string, work: Work): Promise<Uint8Array> {
      asked.times += 1;
      if (stand.fault) throw stand.fault;
      return done(work);
    },
  };
  const log = new UseLog(
    async (group) => {
      if (stand.logFault) throw stand.logFault;
      rows.push(...group);
    },
    () => Promise.resolve(),
  );
  const known = () => stand.known;
  const shown = new Set<string>();
  const take = async (hash: string) => shown.size !== shown.add(hash).size;
  // What counts encryptions is not what is tested here.
  const counting = { shares: { count: () => Promise.resolve(), countAgain: () => true } };
  const uses = new KeyUses({
    ...counting,
    ...{ known, pool, log, rate: new RequestRate(), token: key.places[0]?.token ?? "", name: "test", patienceMs: 100, verifiesAll: true, now },
  });
  const endpoint = { known, tokens: access, log, take, limits: new ProofLimits(), audiences: [ORIGIN, `${ORIGIN}/oauth/token`], name: "test", now };
  const refusals = new RefusalLog({ log, name: "test", now }, 10_000);
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const parts = { endpoint, tokens: access, uses, refusals, known, health: () => ({ ready: stand.known !== null }), now, say, origin: ORIGIN };
  const server = httpServer(parts);
  await new Promise<void>((listening) => server.listen({ host: "127.0.0.1", port: 0 }, listening));

  const close = (): void => {
    server.close();
    server.closeAllConnections();
  }

  const ask = async (where: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}${where}`, init);
    return checkedAnswer(init.method ?? "GET", where, response);
  }
  const post = (where: string, body: unknown, { as = token(), type = "application/json" } = {}): Promise<Response> => {
    const headers = { authorization: `Bearer ${as}`, "content-type": type };
    return ask(where, { method: "POST", headers, body: typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) });
  }
  const askToken = (form: Readonly<Record<string, string>> | string): Promise<Response> =>
    ask("/oauth/token", { method: "POST", body: new URLSearchParams(form) });
  return { stand, rows, asked, lines, server, ask, post, askToken, close };
}
