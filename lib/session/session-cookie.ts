import { decode } from "next-auth/jwt";

/** The cookie holds an encrypted token (next-auth), and that token nothing but the id of a session row. */
export type CookieRules = { readonly secret: string; readonly secure: boolean };

/** `__Host-`: this host only, over TLS only (RFC 6265bis section 4.1.3.2). On http://localhost there is no TLS to ask for. */
export const cookieName = (secure: boolean): string => (secure ? "__Host-claviger.session-token" : "claviger.session-token");

/** The id of the session that a Cookie header names, or null: no cookie, forged, or too old. Whether it holds, its row says. */
export async function sessionIdIn(cookieHeader: string | null, { secret, secure }: CookieRules): Promise<string | null> {
  const prefix = `${cookieName(secure)}=`;
  const token = cookieHeader
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
  if (!token) return null;
  try {
    const { sid } = (await decode({ token, secret })) ?? {};
    return typeof sid === "string" ? sid : null;
  } catch {
    return null; // not made by us: RFC 7516 section 11.5 wants all failures to look the same
  }
}
