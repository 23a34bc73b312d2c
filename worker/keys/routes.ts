import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { z } from "zod";
import { sha256Hex } from "#lib/log/digest";
import type { KeyRequest } from "./asked";
import { certificateShown } from "./client-certificate";
import { KEY_REQUESTS, PublicKeyAnswer, publicKeyAnswer, RandomAnswer, randomAnswer, RandomRequest } from "./crypto-api";
import { authorizationServer, issuerAt, keySet, openidConfiguration } from "./discovery";
import { authorised, hasType, MOST_BODY, MOST_CLAIMS_BODY, readBody, textOf, withJson, type HttpParts } from "./http-request";
import type { Known } from "./knowledge";
import { openapiDocument } from "./openapi";
import { problem, type ProblemName } from "./problem";
import { AuthorizationServer, Health, KeySet, OpenidConfiguration, TokenAnswer, TokenError } from "./published-documents.schema";
import { documentReply, json, problemReply, type Reply } from "./reply";
import type { Route, ToldAnswer } from "./route";
import { peerOf } from "./proof-limits";
import { giveToken } from "./token-endpoint";
import { readTokenForm, TokenForm } from "./token-form";

const [JSON_TYPE, KEY_SET_TYPE, FORM_TYPE] = ["application/json", "application/jwk-set+json", "application/x-www-form-urlencoded"] as const;
const ANYBODY = ["EVIDENCE-STALE", "FAULT"] as const;
const OF_TOKEN = ["TOKEN-MISSING", "SCOPE-MISSING", "GRANT-TIME", "GRANT-SCOPE", "RATE-PASSED", "LOG-UNAVAILABLE", ...ANYBODY] as const;
const OF_KEY = ["KEY-RECORDED", "KEY-PURPOSE", "KEY-STATE", "KEY-CRYPTOPERIOD", ...OF_TOKEN] as const;
const OF_BODY = ["REQUEST-UNREADABLE", "TYPE-UNKNOWN", "TOO-LARGE"] as const;
const OF_HSM = ["QUEUE-FULL", "DEADLINE-PASSED", "TOKEN-AWAY", "KEY-UNUSABLE"] as const;
/** What an operation has of its own. */
const OWN: Readonly<Record<string, readonly ProblemName[]>> = {
  "verify-token": ["TOKEN-UNREADABLE", "ALGORITHM-REFUSED"],
  "issue-token": ["INPUT-REFUSED", ...OF_HSM],
  encrypt: ["INPUT-REFUSED", "ENCRYPTIONS-USED-UP", ...OF_HSM],
  verify: [],
};

/** The row of the log in which a use stands. */
const use = z.uuid().describe("The row of the log in which this use stands.");
const answered = (schema: z.ZodObject): Readonly<Record<number, ToldAnswer>> => ({
  200: { description: "Done, and in the log.", type: JSON_TYPE, schema: schema.extend({ use }), headers: ["cache-control"] },
});

const keyRoute = (what: string, { id, operation, summary, description, asks, answers, example, act }: KeyRequest): Route => {
  const most = what === "tokens" ? MOST_CLAIMS_BODY : MOST_BODY;
  return {
    ...{ id, method: "POST", path: `/api/v1/keys/{name}/${what}`, summary, description, guard: { scope: `${operation}:ALIAS` } },
    asks: { type: "application/json", schema: asks, most, example },
    answers: answered(answers),
    problems: [...OF_BODY, ...OF_KEY, ...(OWN[operation] ?? ["INPUT-REFUSED", ...OF_HSM])],
    act: (parts, request, name) =>
      withJson(parts, request, { key: name, operation: what }, most, (access, body) => act(parts.uses, access, name, body, parts.now())),
  };
};

const kept = (description: string, type: string, schema: z.ZodType): Readonly<Record<number, ToldAnswer>> => ({
  200: { description, type, schema, headers: ["cache-control", "etag", "access-control-allow-origin"] },
  304: { description: "As the one whose tag was sent.", type, schema: null, headers: ["cache-control", "etag"] },
});

type Made = (known: Known, parts: HttpParts, segment: string, request: IncomingMessage) => object | null;

