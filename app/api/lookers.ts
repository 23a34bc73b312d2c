import type { ZodType } from "zod";
import { object, type Objection } from "#lib/conduct/objection";
import { sharedReader } from "#lib/conduct/shared-reader";
import type { Result } from "#lib/result";
import { actorOf, sharedBrowserOf, type SharedBrowser, type SignedInActor } from "#lib/wiring/signed-in";
import { forAnyone, type Asked } from "./interface";

/** Who looks into a room: somebody signed in, or a browser that is passed from hand to hand there and is nobody's. */
export type Looker = { readonly person: string; readonly session: string } & (
  | { readonly actor: SignedInActor; readonly shared: null }
  | { readonly actor: null; readonly shared: SharedBrowser }
);

async function lookerOf(cookie: string | null): Promise<Looker | null> {
  const actor = await actorOf(cookie);
  if (actor) return { person: actor.person, session: actor.session, actor, shared: null };
  const shared = await sharedBrowserOf(cookie);
  return shared && { person: sharedReader(shared.ceremony), session: shared.session, actor: null, shared };
}

/**
 * For whoever may look into the room of the ceremony in the address: people who are signed in, whom the work itself still asks
 * whether they may, and a shared browser in its own room.
 */
export const forLookers = <F = undefined>(
  work: (asked: Asked<F>, looker: Looker) => Promise<Result<unknown, Objection> | Response>,
  form?: ZodType<F>,
  body?: Parameters<typeof forAnyone>[2],
) =>
  forAnyone<F>(async (asked) => {
    const looker = await lookerOf(asked.request.headers.get("cookie"));
    if (!looker) return object("NOT-SIGNED-IN");
    if (looker.shared && looker.shared.ceremony !== asked.params["id"]) return object("NOT-FOUND");
    return work(asked, looker);
  }, form, body);
