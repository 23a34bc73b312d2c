import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { ok, refuse, type Result } from "#lib/result";
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from "#lib/token/algorithm";
import { fits, verifies } from "../token/key-use";

/** A signed token in its compact form (RFC 7515 section 7.1), read strictly and not verified yet. */
export interface CompactJws {
  readonly algorithm: SignatureAlgorithm;
  readonly kid: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const MOST_CHARACTERS = 16_384;
/** A key that a token brings along, or says where to find, is never asked (RFC 8725 section 3.10); nor is what it calls critical. */
const REFUSED_MEMBERS = ["jwk", "jku", "x5u", "x5c", "crit", "b64"];

export type JwsRefusal = "TOKEN-UNREADABLE" | "ALGORITHM-REFUSED";

/**
 * The token, when it is one: three parts of base64url in its one spelling, JSON objects, and an algorithm of this list. "none" and
 * the HMACs are on no list, so that a public key can never be taken for a secret (RFC 8725 section 2.1).
 */
export function readJws(text: unknown): Result<CompactJws, JwsRefusal> {
  if (typeof text !== "string" || text.length > MOST_CHARACTERS) return refuse("TOKEN-UNREADABLE");
  const parts = text.split(".");
  const [head, body, tail] = parts.map(bytesOf);
  const [header, claims] = [objectIn(head), objectIn(body)];
  if (parts.length !== 3 || !header || !claims || !tail) return refuse("TOKEN-UNREADABLE");
  const algorithm = SIGNATURE_ALGORITHMS.find((one) => one === header["alg"]);
  if (algorithm === undefined) return refuse("ALGORITHM-REFUSED");
  if (REFUSED_MEMBERS.some((member) => Object.hasOwn(header, member))) return refuse("TOKEN-UNREADABLE");
  const kid = typeof header["kid"] === "string" ? header["kid"] : null;
  return ok({ algorithm, kid, claims, signed: Buffer.from(`${parts[0] ?? ""}.${parts[1] ?? ""}`, "ascii"), signature: tail });
}

/** Whether this key made it: the algorithm has to fit the key, whatever the token says. */
export const isSignedBy = ({ algorithm, signed, signature }: CompactJws, key: KeyObject): boolean =>
  fits(key, algorithm) && verifies(key, algorithm, signed, signature);

export const keyFromJwk = (jwk: JsonWebKey): KeyObject => createPublicKey({ key: jwk, format: "jwk" });
export const keyFromSpki = (spki: string): KeyObject => createPublicKey({ key: Buffer.from(spki, "base64url"), format: "der", type: "spki" });

/** What a signature is made over (RFC 7515 section 5.1). */
export const signingInput = (header: object, claims: object): string => `${part(header)}.${part(claims)}`;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Bytes in base64url without padding, in the one spelling that they have; null for any other text. */
export function bytesOf(text: unknown): Uint8Array | null {
  if (typeof text !== "string") return null;
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}

function objectIn(bytes: Uint8Array | null | undefined): Readonly<Record<string, unknown>> | null {
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
