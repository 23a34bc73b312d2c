import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { fromBase64url, hex, utf8 } from "#lib/log/digest";
import type { AppAddress } from "./app-address";
import { CAST } from "./cast";
import { firstPage } from "./first-page";
import type { PasskeyFile } from "./passkey-file";
import { PACES, type Pace, type Performance } from "./performance";
import { passOn } from "./proxy";
import type { Seats } from "./seats";
import { authenticationOf, registrationOf } from "./software-passkey";
import type { Visitor } from "./visitor";

export type CompanionParts = {
  readonly port: number;
  readonly app: AppAddress;
  readonly visitors: ReadonlyMap<string, Visitor>;
  readonly passkeys: PasskeyFile;
  readonly seats: Seats;
  readonly performance: Performance;
  /** Opens another ceremony and answers its id. */
  readonly openAnother: () => Promise<string>;
};

const BROWSER_COOKIE = "claviger-demo-browser";
const SCRIPT = "/demo/in-page.js";
/** Before the name of somebody who is not of the cast and enrolled a passkey in the demo. */
const ENROLLED = "enrolled:";
const KEPT = /^\/demo\/ceremonies\/([a-z0-9-]+)\/(record\.pdf|trust-anchor\.pem)$/;
const FONTS = /^\/demo\/fonts\/(source-serif-4|source-sans-3|jetbrains-mono)-(latin|latin-ext|greek|cyrillic)\.woff2$/;

/** Nothing but its own files may be loaded into the companion's pages. */
const PAGE_HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
};

/** One request. `browser` is the id in its cookie, or a new one; `me` whom that browser plays, null for nobody. */
type Visit = {
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
  readonly url: URL;
  readonly browser: string;
  readonly me: string | null;
};

/**
 * The reverse proxy in front of the app that makes a demo of it: the cast's page, the passkeys of people who do not exist,
 * and one script in every page. Listens on this machine only. Throws what `listen` throws (a busy port).
 */
export async function startCompanion(parts: CompanionParts): Promise<{ readonly close: () => Promise<void> }> {
  const handler = (asked: IncomingMessage, answer: ServerResponse): void => {
    attend(parts, asked, answer).catch((error: unknown) => {
      const sentence = error instanceof Error ? error.message : String(error);
      if (answer.headersSent) answer.destroy();
      else json(answer, 500, { error: { code: "DEMO", sentence } });
    });
  };
  const servers = [await listen(handler, parts.port, "127.0.0.1")];
  // Browsers may try localhost as ::1 first; a machine without IPv6 has only the other.
  await listen(handler, parts.port, "::1").then(
    (server) => servers.push(server),
    () => undefined,
  );
  return {
    close: async () => {
      await Promise.all(
        servers.map((server) => {
          const closed = new Promise((resolve) => server.close(resolve));
          server.closeAllConnections(); // live pages hold theirs open for good
          return closed;
        }),
      );
    },
  };
}

function listen(handler: (asked: IncomingMessage, answer: ServerResponse) => void, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ requestTimeout: 0 }, handler);
    server.once("error", reject);
    server.listen(port, host, () => {
      resolve(server);
    });
  });
}

async function attend(parts: CompanionParts, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  // Another name that leads here (a rebound DNS name, 127.0.0.1) is not our origin: passkeys belong to localhost.
  const url = URL.parse(asked.url ?? "/", parts.app.origin);
  if (!url || asked.headers.host !== new URL(parts.app.origin).host) {
    answer.writeHead(asked.method === "GET" && url ? 307 : 421, { location: `${parts.app.origin}${url?.pathname ?? "/"}` }).end();
    return;
  }
  const visit: Visit = { asked, answer, url, ...browserOf(parts.seats, asked) };
  if (url.pathname === "/demo" || url.pathname.startsWith("/demo/")) await demo(parts, visit);
  else if (url.pathname === "/" && visit.me === null && asked.method === "GET") seeOther(answer, "/demo");
  else passOn(asked, answer, parts.app.port, SCRIPT);
}

