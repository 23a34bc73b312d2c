import { base64url, fromBase64, fromBase64url, hex, sameBytes } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { ecSpki, rsaSpki } from "#lib/token/spki";
import type { ClientKey } from "./grant";
import { ClientKey as ClientKeySchema } from "./grant.schema";

export type ClientKeyFlaw = "CLIENT-PRIVATE" | "CLIENT-UNREADABLE";

/** What only a private or a secret key has: the members of RFC 7518 sections 6.2.2, 6.3.2 and 6.4, and every armour of one. */
const PRIVATE = /"(?:d|p|q|dp|dq|qi|oth|k)"\s*:|PRIVATE KEY/;

/**
 * The public key that an application proves itself by, from what somebody pasted: a JWK (RFC 7517), alone or as the only one of a
 * set, or a PEM of its SubjectPublicKeyInfo. Refuses CLIENT-PRIVATE before anything else, whatever else is wrong with the text: nobody
 * may keep it. CLIENT-UNREADABLE for everything that is no P-256 key and no RSA key of 2048 to 4096 bits. Quotes nothing of the text.
 */
export function readClientKey(text: string): Result<ClientKey, ClientKeyFlaw> {
  if (PRIVATE.test(text)) return refuse("CLIENT-PRIVATE");
  try {
    const parsed = ClientKeySchema.safeParse(text.trimStart().startsWith("{") ? inJwk(JSON.parse(text)) : inPem(text));
    return parsed.success && isKey(parsed.data) ? ok(parsed.data) : refuse("CLIENT-UNREADABLE");
  } catch {
    return refuse("CLIENT-UNREADABLE");
  }
}

/** Of a JWK the members that the key is made of. */
function inJwk(given: unknown): unknown {
  if (typeof given !== "object" || given === null) return null;
  const { kty, crv, x, y, n, e, keys } = given as Readonly<Record<string, unknown>>;
  if (Array.isArray(keys)) return keys.length === 1 ? inJwk(keys[0]) : null;
  return kty === "EC" ? { kty, crv, x, y } : { kty, n, e };
}

/** Where the point of a P-256 key begins, and the modulus of an RSA key of these sizes; its exponent is the last five bytes. */
const [POINT_AT, MODULUS_AT, EXPONENT_BYTES] = [26, 32, 5];
const EXPONENT = Uint8Array.of(1, 0, 1);

/** Taken from its place and put together again: only DER in its one spelling comes out the same. */
function inPem(text: string): unknown {
  const armoured = /^\s*-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----\s*$/.exec(text)?.[1];
  if (armoured === undefined) return null;
  const spki = fromBase64(armoured.replaceAll(/\s/g, ""));
  const point = spki.subarray(POINT_AT);
  const ec = ecSpki("P-256", point);
  if (ec && sameBytes(ec, spki)) return { kty: "EC", crv: "P-256", x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) };
  const signed = spki.subarray(MODULUS_AT, -EXPONENT_BYTES);
  const modulus = signed[0] === 0 ? signed.subarray(1) : signed;
  return sameBytes(rsaSpki(modulus, EXPONENT), spki) ? { kty: "RSA", n: base64url(modulus), e: base64url(EXPONENT) } : null;
}

/** Whether it is a key at all: a point of the curve, or an odd modulus of that length. */
function isKey(key: ClientKey): boolean {
  if (key.kty === "EC") return isOnP256(number(key.x), number(key.y));
  const modulus = fromBase64url(key.n);
  return modulus[0] !== 0 && ((modulus.at(-1) ?? 0) & 1) === 1 && number(key.n) >= 1n << 2047n && modulus.length <= 512;
}

const number = (coordinate: string): bigint => BigInt(`0x${hex(fromBase64url(coordinate))}`);

/** FIPS 186-5 names the curve, SP 800-186 section 3.2.1.3 its numbers: y² = x³ − 3x + b. */
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const isOnP256 = (x: bigint, y: bigint): boolean => x < P && y < P && (y * y - (x * x * x - 3n * x + B)) % P === 0n;