/** A document for everybody, made of what is known now; PATH-UNKNOWN where there is none. */
const published = (told: Pick<Route, "id" | "path" | "summary" | "description">, type: string, schema: z.ZodType, made: Made): Route => ({
  ...{ ...told, method: "GET", guard: "everybody", asks: null, answers: kept(told.summary, type, schema) },
  problems: [...ANYBODY, ...(told.path.includes("{") || schema === OpenidConfiguration ? (["PATH-UNKNOWN"] as const) : [])],
  act: (parts, request, segment) => {
    const known = parts.known();
    const value = known && made(known, parts, segment, request);
    return Promise.resolve(value ? documentReply(request, type, value) : problemReply(problem(known ? "PATH-UNKNOWN" : "EVIDENCE-STALE")));
  },
});

const isTls = ({ socket }: IncomingMessage): boolean => socket instanceof TLSSocket;
const configuration: Made = (known, { origin, now }, segment, request) =>
  openidConfiguration(known, { origin, segment, isTls: isTls(request) }, now().toISOString());

const ofIssuer: Made = (known, { origin, now }, segment) => {
  const set = keySet(known, now().toISOString(), issuerAt({ origin, segment }));
  return set.keys.length === 0 ? null : set;
};

const KEPT_UNTIL = "May be kept for five minutes: an unknown kid is a reason to ask once more.";

export const ROUTES: readonly Route[] = [
  {
    ...{ id: "giveToken", method: "POST", path: "/oauth/token", guard: "client" },
    summary: "Get an access token",
    description:
      "OAuth 2 client credentials (RFC 6749, 4.4). The client proves itself by an assertion (private_key_jwt, RFC 7523): iss and sub are the account, aud the origin or this address alone, exp within five " +
      "minutes, jti of 8 to 128 characters that was never used before; or by the certificate of its connection (RFC 8705), to which the token is bound. An assertion is shown once: who asks again makes another.",
    asks: {
      ...{ type: FORM_TYPE, schema: TokenForm, most: MOST_CLAIMS_BODY },
      example: {
        grant_type: "client_credentials",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJiaWxsaW5nIn0.AAAA",
      },
    },
    answers: {
      200: { description: "An access token.", type: JSON_TYPE, schema: TokenAnswer, headers: ["cache-control", "pragma"] },
      400: { description: "The form is none, or asks for more than the grant.", type: JSON_TYPE, schema: TokenError, headers: [] },
      401: { description: "Nobody proved to be a client.", type: JSON_TYPE, schema: TokenError, headers: [] },
      429: { description: "Too many requests of this account, or of this address that proved nothing.", type: JSON_TYPE, schema: TokenError, headers: ["retry-after"] },
      503: { description: "Nothing can be given at the moment.", type: JSON_TYPE, schema: TokenError, headers: ["retry-after"] },
    },
    problems: ["TYPE-UNKNOWN", "TOO-LARGE", "FAULT"],
    act: tokenReply,
  },
  ...Object.entries(KEY_REQUESTS).map(([what, request]) => keyRoute(what, request)),
  {
    ...{ id: "publicKey", method: "GET", path: "/api/v1/keys/{name}/public-key", guard: { scope: "public-key:ALIAS" }, asks: null },
    summary: "The public key that a name means now",
    description: "As JWK and as PEM.",
    answers: answered(PublicKeyAnswer),
    problems: OF_KEY,
    act: (parts, request, name) =>
      authorised(parts, request, { key: name, operation: "public-key" }, (access) => publicKeyAnswer(parts.uses, access, name)),
  },
  {
    ...{ id: "random", method: "POST", path: "/api/v1/random", guard: { scope: "random" } },
    summary: "Random bytes of the HSM",
    description: "Drawn by its generator, and kept nowhere.",
    asks: { type: JSON_TYPE, schema: RandomRequest, most: MOST_BODY, example: { length: 32 } },
    answers: answered(RandomAnswer),
    problems: [...OF_BODY, ...OF_TOKEN, ...OF_HSM],
    act: (parts, request) =>
      withJson(parts, request, { key: null, operation: "random" }, MOST_BODY, (access, body) => randomAnswer(parts.uses, access, body)),
  },
  published(
    {
      ...{ id: "keySet", path: "/.well-known/jwks.json", summary: "Every key by which tokens are issued" },
      description: `Now or soon, and for 15 minutes after its grant. Enough to verify every token. ${KEPT_UNTIL}`,
    },
    KEY_SET_TYPE,
    KeySet,
    (known, { now }) => keySet(known, now().toISOString()),
  ),
  published(
    {
      ...{ id: "issuerKeySet", path: "/{issuer}/.well-known/jwks.json", summary: "The keys of one issuer" },
      description: `Those by which tokens are made in that name, and no other's. ${KEPT_UNTIL}`,
    },
    KEY_SET_TYPE,
    KeySet,
    ofIssuer,
  ),
  published(
    {
      ...{ id: "openidConfiguration", path: "/.well-known/openid-configuration", summary: "Discovery of the issuer that is this origin" },
      description: "OpenID Connect Discovery 1.0. There is one where a grant says that issuer.",
    },
    JSON_TYPE,
    OpenidConfiguration,
    configuration,
  ),
  published(
    {
      ...{ id: "issuerConfiguration", path: "/{issuer}/.well-known/openid-configuration", summary: "Discovery of an issuer below this origin" },
      description: "The same for an issuer whose name is the origin and one segment: its keys and its algorithms alone.",
    },
    JSON_TYPE,
    OpenidConfiguration,
    configuration,
  ),
  published(
    {
      ...{ id: "authorizationServer", path: "/.well-known/oauth-authorization-server", summary: "Where access tokens come from" },
      description: "RFC 8414.",
    },
    JSON_TYPE,
    AuthorizationServer,
    (_, { origin }, __, request) => authorizationServer({ origin, isTls: isTls(request) }),
  ),
  {
    ...{ id: "openapi", method: "GET", path: "/api/v1/openapi.json", guard: "everybody", asks: null },
    summary: "This document",
    description: "Made of what the process reads requests by.",
    answers: kept("This document.", JSON_TYPE, z.looseObject({ openapi: z.literal("3.1.0") })),
    problems: ["FAULT"],
    act: (_, request) => Promise.resolve(documentReply(request, JSON_TYPE, openapi())),
  },
  {
    ...{ id: "health", method: "GET", path: "/health", guard: "everybody", asks: null },
    summary: "Whether it can sign and log",
    description: "For whoever balances load, and for people.",
    answers: {
      200: { description: "It can.", type: JSON_TYPE, schema: Health, headers: ["cache-control"] },
      503: { description: "It cannot, and why.", type: JSON_TYPE, schema: Health, headers: ["cache-control"] },
    },
    problems: ["FAULT"],
    act: ({ health }) => {
      const said = health();
      return Promise.resolve(json(said.ready ? 200 : 503, said));
    },
  },
];

