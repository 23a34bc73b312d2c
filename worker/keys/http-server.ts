import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { sha256Hex, utf8 } from "#lib/log/digest";
import type { AccessTokens } from "./access-tokens";
import { certificateShown } from "./client-certificate";
import { KEY_REQUESTS, keySet, publicKeyAnswer, randomAnswer } from "./crypto-api";
import type { KeyUses } from "./key-uses";
import type { Known } from "./knowledge";
import { problem, problemBody, type Problem } from "./problem";
import type { TlsFiles } from "./tls-files";
import type { RefusalLog } from "./refusal-log";
import { giveToken, type TokenEndpointParts } from "./token-endpoint";

export interface HttpParts {
  readonly endpoint: TokenEndpointParts;
  readonly tokens: AccessTokens;
  readonly uses: KeyUses;
  readonly refusals: RefusalLog;
  readonly known: () => Known | null;
  readonly health: () => { readonly ready: boolean } & object;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

/** A key and a signature fit in far less; base64url of the most that is signed, and what stands around it. */
const MOST_BODY = 100_000;
/** Claims, and assertions, are small. */
const MOST_CLAIMS_BODY = 20_000;
const MOST_NESTING = 16;
/** A verifier that asks this seldom still knows a new key before its first signature, when it is recorded a day ahead. */
const KEY_SET_SECONDS = 300;

type Reply = { readonly status: number; readonly type: string; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

const json = (status: number, value: object, headers?: Reply["headers"]): Reply => ({
  status,
  type: "application/json",
  body: JSON.stringify(value),
  ...(headers && { headers }),
});
const problemReply = (said: Problem, use: string | null = null): Reply => ({
  status: said.status,
  type: "application/problem+json",
  body: problemBody(said, use),
  headers: {
    ...(said.retryAfter !== undefined && { "retry-after": String(said.retryAfter) }),
    ...(said.status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
  },
});

/** The interface for applications, on a socket of the process that holds the sessions: nothing stands between the two. */
export function httpServer(parts: HttpParts, tls: TlsFiles | null = null): Server | TlsServer {
  const limits = { maxHeaderSize: 16_384, requestTimeout: 15_000, headersTimeout: 5_000, keepAliveTimeout: 60_000 };
  const hear = (request: IncomingMessage, response: ServerResponse): void => {
    answer(parts, request).then(
      (reply) => send(response, reply),
      (fault: unknown) => {
        parts.say(`a request ended by a fault: ${fault instanceof Error ? `${fault.name}: ${fault.message}` : "unknown"}`);
        send(response, problemReply(problem("FAULT")));
      },
    );
  };
  // Whoever signed a client's certificate is not asked: its key stands in a grant, or it is nobody's.
  const asked = { requestCert: true, rejectUnauthorized: false, minVersion: "TLSv1.2" } as const;
  return tls ? createTlsServer({ ...limits, ...asked, ...tls.now() }, hear) : createServer(limits, hear);
}

function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
  const length = Buffer.byteLength(body);
  const sized = status === 304 ? {} : { "content-length": length };
  response.writeHead(status, { "content-type": type, ...sized, "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers });
  response.end(body);
}

async function answer(parts: HttpParts, request: IncomingMessage): Promise<Reply> {
  const [path = ""] = (request.url ?? "").split("?");
  if (path === "/.well-known/jwks.json") return methodOr(request, "GET", () => Promise.resolve(publishedSet(parts, request)));
  if (path === "/health") return methodOr(request, "GET", () => Promise.resolve(healthReply(parts)));
  if (path === "/oauth/token") return methodOr(request, "POST", () => tokenReply(parts, request));
  const [, name, what] = /^\/api\/v1\/keys\/([a-z0-9-]{1,64})\/([a-z-]{1,32})$/.exec(path) ?? [];
  if (name !== undefined && what === "public-key") {
    const asked = { key: name, operation: what };
    return methodOr(request, "GET", () => authorised(parts, request, asked, (access) => publicKeyAnswer(parts.uses, access, name)));
  }
  const act = name !== undefined && what !== undefined && Object.hasOwn(KEY_REQUESTS, what) ? KEY_REQUESTS[what] : undefined;
  if (name !== undefined && act) {
    const asked = { key: name, operation: what ?? "" };
    return methodOr(request, "POST", () => withJson(parts, request, asked, (access, body) => act(parts.uses, access, name, body, parts.now())));
  }
  if (path === "/api/v1/random") {
    const asked = { key: null, operation: "random" };
    return methodOr(request, "POST", () => withJson(parts, request, asked, (access, body) => randomAnswer(parts.uses, access, body)));
  }
  return problemReply(problem("PATH-UNKNOWN"));
}

const methodOr = (request: IncomingMessage, method: string, act: () => Promise<Reply>): Promise<Reply> =>
  request.method === method ? act() : Promise.resolve(problemReply(problem("METHOD-UNKNOWN")));

type Authorised = Parameters<typeof publicKeyAnswer>[1];
type Answered = Awaited<ReturnType<typeof publicKeyAnswer>>;

/** What was asked, as far as the address says it. */
interface About {
  readonly key: string | null;
  readonly operation: string;
}

/** Answers what `act` says to who has an access token. What was refused before anything of a key was decided is logged here. */
async function authorised(parts: HttpParts, request: IncomingMessage, about: About, act: (access: Authorised, body: Body) => Promise<Answered>): Promise<Reply> {
  const { tokens, refusals, now } = parts;
  const [, token = ""] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "") ?? [];
  const known = parts.known();
  const access = known && tokens.find(token, known.grants, now().getTime(), certificateShown(request.socket)?.hash ?? null);
  const body: Body = { digest: null };
  const refusal = access ? parts.uses.admit(access) : problem(known ? "TOKEN-MISSING" : "EVIDENCE-STALE");
  const answered: Answered = access && !refusal ? await act(access, body) : { use: null, problem: refusal ?? problem("TOKEN-MISSING") };
  if ("value" in answered) return json(200, { ...answered.value, use: answered.use });
  const refused = { ...about, account: access?.account ?? null, digest: body.digest, result: answered.problem.name };
  return problemReply(answered.problem, answered.use ?? (await refusals.note(refused)));
}

/** The digest of a body, once one was read. */
interface Body {
  digest: string | null;
}

/** Who asks is known before anything of the body is looked at. */
const withJson = (parts: HttpParts, request: IncomingMessage, about: About, act: (access: Authorised, body: unknown) => Promise<Answered>): Promise<Reply> =>
  authorised(parts, request, about, async (access, said) => {
    if (!hasType(request, "application/json")) return { use: null, problem: problem("TYPE-UNKNOWN") };
    const body = await readBody(request, about.operation === "tokens" ? MOST_CLAIMS_BODY : MOST_BODY);
    if (body === null) return { use: null, problem: problem("TOO-LARGE") };
    const value = nesting(body) > MOST_NESTING ? undefined : parsed(body);
    const answered: Answered = value === undefined ? { use: null, problem: problem("REQUEST-UNREADABLE") } : await act(access, value);
    if (answered.use === null) said.digest = sha256Hex(utf8(body));
    return answered;
  });

async function tokenReply(parts: HttpParts, request: IncomingMessage): Promise<Reply> {
  const refused = (result: string, digest: string | null) => parts.refusals.note({ account: null, key: null, operation: "token", digest, result });
  const no = async (name: "TYPE-UNKNOWN" | "TOO-LARGE") => problemReply(problem(name), await refused(name, null));
  if (!hasType(request, "application/x-www-form-urlencoded")) return no("TYPE-UNKNOWN");
  const body = await readBody(request, MOST_CLAIMS_BODY);
  if (body === null) return no("TOO-LARGE");
  const answer = await giveToken(parts.endpoint, new URLSearchParams(body), certificateShown(request.socket));
  if (answer.status !== 200 && answer.refusal !== null) await refused(answer.refusal, sha256Hex(utf8(body)));
  return json(answer.status, answer.body, { pragma: "no-cache", ...(answer.status === 503 && { "retry-after": "1" }) });
}

function publishedSet({ known, now }: HttpParts, request: IncomingMessage): Reply {
  const now_ = known();
  if (!now_) return problemReply(problem("EVIDENCE-STALE"));
  const body = JSON.stringify(keySet(now_, now().toISOString()));
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = { etag, "cache-control": `public, max-age=${String(KEY_SET_SECONDS)}, stale-if-error=${String(KEY_SET_SECONDS)}`, "access-control-allow-origin": "*" };
  if (request.headers["if-none-match"] === etag) return { status: 304, type: "application/jwk-set+json", body: "", headers };
  return { status: 200, type: "application/jwk-set+json", body, headers };
}

function healthReply({ health }: HttpParts): Reply {
  const said = health();
  return json(said.ready ? 200 : 503, said);
}

const hasType = ({ headers }: IncomingMessage, type: string): boolean => headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === type;

/**
 * The body as text; null when it is larger than is read here. What is too much is taken off the wire and forgotten, so that the
 * answer arrives; the time for a request bounds it.
 */
async function readBody(request: IncomingMessage, most: number): Promise<string | null> {
  if (Number(request.headers["content-length"] ?? 0) > most) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
  }
  return length <= most ? Buffer.concat(chunks).toString("utf8") : null;
}

/** How deep lists and objects stand in one another: known before anything walks through them. */
function nesting(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (mark === "[" || mark === "{") depth += 1;
    else if (mark === "]" || mark === "}") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
