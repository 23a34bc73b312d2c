import { eventHash, leafBytes } from "#lib/log/leaf";
import type { LoggedThing } from "#lib/store/logged-things";

/** The hash by which a leaf names a thing as it is kept now. */
export function thingHash(thing: LoggedThing): string {
  if (thing.kind === "entry") return thing.hash;
  const { event, at, of: kind, by, facts, salt } = thing;
  return eventHash({ event, at, kind, by, facts, salt });
}

/** The leaf of a thing as it is kept now. */
export const thingLeaf = (thing: LoggedThing): Uint8Array =>
  leafBytes(
    thing.kind === "entry"
      ? { kind: "entry", ceremony: thing.ceremony, seq: thing.seq, hash: thing.hash }
      : { kind: "event", event: thing.event, hash: thingHash(thing) },
  );
