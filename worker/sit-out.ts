import { staysOut } from "#lib/ceremony/admit-break";
import { breakOn, type Ceremony } from "#lib/ceremony/ceremony";
import { base64url } from "#lib/log/digest";
import { append, AGAIN, blocked, WAIT, waitFor, type Acted, type Acting } from "./acting";
import type { FollowedCeremony } from "./followed-ceremony";
import type { WorkerMemory } from "./memory";

/**
 * What a break asks of the worker, or null: to say that it logs out of the token, to stay out, to say that it is in again. The
 * entry is signed while the token is still open, and whoever reads "TOKEN-OUT" logs out before anything else is done: a crash
 * in between ends the session too, and a worker that is started anew in the break does not open the token.
 */
export async function keepBreak(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony): Promise<Acted | null> {
  if (staysOut(ceremony)) return waitFor("TOKEN-OUT");
  if (ceremony.loggedOut) return say(acting, followed, "token-logged-in", { since: ceremony.loggedOut.seq });
  const on = breakOn(ceremony);
  if (!on || ceremony.phase === "aborted") return null;
  // A record of another ceremony is being sealed with a key of the token: it is finished first.
  if (acting.sealings.underWay) return WAIT;
  return say(acting, followed, "token-logged-out", { break: on.begun.seq });
}

async function say(
  acting: Acting,
  followed: FollowedCeremony,
  ...[kind, body]: ["token-logged-out", { break: number }] | ["token-logged-in", { since: number }]
): Promise<Acted> {
  const written = kind === "token-logged-out" ? await append(acting, followed, kind, body) : await append(acting, followed, kind, body);
  return written.ok ? AGAIN : blocked({ code: written.refusal.invariant, facts: written.refusal.facts });
}

/** Whether this worker's own recorder said in that ceremony that it logs out, and has to stay out. Asks nothing of the token. */
export function keepsOut({ ceremony }: FollowedCeremony, memory: WorkerMemory): boolean {
  const own = memory.certificate("trust-anchor");
  if (!ceremony?.recorder || !own || ceremony.recorder.recorder.certificate !== base64url(own)) return false;
  return staysOut(ceremony);
}