async function demo(parts: CompanionParts, visit: Visit): Promise<void> {
  const { asked, answer, url } = visit;
  const wanted = `${asked.method ?? "GET"} ${url.pathname}`;
  // A page whose referrer policy is no-referrer sends its forms with the origin "null": the browser's own word counts as well.
  const own = asked.headers.origin === parts.app.origin || asked.headers["sec-fetch-site"] === "same-origin";
  if (asked.method === "POST" && !own) {
    json(answer, 403, { error: { code: "ORIGIN", sentence: "Only the demo's own pages may do this." } });
    return;
  }
  switch (wanted) {
    case "GET /demo":
      answer.writeHead(200, { ...PAGE_HEADERS, "content-type": "text/html; charset=utf-8" });
      answer.end(firstPage({ me: visit.me, taken: parts.seats.people(), performance: parts.performance }));
      return;
    case "GET /demo/state":
      parts.seats.heard(visit.browser, url.searchParams.has("hidden"));
      json(answer, 200, stateFor(parts, visit));
      return;
    case "POST /demo/step-in":
      await stepIn(parts, visit);
      return;
    case "POST /demo/step-out":
      stepOut(parts, visit);
      return;
    case "POST /demo/away":
      parts.seats.away(visit.browser);
      answer.writeHead(204).end();
      return;
    case "POST /demo/play":
      play(parts, visit, await form(asked));
      return;
    case "POST /demo/another": {
      parts.performance.begin(await parts.openAnother());
      seeOther(answer, visit.me !== null ? roomOf(parts) : "/demo");
      return;
    }
    case "POST /demo/assertion":
      json(answer, 200, assertion(parts, visit, await body<AssertionAsked>(asked)));
      return;
    case "POST /demo/registration":
      json(answer, 200, registration(parts, await body<RegistrationAsked>(asked)));
      return;
    case `GET ${SCRIPT}`:
      await file(answer, path.join(import.meta.dirname, "pages", "in-page.mjs"), "text/javascript; charset=utf-8");
      return;
    case "GET /demo/first-page.js":
      await file(answer, path.join(import.meta.dirname, "pages", "first-page.mjs"), "text/javascript; charset=utf-8");
      return;
    case "GET /demo/first-page.css":
      await file(answer, path.join(import.meta.dirname, "pages", "first-page.css"), "text/css; charset=utf-8");
      return;
    default: {
      const kept = KEPT.exec(url.pathname);
      if (kept && asked.method === "GET") {
        await handOver(parts, answer, kept[1] ?? "", kept[2] ?? "");
        return;
      }
      const font = FONTS.exec(url.pathname);
      if (font && asked.method === "GET")
        await file(answer, fontFile(font[1] ?? "", font[2] ?? ""), "font/woff2", "max-age=86400");
      else json(answer, 404, { error: { code: "NOT-FOUND", sentence: "The demo has no such page." } });
    }
  }
}

const roomOf = ({ performance }: CompanionParts): string =>
  performance.ceremony === null ? "/demo" : `/ceremonies/${performance.ceremony}`;

/** What the bar in the page and the first page show; asked for every second or so, which also keeps the seat. */
function stateFor(parts: CompanionParts, visit: Visit): unknown {
  const { performance, seats } = parts;
  const { me } = visit;
  const taken = seats.people();
  return {
    me,
    enrolled: parts.passkeys.people().filter((person) => person.startsWith(ENROLLED)),
    cast: CAST.map(({ seat, name, lang, reading, title, role }) => ({
      seat,
      name,
      lang,
      reading: reading ?? null,
      title,
      role,
      taken: taken.has(seat),
    })),
    playing: performance.playing,
    pace: performance.pace,
    ceremony: performance.shown(),
    plate: plateFor(performance, me),
    turn: performance.room?.awaits.some(({ person }) => person === me) ?? false,
    doing: performance.doing && {
      ...performance.doing,
      name: CAST.find(({ seat }) => seat === performance.doing?.person)?.name ?? "",
    },
    trouble: performance.trouble,
  };
}

/** A stage prop: the number on the device, while this person is the one who reads it. Nobody can walk up to a SoftHSM. */
function plateFor({ room }: Performance, me: string | null): string | null {
  const reading = room?.awaits.some(({ person, act }) => person === me && act === "enter-value") ?? false;
  return reading ? (room?.recorder?.token.serial ?? null) : null;
}

/** Signs in as that person over the app's own interface, and hands the session to the browser that asked. */
async function stepIn(parts: CompanionParts, visit: Visit): Promise<void> {
  const asked = await form(visit.asked);
  const person = asked.get("person") ?? "";
  const visitor = parts.visitors.get(person);
  if (!visitor) {
    json(visit.answer, 404, { error: { code: "NOT-FOUND", sentence: "Nobody of the cast has that seat." } });
    return;
  }
  const session = await visitor.openSession();
  parts.seats.take(visit.browser, person);
  if (asked.has("start")) parts.performance.playing = asked.get("play") === "on";
  // As a browser would read it: only a place on this origin may follow.
  const next = URL.parse(asked.get("next") ?? "", `${parts.app.origin}/`);
  const within = asked.has("next") && next?.origin === parts.app.origin;
  visit.answer.setHeader("set-cookie", [seatCookie(visit.browser, person), ...session]);
  seeOther(visit.answer, within ? `${next.pathname}${next.search}` : roomOf(parts));
}

