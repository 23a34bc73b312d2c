import type { RoomView } from "./room";
import { changeBetween } from "./room-change";
import { roomFor, type RoomSource } from "./room-view";

/** Somebody who looks: a person, and the roles an administrator gave them. */
export type Looker = { readonly person: string; readonly roles: readonly string[] };

/** Those who may look into every ceremony, by their standing role. */
const MAY_LOOK_EVERYWHERE = ["administrator", "auditor"];

/** Whether somebody may look into a ceremony: those who take part, administrators and auditors. */
export const mayLook = ({ person, roles }: Looker, participants: readonly string[]): boolean =>
  participants.includes(person) || roles.some((role) => MAY_LOOK_EVERYWHERE.includes(role));

/** A room as it was at one moment, told as JSON: what everybody is shown is made once, and only what is one's own for each. */
export class RoomSight {
  readonly #room: ReturnType<typeof roomFor>;
  readonly #shared: string;
  #since: { readonly before: RoomSight; readonly text: string } | null = null;

  constructor(readonly source: RoomSource) {
    this.#room = roomFor(source);
    this.#shared = JSON.stringify(this.#room.shared);
  }

  /** Whether it looks no different, to anybody: everybody's own part follows from what all are shown. */
  looksLike(other: RoomSight): boolean {
    return this.#shared === other.#shared;
  }

  mayBeSeenBy(looker: Looker): boolean {
    return mayLook(looker, this.source.ceremony.participants.map(({ person }) => person));
  }

  viewFor(person: string): RoomView {
    return { ...this.#room.shared, ...this.#room.own(person) };
  }

  /** The room as this person sees it, as the JSON of a RoomView. */
  whole(person: string): string {
    return joined(this.#shared, JSON.stringify(this.#room.own(person)));
  }

  /** What is another than in an earlier sight, as the JSON of a RoomChange. */
  change(before: RoomSight, person: string): string {
    if (this.#since?.before !== before) {
      before.#since = null; // or each sight would keep all those before it
      this.#since = { before, text: JSON.stringify(changeBetween(before.#room.shared, this.#room.shared)) };
    }
    return joined(this.#since.text, JSON.stringify({ own: this.#room.own(person) }));
  }
}

/** One JSON object with the members of two, neither of them empty. */
const joined = (one: string, other: string): string => `${one.slice(0, -1)},${other.slice(1)}`;
