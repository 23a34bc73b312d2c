import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { cookieName, type CookieRules } from "./session-cookie";

/** What a sign-in came to: a session, or the code of why not. */
export type SignInResult = { readonly session: string } | { readonly code: string };

export type SignInVerbs = {
  byPasskey(form: {
    readonly challengeId: string;
    readonly assertion: unknown;
    readonly client: string;
    readonly address: string;
  }): Promise<SignInResult>;
  byAccount(form: {
    readonly issuer: string;
    readonly subject: string;
    readonly email: string | null;
    readonly client: string;
  }): Promise<SignInResult>;
  signedOut(session: string): Promise<void>;
};

export type SingleSignOn = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };

const SESSION_SECONDS = 8 * 3600;

/** next-auth with our passkey sign-in, and a single sign-on where one is configured. Decides nothing: the verbs do. */
export function authOptions(cookies: CookieRules, verbs: SignInVerbs, singleSignOn: SingleSignOn | null): NextAuthOptions {
  return {
    secret: cookies.secret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: cookies.secure,
    cookies: {
      sessionToken: {
        name: cookieName(cookies.secure),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: cookies.secure },
      },
    },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [passkey(verbs), ...(singleSignOn ? [openIdConnect(singleSignOn)] : [])],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth" || !singleSignOn) return account?.provider === "passkey";
        const claims = profile as { sub?: unknown; email?: unknown; email_verified?: unknown } | undefined;
        if (typeof claims?.sub !== "string") return false;
        const email = typeof claims.email === "string" && claims.email_verified === true ? claims.email : null;
        const signed = await verbs.byAccount({
          issuer: singleSignOn.issuer,
          subject: claims.sub,
          email,
          client: "single sign-on",
        });
        if (!("session" in signed)) return false;
        user.id = signed.session;
        return true;
      },
      // The token keeps nothing but the session's id; its row is asked at every request.
      jwt: ({ token, user }) => ({ sid: (user as { id: string } | undefined)?.id ?? token["sid"] }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const sid = (token as { sid?: unknown } | undefined)?.sid;
        if (typeof sid === "string") await verbs.signedOut(sid);
      },
    },
  };
}

const passkey = (verbs: SignInVerbs) =>
  CredentialsProvider({
    id: "passkey",
    name: "Passkey",
    credentials: { challengeId: {}, assertion: {} },
    async authorize(given, request) {
      const headers = (request.headers ?? {}) as { readonly [name: string]: string | undefined };
      const signed = await verbs.byPasskey({
        challengeId: given?.challengeId ?? "",
        assertion: readJson(given?.assertion ?? ""),
        client: headers["user-agent"] ?? "",
        address: headers["x-forwarded-for"] ?? "",
      });
      // next-auth hands the message on as the `error` of the sign-in.
      if (!("session" in signed)) throw new Error(signed.code);
      return { id: signed.session };
    },
  });

const openIdConnect = ({ issuer, clientId, clientSecret }: SingleSignOn) => ({
  id: "oidc",
  name: "Single sign-on",
  type: "oauth" as const,
  wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
  clientId,
  clientSecret,
  idToken: true,
  checks: ["pkce" as const, "state" as const, "nonce" as const],
  authorization: { params: { scope: "openid email" } },
  profile: (claims: { readonly sub: string }) => ({ id: claims.sub }),
});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