/** Leaves the seat and forgets the session. */
function stepOut(parts: CompanionParts, visit: Visit): void {
  parts.seats.leave(visit.browser);
  const names = (visit.asked.headers.cookie ?? "").split(/;\s*/).map((pair) => pair.split("=")[0] ?? "");
  const ended = names.filter((name) => name.includes("session-token") || name === BROWSER_COOKIE);
  visit.answer.setHeader(
    "set-cookie",
    ended.map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`),
  );
  seeOther(visit.answer, "/demo");
}

function play(parts: CompanionParts, visit: Visit, asked: URLSearchParams): void {
  const pace = asked.get("pace");
  if (pace !== null && pace in PACES) parts.performance.pace = pace as Pace;
  if (asked.has("playing")) parts.performance.playing = asked.get("playing") === "true";
  json(visit.answer, 200, stateFor(parts, visit));
}

/** What the auditor of the cast takes away: the record, and what it is checked with. */
async function handOver(parts: CompanionParts, answer: ServerResponse, ceremony: string, name: string): Promise<void> {
  const bytes = await parts.visitors.get("auditor")?.download(`/api/ceremonies/${ceremony}/${name.replace(/\..*/, "")}`);
  if (!bytes) {
    json(answer, 404, { error: { code: "NOT-SEALED", sentence: "The worker has not sealed this record yet." } });
    return;
  }
  const type = name.endsWith(".pdf") ? "application/pdf" : "application/x-pem-file";
  answer
    .writeHead(200, {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    })
    .end(bytes);
}

type AssertionAsked = { readonly challenge: string; readonly allowed: readonly string[]; readonly person?: string };
type RegistrationAsked = { readonly challenge: string; readonly name: string };

/**
 * What the authenticator of the person stepped in would answer. On the sign-in page nobody may have stepped in yet: then
 * the page says whom the person at the keyboard chose, and that is stepping in.
 */
function assertion(parts: CompanionParts, visit: Visit, { challenge, allowed, person }: AssertionAsked): unknown {
  const who = visit.me ?? person ?? null;
  const passkey = who === null ? null : parts.passkeys.find(who);
  if (who === null || !passkey) return { refused: "choose-a-person" };
  if (allowed.length > 0 && !allowed.includes(passkey.credentialId)) return { refused: "not-allowed" };
  if (visit.me === null) {
    parts.seats.take(visit.browser, who);
    visit.answer.setHeader("set-cookie", seatCookie(visit.browser, who));
  }
  return { credential: authenticationOf(passkey, fromBase64url(challenge), parts.app) };
}

/** A passkey for somebody who opens an enrolment link in the demo; kept under their name. */
function registration(parts: CompanionParts, { challenge, name }: RegistrationAsked): unknown {
  return { credential: registrationOf(parts.passkeys.make(`${ENROLLED}${name}`), fromBase64url(challenge), parts.app) };
}

/** Who asks. The cookie also says whose seat it was, so that a browser keeps its seat when the demo is started again. */
function browserOf(seats: Seats, asked: IncomingMessage): { browser: string; me: string | null } {
  const cookies = (asked.headers.cookie ?? "").split(/;\s*/);
  const value = cookies.find((pair) => pair.startsWith(`${BROWSER_COOKIE}=`))?.slice(BROWSER_COOKIE.length + 1) ?? "";
  const [, browser, hexed] = /^([0-9a-f]{32})\.((?:[0-9a-f]{2})+)$/.exec(value) ?? [];
  if (browser === undefined || hexed === undefined) return { browser: randomBytes(16).toString("hex"), me: null };
  const person = Buffer.from(hexed, "hex").toString();
  const seat = seats.personOf(browser);
  if (seat === null) seats.take(browser, person);
  return { browser, me: seat ?? person };
}

const seatCookie = (browser: string, person: string): string =>
  `${BROWSER_COOKIE}=${browser}.${hex(utf8(person))}; Path=/; HttpOnly; SameSite=Strict`;

const fontFile = (family: string, subset: string): string =>
  path.join(
    import.meta.dirname,
    "..",
    "..",
    "node_modules",
    "@fontsource-variable",
    family,
    "files",
    `${family}-${subset}-wght-normal.woff2`,
  );

async function file(answer: ServerResponse, place: string, type: string, cache = "no-store"): Promise<void> {
  const bytes = await readFile(place);
  answer.writeHead(200, { "content-type": type, "cache-control": cache, "x-content-type-options": "nosniff" }).end(bytes);
}

const LARGEST_BODY = 64 * 1024;

async function bodyOf(asked: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of asked as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) throw new Error("More was sent than this page ever sends.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

const form = async (asked: IncomingMessage): Promise<URLSearchParams> => new URLSearchParams(await bodyOf(asked));
const body = async <T>(asked: IncomingMessage): Promise<T> => JSON.parse(await bodyOf(asked)) as T;

function json(answer: ServerResponse, status: number, value: unknown): void {
  answer.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(value));
}

function seeOther(answer: ServerResponse, location: string): void {
  answer.writeHead(303, { location, "cache-control": "no-store" }).end();
}
