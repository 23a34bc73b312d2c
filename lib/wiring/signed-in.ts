import type { Actor } from "#lib/conduct/ports";
import { sessionIdIn, type CookieRules } from "#lib/session/session-cookie";
import { findSession, type LiveSession } from "#lib/store/sessions";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";

/** Where people reach the site, whether over TLS, and whether it runs for development. */
export function surroundings(): { readonly origin: string; readonly secure: boolean; readonly development: boolean } {
  const { APP_ORIGIN: origin, secure, development } = env();
  return { origin, secure, development };
}

export const cookieRules = (): CookieRules => ({ secret: env().AUTH_SECRET, secure: env().secure });

export type SignedInActor = Actor & { readonly session: string; readonly expires: string };

/** A browser that is passed from hand to hand in one room: nobody's, until somebody proves one act. */
export type SharedBrowser = { readonly session: string; readonly ceremony: string };

/** Who a Cookie header belongs to, by its session's row; null when nobody is signed in by it, as on a shared browser. */
export async function actorOf(cookieHeader: string | null): Promise<SignedInActor | null> {
  const session = await sessionOf(cookieHeader);
  if (!session || session.shared !== null) return null;
  return { person: session.person, canSign: session.canSign, session: session.id, expires: session.expiresAt };
}

/** The shared browser that a Cookie header belongs to, or null when it is none. */
export async function sharedBrowserOf(cookieHeader: string | null): Promise<SharedBrowser | null> {
  const session = await sessionOf(cookieHeader);
  return session && session.shared !== null ? { session: session.id, ceremony: session.shared } : null;
}

async function sessionOf(cookieHeader: string | null): Promise<LiveSession | null> {
  const id = await sessionIdIn(cookieHeader, cookieRules());
  return id === null ? null : findSession(database(), id, now());
}