let document: object | null = null;
/** The published interface. */
export const openapi = (): object => (document ??= openapiDocument(ROUTES));

const byPath = new Map(ROUTES.map((route) => [route.path, route]));

/** What is under an address, and what stands in its variable part; null for nothing. */
export function routeOf(path: string): { readonly route: Route; readonly name: string } | null {
  const fixed = byPath.get(path);
  if (fixed) return path.includes("{") ? null : { route: fixed, name: "" };
  const [, key, what] = /^\/api\/v1\/keys\/([a-z0-9-]{1,64})\/([a-z-]{1,32})$/.exec(path) ?? [];
  const [, issuer, document] = /^\/([A-Za-z0-9._~-]{1,64})(\/\.well-known\/[a-z.-]{1,32})$/.exec(path) ?? [];
  const route = byPath.get(what === undefined ? `/{issuer}${document ?? ""}` : `/api/v1/keys/{name}/${what}`);
  return route ? { route, name: key ?? issuer ?? "" } : null;
}

async function tokenReply(parts: HttpParts, request: IncomingMessage): Promise<Reply> {
  const refused = (result: string, digest: string | null) => parts.refusals.note({ account: null, key: null, operation: "token", digest, result });
  const no = async (name: "TYPE-UNKNOWN" | "TOO-LARGE") => problemReply(problem(name), await refused(name, null));
  if (!hasType(request, FORM_TYPE)) return no("TYPE-UNKNOWN");
  const body = await readBody(request, MOST_CLAIMS_BODY);
  if (body === null) return no("TOO-LARGE");
  const answer = await giveToken(parts.endpoint, readTokenForm(textOf(body) ?? ""), certificateShown(request.socket), peerOf(request.socket));
  if (answer.status !== 200 && answer.refusal !== null) await refused(answer.refusal, sha256Hex(body));
  return json(answer.status, answer.body, { pragma: "no-cache", ...("retryAfter" in answer && answer.retryAfter !== null && { "retry-after": String(answer.retryAfter) }) });
}
