import type { Language } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import type { Role } from "#lib/ceremony/roles";
import type { RoomView } from "./room";
import { changeBetween } from "./room-change";
import { sharedReader } from "./shared-reader";
import { roomFor, type RoomSource } from "./room-view";

/** Somebody who looks: a person, and the roles an administrator gave them. */
export type Looker = { readonly person: string; readonly roles: readonly string[] };

/** Those who may look into every ceremony, by their standing role. */
const MAY_LOOK_EVERYWHERE = ["administrator", "auditor"];

/** Whether somebody may look into a ceremony: those who take part, administrators and auditors. */
export const mayLook = ({ person, roles }: Looker, participants: readonly string[]): boolean =>
  participants.includes(person) || roles.some((role) => MAY_LOOK_EVERYWHERE.includes(role));

/** Whether somebody looks on without taking part in it: an auditor of the ceremony, or an onlooker. Each visit of theirs is noted. */
export const looksOn = (person: string, participants: readonly { readonly person: string; readonly role: Role }[]): boolean =>
  participants.every((participant) => participant.person !== person || participant.role === "auditor");

/** A room as it is shown in one language. */
type Drawn = { readonly room: ReturnType<typeof roomFor>; readonly shared: string };

/**
 * A room as it was at one moment, told as JSON: what everybody is shown is made once for each language that somebody reads,
 * and only what is one's own for each person.
 */
export class RoomSight {
  readonly #drawn = new Map<Language, Drawn>();
  readonly #since = new Map<Language, { readonly before: RoomSight; readonly text: string }>();

  constructor(readonly source: RoomSource) {}

  #in(language: Language): Drawn {
    const known = this.#drawn.get(language);
    if (known) return known;
    const room = roomFor(this.source, wordsIn(language));
    const drawn = { room, shared: JSON.stringify(room.shared) };
    this.#drawn.set(language, drawn);
    return drawn;
  }

  /**
   * Whether it looks no different, to anybody: everybody's own part follows from what all are shown, and one language shows
   * what the other does.
   */
  looksLike(other: RoomSight): boolean {
    const [language = "en"] = other.#drawn.keys();
    return this.#in(language).shared === other.#in(language).shared;
  }

  mayBeSeenBy(looker: Looker): boolean {
    const { id, participants } = this.source.ceremony;
    return looker.person === sharedReader(id) || mayLook(looker, participants.map(({ person }) => person));
  }

  viewFor(person: string, language: Language): RoomView {
    const { room } = this.#in(language);
    return { ...room.shared, ...room.own(person) };
  }

  /** The room as this person sees it, as the JSON of a RoomView. */
  whole(person: string, language: Language): string {
    const { room, shared } = this.#in(language);
    return joined(shared, JSON.stringify(room.own(person)));
  }

  /** What is another than in an earlier sight, as the JSON of a RoomChange. */
  change(before: RoomSight, person: string, language: Language): string {
    const { room } = this.#in(language);
    let since = this.#since.get(language);
    if (since?.before !== before) {
      before.#since.clear(); // or each sight would keep all those before it
      since = { before, text: JSON.stringify(changeBetween(before.#in(language).room.shared, room.shared)) };
      this.#since.set(language, since);
    }
    return joined(since.text, JSON.stringify({ own: room.own(person) }));
  }
}

/** One JSON object with the members of two, neither of them empty. */
const joined = (one: string, other: string): string => `${one.slice(0, -1)},${other.slice(1)}`;
