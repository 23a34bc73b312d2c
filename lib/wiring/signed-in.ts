import type { Actor } from "#lib/conduct/ports";
import { sessionIdIn, type CookieRules } from "#lib/session/session-cookie";
import { findSession } from "#lib/store/sessions";
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

/** Who a Cookie header belongs to, by its session's row; null when nobody is signed in by it. */
export async function actorOf(cookieHeader: string | null): Promise<SignedInActor | null> {
  const id = await sessionIdIn(cookieHeader, cookieRules());
  const session = id === null ? null : await findSession(database(), id, now());
  return session && { person: session.person, canSign: session.canSign, session: session.id, expires: session.expiresAt };
}
