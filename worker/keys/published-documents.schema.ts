import { z } from "zod";
import { USE_ALGORITHMS } from "#lib/accounts/grant.schema";
import { thumbprintText } from "./asked";

/** What is answered without a token: everybody may read it. */

/** A public key (RFC 7517). */
export const Jwk = z.strictObject({
  kty: z.enum(["EC", "RSA", "OKP"]),
  kid: thumbprintText,
  use: z.enum(["sig", "enc"]),
  alg: z.enum(USE_ALGORITHMS).optional(),
  crv: z.string().optional(),
  ...{ x: z.string().optional(), y: z.string().optional(), n: z.string().optional(), e: z.string().optional() },
});
export type Jwk = z.infer<typeof Jwk>;

export const KeySet = z.strictObject({ keys: z.array(Jwk) });

const url = z.url();
const texts = z.array(z.string()).min(1);

/** OpenID Connect Discovery 1.0, section 3: what is true of tokens that are issued here, and no more. */
export const OpenidConfiguration = z.strictObject({
  issuer: url,
  jwks_uri: url,
  token_endpoint: url,
  response_types_supported: texts,
  subject_types_supported: texts,
  id_token_signing_alg_values_supported: texts,
  claims_supported: texts,
  grant_types_supported: texts,
  token_endpoint_auth_methods_supported: texts,
  token_endpoint_auth_signing_alg_values_supported: texts,
});
export type OpenidConfiguration = z.infer<typeof OpenidConfiguration>;

/** RFC 8414, section 2: where access tokens to this interface come from. */
export const AuthorizationServer = z.strictObject({
  issuer: url,
  token_endpoint: url,
  jwks_uri: url,
  response_types_supported: texts,
  grant_types_supported: texts,
  token_endpoint_auth_methods_supported: texts,
  token_endpoint_auth_signing_alg_values_supported: texts,
  tls_client_certificate_bound_access_tokens: z.boolean(),
});
export type AuthorizationServer = z.infer<typeof AuthorizationServer>;

/** How the process is. Members beside `ready` are for people, and there may be others. */
export const Health = z.looseObject({
  ready: z.boolean().describe("Whether it can sign and log."),
  evidence: z.string().nullable().describe("What it knows of keys and grants is of then.").optional(),
  trouble: z.string().nullable().describe("Why it does not learn what became of them.").optional(),
  log: z.boolean().describe("Whether uses are kept.").optional(),
  token: z.looseObject({}).describe("The HSM's sessions.").optional(),
  encryptions: z.looseObject({ nearlyUsedUp: z.int().min(0) }).describe("How many keys have done half of the encryptions they may.").optional(),
});

/** RFC 6749, section 5.1. */
export const TokenAnswer = z.strictObject({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int(),
  scope: z.string(),
});

/** RFC 6749, section 5.2. */
export const TokenError = z.strictObject({
  error: z.enum(["invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type", "temporarily_unavailable", "slow_down"]),
  error_description: z.string().describe("Our name first, where there is one, then what to do."),
});

/** RFC 9457. */
export const ProblemAnswer = z.strictObject({
  type: z.string().regex(/^urn:claviger:problem:[A-Z0-9-]+$/),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What to do."),
  name: z.string().describe("Stable; a rule's refusal has the rule's name."),
  use: z.uuid().describe("The row of the log in which the refusal stands, where it has one of its own.").optional(),
});
