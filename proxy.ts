import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy, DOWNLOAD_POLICY, TRANSPORT_SECURITY } from "#lib/session/security-headers";
import { actorOf, sharedBrowserOf, surroundings } from "#lib/wiring/signed-in";

/** Pages that somebody who is not signed in may see. */
const OPEN = [/^\/sign-in$/, /^\/enrol\//, /^\/api\//, /^\/log(?:\/|$)/];

/** Files that people handed in, as evidence or at the desk. */
const HANDED_IN = /^\/api\/(?:ceremonies\/[^/]+\/files|audit\/files)\//;

/**
 * Before every page and interface: a policy with a nonce of this response alone, and, without a session that holds, the way
 * to the sign-in. The interface under /api answers for itself (401), so that a script never gets a page.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const { secure, development, origin } = surroundings();
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = contentSecurityPolicy({ nonce, secure, development });

  let answer: NextResponse;
  if (OPEN.some((place) => place.test(pathname)) || (await mayPass(request))) {
    // Next reads the nonce from the request's own policy and gives it to every script of the page.
    const headers = new Headers(request.headers);
    headers.set("content-security-policy", policy);
    headers.set("x-nonce", nonce);
    answer = NextResponse.next({ request: { headers } });
  } else {
    const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
    // Not request.url: behind a reverse proxy the address this server sees is not the one people use.
    answer = NextResponse.redirect(new URL(`/sign-in${next}`, origin));
  }
  answer.headers.set("content-security-policy", HANDED_IN.test(pathname) ? DOWNLOAD_POLICY : policy);
  if (secure) answer.headers.set("strict-transport-security", TRANSPORT_SECURITY);
  return answer;
}

/** Every page asks again for itself; while the database is away, it is the page that says so. */
async function mayPass(request: NextRequest): Promise<boolean> {
  try {
    const cookie = request.headers.get("cookie");
    if ((await actorOf(cookie)) !== null) return true;
    // A browser that is passed from hand to hand sees one room, and nothing else of the site.
    const shared = await sharedBrowserOf(cookie);
    return shared !== null && request.nextUrl.pathname === `/ceremonies/${shared.ceremony}`;
  } catch {
    return true;
  }
}

// The second screen and the verifier are files that stay as they are, with policies of their own (next.config.ts).
export const config = { matcher: ["/((?!_next/static/|second-screen/|verify/|icon.svg|favicon.ico).*)"] };
