import type { IncomingMessage } from "node:http";
import { sha256Hex } from "#lib/log/digest";
import type { Access, AccessTokens } from "./access-tokens";
import type { Answered } from "./asked";
import { certificateShown } from "./client-certificate";
import type { KeyUses } from "./key-uses";
import type { Known } from "./knowledge";
import { problem } from "./problem";
import type { RefusalLog } from "./refusal-log";
import { json, problemReply, type Reply } from "./reply";
import type { TokenEndpointParts } from "./token-endpoint";

export interface HttpParts {
  readonly endpoint: TokenEndpointParts;
  readonly tokens: AccessTokens;
  readonly uses: KeyUses;
  readonly refusals: RefusalLog;
  readonly known: () => Known | null;
  readonly health: () => { readonly ready: boolean } & object;
  readonly now: () => Date;
  readonly say: (line: string) => void;
  /** Where applications reach it. */
  readonly origin: string;
}

/** A key and a signature fit in far less; base64url of the most that is signed, and what stands around it. */
export const MOST_BODY = 100_000;
/** Claims, and assertions, are small. */
export const MOST_CLAIMS_BODY = 20_000;
/** How deep lists and objects may stand in one another. */
export const MOST_NESTING = 16;

/** What was asked, as far as the address says it. */
export interface About {
  readonly key: string | null;
  readonly operation: string;
}

/** The digest of a body, once one was read. */
interface Body {
  digest: string | null;
}

/** Answers what `act` says to who has an access token. What was refused before anything of a key was decided is logged here. */
export async function authorised(
  parts: HttpParts,
  request: IncomingMessage,
  about: About,
  act: (access: Access, body: Body) => Promise<Answered>,
): Promise<Reply> {
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

/** The same with a body of JSON. Who asks is known before anything of it is looked at. */
export const withJson = (
  parts: HttpParts,
  request: IncomingMessage,
  about: About,
  most: number,
  act: (access: Access, body: unknown) => Promise<Answered>,
): Promise<Reply> =>
  authorised(parts, request, about, async (access, said) => {
    if (!hasType(request, "application/json")) return { use: null, problem: problem("TYPE-UNKNOWN") };
    const body = await readBody(request, most);
    if (body === null) return { use: null, problem: problem("TOO-LARGE") };
    const value = parsed(textOf(body));
    const answered: Answered = value === undefined ? { use: null, problem: problem("REQUEST-UNREADABLE") } : await act(access, value);
    if (answered.use === null) said.digest = sha256Hex(body);
    return answered;
  });

/** Whether the body is of that type, and as it is: nothing is unpacked here, since what is small may become large. */
export const hasType = ({ headers }: IncomingMessage, type: string): boolean =>
  headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === type && (headers["content-encoding"] ?? "identity").toLowerCase() === "identity";

/**
 * The body; null when it is larger than is read here. What is too much is taken off the wire and forgotten, so that the
 * answer arrives; the time for a request bounds it.
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > most) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
  }
  return length <= most ? Buffer.concat(chunks) : null;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** As UTF-8, which all JSON is (RFC 8259 section 8.1); null where it is none: what is replaced silently is not what was sent. */
export function textOf(body: Buffer): string | null {
  try {
    return UTF8.decode(body);
  } catch {
    return null;
  }
}

/**
 * How deep lists and objects stand in one another: known before anything walks through them. What stands in a string counts for nothing,
 * nor what stands behind one that is never closed. Each character is looked at once, whatever the text: a stranger's body must not
 * hold up everybody else.
 */
export function nesting(text: string): number {
  let [depth, deepest, isString] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '"') isString = !isString;
    else if (isString && mark === "\\") at += 1;
    else if (!isString && (mark === "[" || mark === "{")) depth += 1;
    else if (!isString && (mark === "]" || mark === "}")) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function parsed(text: string | null): unknown {
  if (text === null || nesting(text) > MOST_NESTING) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
