import { thumbprint, type EndorsedGrant } from "#lib/accounts/grant";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { isSignedBy, keyFromJwk, readJws, type JwsRefusal } from "./compact-jws";

/** Who proved to be a client of an account. */
export interface ProvedClient {
  readonly grant: EndorsedGrant;
  /** Of account and jti: what must never come again; of a certificate its own. */
  readonly hash: string;
}

export type ClientRefusal = JwsRefusal | "CLIENT-UNKNOWN" | "ASSERTION-SIGNATURE" | "ASSERTION-CLAIMS" | "ASSERTION-TIME";

/** An assertion lives as long as it takes to show it. */
const LONGEST_S = 300;
const CLOCK_S = 10;

/**
 * Whose assertion it is (RFC 7523 section 3): issuer and subject are the account, the audience is this process by one of its names
 * and nothing else, it has an id, it ends soon, and a key of the account's grant made it.
 */
export function proveClient(
  assertion: unknown,
  grants: ReadonlyMap<string, EndorsedGrant>,
  audiences: readonly string[],
  now: Date,
): Result<ProvedClient, ClientRefusal> {
  const read = readJws(assertion);
  if (!read.ok) return read;
  const jws = read.value;
  const { iss, sub, aud, exp, iat, nbf, jti } = jws.claims;
  const grant = typeof iss === "string" ? grants.get(iss) : undefined;
  if (!grant || grant.grant.clients.length === 0) return refuse("CLIENT-UNKNOWN");
  const { account, clients, until } = grant.grant;
  const named = clients.filter((client) => jws.kid === null || thumbprint(client) === jws.kid);
  if (!named.some((client) => isSignedBy(jws, keyFromJwk(client)))) return refuse("ASSERTION-SIGNATURE");
  const to: unknown = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  if (sub !== account || typeof to !== "string" || !audiences.includes(to)) return refuse("ASSERTION-CLAIMS");
  if (typeof jti !== "string" || jti.length < 8 || jti.length > 128) return refuse("ASSERTION-CLAIMS");
  const seconds = now.getTime() / 1_000;
  const begins = [iat, nbf].filter((one) => one !== undefined);
  if (!begins.every((one) => typeof one === "number" && one <= seconds + CLOCK_S)) return refuse("ASSERTION-TIME");
  if (typeof exp !== "number" || exp <= seconds - CLOCK_S || exp > seconds + LONGEST_S + CLOCK_S) return refuse("ASSERTION-TIME");
  if (now.toISOString() >= until) return refuse("CLIENT-UNKNOWN");
  return ok({ grant, hash: sha256Hex(utf8(JSON.stringify([account, jti]))) });
}
