import { no, type Refusal } from "#lib/ceremony/refusal";
import type { Json } from "#lib/log/canonical";
import { ok, type Result } from "#lib/result";
import type { GrantedKeys } from "./grant";

/** What a caller wants a token to say beside what its grant says. */
export type TokenAsk = {
  /** Null for the grant's first. */
  readonly audience: string | null;
  readonly claims: { readonly [claim: string]: Json };
};

export type TokenClaims = { readonly [claim: string]: Json } & { readonly exp: number };

/** Those that no caller sets: they are the grant's, or made here (RFC 7519 section 4.1). */
const OURS = ["iss", "aud", "exp", "nbf", "iat", "jti"];

/**
 * The claims of a token that these keys may sign: issuer, audience and life as the grant has them, and of the caller's those that it
 * names. `at` in whole seconds, `jti` of this token alone. Refuses GRANT-SCOPE.
 */
export function decideClaims(
  { alias, tokens }: GrantedKeys,
  { audience, claims }: TokenAsk,
  { at, jti }: { readonly at: number; readonly jti: string },
): Result<TokenClaims, Refusal> {
  if (!tokens) return no("GRANT-SCOPE", { alias, operation: "issue-token" });
  const aud = audience ?? tokens.audiences[0];
  if (aud === undefined || !tokens.audiences.includes(aud)) return no("GRANT-SCOPE", { alias, audience });
  const claim = Object.keys(claims).find((name) => OURS.includes(name) || !tokens.claims.includes(name));
  if (claim !== undefined) return no("GRANT-SCOPE", { alias, claim });
  return ok({ ...claims, iss: tokens.issuer, aud, iat: at, nbf: at, exp: at + 60 * tokens.minutes, jti });
}

export const TOKEN_FLAWS = ["expired", "not-yet", "issuer", "audience"] as const;
export type TokenFlaw = (typeof TOKEN_FLAWS)[number];

/** What is wrong with the claims of a token whose signature holds, or null. `at` in whole seconds. */
export function flawOf({ tokens }: GrantedKeys, audience: string | null, claims: { readonly [claim: string]: unknown }, at: number): TokenFlaw | null {
  const { iss, aud, exp, nbf } = claims;
  if (!tokens || iss !== tokens.issuer) return "issuer";
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!(audience === null ? tokens.audiences : [audience]).some((one) => named.includes(one))) return "audience";
  if (typeof exp !== "number" || at >= exp) return "expired";
  return nbf !== undefined && (typeof nbf !== "number" || at < nbf) ? "not-yet" : null;
}
