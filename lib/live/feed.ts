import type { Language } from "#lib/words/language";
import { EventLine } from "./event-line";
import type { Change, LiveBus } from "./live-bus";

/** Whose a session is, and the roles an administrator gave them. */
export type Reader = { readonly person: string; readonly roles: readonly string[] };

/** Something as it was at one moment, told to each reader in JSON, in their language. */
export interface Sight<S> {
  mayBeSeenBy(reader: Reader): boolean;
  whole(person: string, language: Language): string;
  /** What is another than in an earlier sight. */
  change(before: S, person: string, language: Language): string;
}

export type FeedPorts<S> = {
  /** As it is now, null when there is no such thing; the same object as long as nothing has changed. */
  readonly look: (id: string) => Promise<S | null>;
  /** Whose these sessions are now; those that do not hold are not among them. */
  readonly readers: (sessions: readonly string[]) => Promise<ReadonlyMap<string, Reader>>;
};

/** So often everybody hears something, whatever happens: silence tells a page that its line is dead. */
const BEAT_MS = 2_000;
/** More pages than anybody has open; each costs a look at its session with every change. */
const MOST_LINES = 24;

/**
 * Tells whoever has a page open how what they follow looks, and with every change what is another. It is looked at once for
 * all of them; before anything is told to anybody their session and what they may see are asked anew.
 */
export class Feed<S extends Sight<S>> {
  readonly #rooms = new Map<string, Followed<S>>();
  readonly #bus: LiveBus;
  readonly #ports: FeedPorts<S>;
  readonly #beatMs: number;
  #beat: NodeJS.Timeout | null = null;

  constructor(bus: LiveBus, ports: FeedPorts<S>, beatMs = BEAT_MS) {
    this.#bus = bus;
    this.#ports = ports;
    this.#beatMs = beatMs;
    bus.subscribe(
      (change) => this.#heard(change),
      () => this.#close(),
    );
  }

  /**
   * A stream for the holder of that session: `room` first, then `change`s, and `beat`s between. Null when they may not look,
   * "enough" when they look in too many windows already.
   */
  async follow(id: string, session: string, language: Language, signal: AbortSignal): Promise<Response | "enough" | null> {
    const [sight, readers] = await Promise.all([this.#ports.look(id), this.#ports.readers([session])]);
    const reader = readers.get(session);
    if (!sight || !reader || !sight.mayBeSeenBy(reader)) return null;
    if ([...this.#rooms.values()].reduce((count, one) => count + one.linesOf(session), 0) >= MOST_LINES) return "enough";
    const room = this.#rooms.get(id) ?? new Followed(id, this.#ports);
    this.#rooms.set(id, room);
    const line = room.join(session, language, signal, () => {
      if (room.lines === 0 && this.#rooms.get(id) === room) this.#rooms.delete(id);
      if (this.#rooms.size === 0) this.#stopBeating();
    });
    if (this.#bus.closed) line.close();
    else this.#beat ??= setInterval(() => this.#everyRoom((one) => one.tell("beat")), this.#beatMs);
    room.show(line, sight, reader);
    // Something may have happened between the look and the joining.
    room.tell();
    return line.response;
  }

  #heard({ ceremony }: Change): void {
    if (ceremony === null) this.#everyRoom((room) => room.tell());
    else this.#rooms.get(ceremony)?.tell();
  }

  #everyRoom(act: (room: Followed<S>) => void): void {
    for (const room of [...this.#rooms.values()]) act(room);
  }

  #close(): void {
    this.#everyRoom((room) => room.close());
  }

  #stopBeating(): void {
    if (this.#beat) clearInterval(this.#beat);
    this.#beat = null;
  }
}

/** What a reader's line belongs to, what was last told on it, and whether its reader could not take the newest yet. */
type Place<S> = { readonly session: string; readonly language: Language; told: S | null; behind: boolean };

/** One thing that is followed, and everybody who does. */
class Followed<S extends Sight<S>> {
  readonly #lines = new Map<EventLine, Place<S>>();
  readonly #id: string;
  readonly #ports: FeedPorts<S>;
  /** What is to be told once the telling that is under way is over. */
  #wanted: "change" | "beat" | null = null;
  #telling = false;

  constructor(id: string, ports: FeedPorts<S>) {
    this.#id = id;
    this.#ports = ports;
  }

  get lines(): number {
    return this.#lines.size;
  }

  linesOf(session: string): number {
    return [...this.#lines.values()].filter((place) => place.session === session).length;
  }

  join(session: string, language: Language, signal: AbortSignal, left: () => void): EventLine {
    const place: Place<S> = { session, language, told: null, behind: false };
    const line = new EventLine(signal, () => {
      if (place.behind) this.tell();
    });
    this.#lines.set(line, place);
    line.onClose(() => {
      this.#lines.delete(line);
      left();
    });
    return line;
  }

  /** Looks once more, and tells everybody. However often it is called meanwhile, one telling follows the one under way. */
  tell(what: "change" | "beat" = "change"): void {
    this.#wanted = what === "beat" || this.#wanted === "beat" ? "beat" : "change";
    if (this.#telling) return;
    this.#telling = true;
    // The browsers come back by themselves, and are told then what is the matter.
    this.#tellAll().catch(() => this.close());
  }

  /** Tells one reader; one who does not keep up is told the newest, and only that, once they have taken what was sent. */
  show(line: EventLine, sight: S, reader: Reader | undefined, beat = false): void {
    const place = this.#lines.get(line);
    if (!place) return;
    if (!reader || !sight.mayBeSeenBy(reader)) {
      line.close();
      return;
    }
    place.behind = !line.ready;
    if (place.behind) return;
    if (place.told === null) line.send("room", sight.whole(reader.person, place.language));
    else if (place.told !== sight) line.send("change", sight.change(place.told, reader.person, place.language));
    // With the time here, so that a page knows by how much its own clock is wrong.
    else if (beat) line.send("beat", JSON.stringify({ now: new Date().toISOString() }));
    place.told = sight;
  }

  close(): void {
    for (const line of [...this.#lines.keys()]) line.close();
  }

  async #tellAll(): Promise<void> {
    try {
      while (this.#wanted && this.#lines.size > 0) {
        const beat = this.#wanted === "beat";
        this.#wanted = null;
        const lines = [...this.#lines];
        const sessions = lines.map(([, { session }]) => session);
        const [sight, readers] = await Promise.all([this.#ports.look(this.#id), this.#ports.readers(sessions)]);
        if (!sight) this.close();
        else for (const [line, { session }] of lines) this.show(line, sight, readers.get(session), beat);
      }
    } finally {
      // Here and not later: whoever wants something told from now on begins anew.
      this.#telling = false;
    }
  }
}
