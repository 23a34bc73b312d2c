import { entryBytes, entryHash, type Body, type Entry, type EntryKind } from "#lib/ceremony/entry";
import { take } from "#lib/ceremony/replay";
import { isAhead } from "#lib/ceremony/signing-time";
import type { Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import { object, refused, type Objection } from "./objection";
import type { Actor, RoomPorts } from "./ports";
import type { Transcript, Transcripts } from "./transcript";

export type Appended = { readonly seq: number; readonly hash: string };

/** What a verb wants to say: a kind, its body, and the openings that travel beside it. */
export type Draft = {
  [K in EntryKind]: { readonly kind: K; readonly body: Body<K>; readonly openings: readonly Opening[] };
}[EntryKind] & {
  readonly ciphertext?: Uint8Array;
};

/** Where and when the entry will stand: drafts are made again when somebody else took that place. */
export type Place = { readonly seq: number; readonly at: string };

/** Everybody in a room acting at the same instant is far fewer. */
const MOST_TRIES = 25;

/** Everything a verb of the room needs. */
export type Room = RoomPorts & { readonly transcripts: Transcripts };

/**
 * Says something in a ceremony that is under way: drafts the entry, lets the rules judge it, appends it. When somebody else
 * was first, reads again, drafts again and asks the rules again, because acts of different people commute. Objects TIME-AHEAD
 * while the last entry lies ahead of this server's clock.
 */
export async function appendEntry(
  room: Room,
  actor: Actor,
  ceremony: string,
  draft: (transcript: Transcript, place: Place) => Result<Draft, Objection>,
): Promise<Result<Appended, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const transcript = await room.transcripts.read(ceremony);
    if (!transcript) return object("NOT-FOUND");
    const { head } = transcript.ceremony;
    const clock = room.world.now();
    const now = clock.toISOString();
    // A clock set back a little does not stop the room; TIME-ORDER still holds.
    const place = { seq: head.seq + 1, at: now > head.at ? now : head.at };
    const drafted = draft(transcript, place);
    if (!drafted.ok) return drafted;
    // What somebody dated ahead must not carry what is said now to an hour at which nobody is here. To stop is possible always.
    if (drafted.value.kind !== "ceremony-stopped" && isAhead(head.at, clock.getTime())) return object("TIME-AHEAD", { at: head.at });
    const said = await keep(room, transcript, { ceremony, by: actor.person, prev: head.hash, ...place }, drafted.value);
    if (said !== "conflict") return said;
  }
  return object("BUSY");
}

type Link = Place & { readonly ceremony: string; readonly by: string; readonly prev: string | null };

/** One entry through the rules and into the store. "conflict" when its place is taken. */
export async function keep(
  room: RoomPorts,
  transcript: Transcript | null,
  link: Link,
  draft: Draft,
): Promise<Result<Appended, Objection> | "conflict"> {
  const { kind, body, openings, ciphertext } = draft;
  const entry = { v: "claviger/entry/v1", ...link, kind, body, signature: null } as Entry;
  const bytes = entryBytes(entry);
  const after = await take(room.verifier, room.book, transcript?.ceremony ?? null, bytes);
  if (!after.ok) return refused(after.refusal);
  const hash = entryHash(entry);
  const kept = await room.store.append({ ...link, kind, hash, bytes, openings, ...(ciphertext && { ciphertext }) }, after.value);
  return kept === "conflict" ? "conflict" : ok({ seq: link.seq, hash });
}
