import { publishedKeys } from "#lib/accounts/decide-use";
import type { Known } from "./knowledge";
import { jwkOf } from "./published-key";
import type { AuthorizationServer, Jwk, OpenidConfiguration } from "./published-documents.schema";

/** What verifies what is signed here, and who says so, for everybody. */

/** Where a document is asked for, and whether this process ends TLS itself, so that certificates can be shown to it. */
export interface Place {
  readonly origin: string;
  /** Of the path, what stands before `/.well-known`; "" for nothing. */
  readonly segment: string;
  readonly isTls: boolean;
}

/** The issuer whose documents are there. */
export const issuerAt = ({ origin, segment }: Pick<Place, "origin" | "segment">): string => (segment === "" ? origin : `${origin}/${segment}`);

/** The clients' own algorithms: what the keys of a grant can sign by (`grant.schema.ts`). */
const CLIENT_ALGORITHMS = ["ES256", "RS256", "PS256"];
/** Claims of every token; what else one says is between its application and its readers. */
const CLAIMS = ["iss", "aud", "exp", "nbf", "iat", "jti"];

/**
 * Everything that verifies what is signed here (RFC 7517): keys ahead of their first signature, and old ones to the end of their time. With
 * `issuer`, only keys by which tokens are made in that name.
 */
export const keySet = ({ grants, keys }: Known, at: string, issuer: string | null = null): { readonly keys: Jwk[] } => ({
  keys: publishedKeys(grants.values(), keys, at, issuer).map(({ key, algorithms }) => jwkOf(key, algorithms)),
});

/**
 * What OpenID Connect Discovery 1.0 (section 4) asks for at an issuer's address; null where nobody issues tokens in that name. The name is
 * the origin or one segment below it, exactly as tokens say it: a verifier compares the two (section 4.3), and there is a document only
 * where quorums signed that name into a grant.
 */
export function openidConfiguration(known: Known, { origin, segment, isTls }: Place, at: string): OpenidConfiguration | null {
  const issuer = issuerAt({ origin, segment });
  const algorithms = publishedKeys(known.grants.values(), known.keys, at, issuer).flatMap((one) => one.algorithms);
  if (algorithms.length === 0) return null;
  const { token_endpoint, ...ways } = waysIn(origin, isTls);
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint,
    // There is no address where people sign in; what is issued is of the kind of an ID token.
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [...new Set(algorithms)].sort(),
    claims_supported: CLAIMS,
    ...ways,
  };
}

/** Where access tokens to this interface come from (RFC 8414). No application of it issues them, so it is there before any grant is. */
export const authorizationServer = ({ origin, isTls }: Omit<Place, "segment">): AuthorizationServer => ({
  issuer: origin,
  jwks_uri: `${origin}/.well-known/jwks.json`,
  // Required, and there is none: an authorization that answers with nothing.
  response_types_supported: ["none"],
  ...waysIn(origin, isTls),
  tls_client_certificate_bound_access_tokens: isTls,
});

const waysIn = (origin: string, isTls: boolean) => ({
  token_endpoint: `${origin}/oauth/token`,
  grant_types_supported: ["client_credentials"],
  token_endpoint_auth_methods_supported: ["private_key_jwt", ...(isTls ? ["self_signed_tls_client_auth"] : [])],
  token_endpoint_auth_signing_alg_values_supported: CLIENT_ALGORITHMS,
});
