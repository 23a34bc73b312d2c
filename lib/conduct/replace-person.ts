import type { Role } from "#lib/ceremony/roles";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

export type ReplacePerson = { readonly leaves: string; readonly arrives: string; readonly role: Role; readonly deviation: number };

/** A stand-in of the roster takes somebody's place, naming the deviation that says why. */
export function replacePerson(
  room: Room,
  actor: Actor,
  ceremony: string,
  { leaves, arrives, role, deviation }: ReplacePerson,
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, () =>
    ok({ kind: "person-replaced", body: { leaves, arrives, role, deviation }, openings: [] }),
  );
}
