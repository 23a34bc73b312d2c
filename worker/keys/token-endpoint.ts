import { randomUUID } from "node:crypto";
import { fromBase64url, hex } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { scopesOf, TOKEN_SECONDS, type AccessTokens } from "./access-tokens";
import { proveClient, type ClientRefusal, type ProvedClient } from "./client-assertion";
import type { Known } from "./knowledge";
import { provedByCertificate, type ShownCertificate } from "./client-certificate";
import { ASSERTION_TYPE, type FormError, type TokenForm } from "./token-form";
import type { ProofLimits } from "./proof-limits";
import type { UseLog } from "./use-log";

export interface TokenEndpointParts {
  readonly known: () => Known | null;
  readonly tokens: AccessTokens;
  readonly log: UseLog;
  /** False for an assertion that was shown before, here or at another process. */
  readonly take: (hash: string, account: string, at: string) => Promise<boolean>;
  readonly limits: ProofLimits;
  readonly audiences: readonly string[];
  readonly name: string;
  readonly now: () => Date;
}

/** What OAuth 2 answers (RFC 6749 section 5): a token, or an error by its name there, with ours beside it. */
export type TokenAnswer =
  | { readonly status: 200; readonly body: { readonly access_token: string; readonly token_type: "Bearer"; readonly expires_in: number; readonly scope: string } }
  | {
      readonly status: 400 | 401 | 429 | 503;
      readonly body: { readonly error: string; readonly error_description: string };
      /** Our name of what is not in the log yet; null where it is. */
      readonly refusal: string | null;
      /** Seconds after which the same may work; null where it will not. */
      readonly retryAfter: number | null;
    };

const REMEDIES: Readonly<Record<ClientRefusal | "ASSERTION-SHOWN-BEFORE", string>> = {
  "TOKEN-UNREADABLE": "the client assertion is no signed token",
  "ALGORITHM-REFUSED": "the client assertion names an algorithm that no key here is for",
  "CLIENT-UNKNOWN": "no grant that is in force names this client",
  "ASSERTION-SIGNATURE": "no key of the grant made this assertion",
  "ASSERTION-CLAIMS": "iss and sub are the account, aud is this endpoint alone, jti has 8 to 128 characters",
  "ASSERTION-TIME": "exp lies within five minutes, iat and nbf not ahead",
  "ASSERTION-SHOWN-BEFORE": "an assertion is shown once: make another, with a jti of its own",
};

const refused = (status: 400 | 401 | 503, error: string, description: string, refusal: string | null = null): TokenAnswer => ({
  status,
  body: { error, error_description: description },
  refusal,
  retryAfter: status === 503 ? 1 : null,
});
/** As RFC 8628 (section 3.5) names it: RFC 6749 has no word of its own for it. */
const tooOften = (retryAfter: number, whose: string): TokenAnswer => ({
  ...{ status: 429, body: { error: "slow_down", error_description: `RATE-PASSED: too many requests of this ${whose}` }, refusal: "RATE-PASSED" },
  retryAfter,
});
const shownBefore = (refusal: string | null) =>
  refused(401, "invalid_client", `ASSERTION-SHOWN-BEFORE: ${REMEDIES["ASSERTION-SHOWN-BEFORE"]}`, refusal);

/**
 * Gives an access token to who proves to be a client of an account (RFC 6749 section 4.4): by an assertion (RFC 7523), after it was put
 * where no second one of its id can be, or by the certificate of its connection (RFC 8705), to which the token is bound. The giving is in
 * the log. `peer` is where it comes from, null where that is not known.
 */
export async function giveToken(
  parts: TokenEndpointParts,
  said: Result<TokenForm, FormError>,
  shown: ShownCertificate | null,
  peer: string | null = null,
): Promise<TokenAnswer> {
  const { now, name, log, tokens, limits } = parts;
  if (!said.ok) return refused(400, said.refusal.error, said.refusal.description, "REQUEST-UNREADABLE");
  const form = said.value;
  const byCertificate = shown !== null && form.client_assertion === undefined;
  if (!byCertificate && form.client_assertion_type === undefined) return refused(400, "invalid_request", `client_assertion_type is ${ASSERTION_TYPE}`, "REQUEST-UNREADABLE");
  const [known, began] = [parts.known(), performance.now()];
  if (!known) return refused(503, "temporarily_unavailable", "what was last known of grants is too old to go by", "EVIDENCE-STALE");
  // A certificate was proved by TLS before anything is heard of it: there is nothing to save, and neighbours keep nobody out.
  const later = limits.waitOf(peer, began);
  if (later > 0 && !byCertificate) return tooOften(later, "address");
  const proved = byCertificate ? byTls(form, shown, known, now()) : proveClient(form.client_assertion, known.grants, parts.audiences, now());
  if (!proved.ok) {
    if (later > 0) return tooOften(later, "address");
    limits.failed(peer, began);
    return refused(401, "invalid_client", `${proved.refusal}: ${REMEDIES[proved.refusal]}`, proved.refusal);
  }
  const { grant, hash } = proved.value;
  const { account } = grant.grant;
  // Whoever shows again what somebody else once proved takes neither a turn nor a row of theirs.
  if (!byCertificate && limits.wasShown(hash, began)) return shownBefore("ASSERTION-SHOWN-BEFORE");
  const wait = limits.take(account, began);
  if (wait > 0) return tooOften(wait, "account");
  const all = scopesOf(grant.grant);
  const wanted = form.scope?.split(" ").filter((one) => one !== "") ?? all;
  const beyond = wanted.find((scope) => !all.includes(scope));
  if (!byCertificate) limits.remember(hash, began);
  const fresh = byCertificate || (await parts.take(hash, account, now().toISOString()).catch(() => null));
  if (fresh === null) {
    limits.forget(hash);
    return refused(503, "temporarily_unavailable", "the use cannot be logged");
  }
  const result = !fresh ? "ASSERTION-SHOWN-BEFORE" : beyond === undefined ? "done" : "GRANT-SCOPE";
  const row = { use: randomUUID(), at: now().toISOString(), account, grant: grant.hash, key: null, operation: "token", algorithm: null, digest: hash };
  const kept = await log.write({ ...row, result, micros: Math.round((performance.now() - began) * 1_000), process: name, times: 1 }).then(
    () => true,
    () => false,
  );
  if (!kept) return refused(503, "temporarily_unavailable", `the use cannot be logged${byCertificate ? "" : ": make another assertion, this one is used up"}`);
  if (!fresh) return shownBefore(null);
  if (beyond !== undefined) return refused(400, "invalid_scope", `GRANT-SCOPE: the grant does not name ${beyond.slice(0, 200)}`);
  const access_token = tokens.give(grant, wanted, now().getTime(), byCertificate ? shown.hash : null);
  return { status: 200, body: { access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS, scope: wanted.join(" ") } };
}

/** The digest that is logged is the certificate's. */
function byTls(form: TokenForm, shown: ShownCertificate, { grants }: Known, now: Date): Result<ProvedClient, "CLIENT-UNKNOWN"> {
  const grant = provedByCertificate(form.client_id ?? null, shown, grants, now);
  return grant ? ok({ grant, hash: hex(fromBase64url(shown.hash)) }) : refuse("CLIENT-UNKNOWN");
}
