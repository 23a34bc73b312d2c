import type { Objection } from "./objection";

/** An act that somebody asked for and that was refused. Nothing in it was typed by whoever asked. */
export type RefusedAct = {
  /** Whose session it was; null for nobody's. */
  readonly by: string | null;
  readonly code: Objection["code"];
  readonly method: string;
  /** The route's, with the names of its parameters in place of what was sent for them: `pathTemplate`. */
  readonly path: string;
  /** The ceremony in whose room it was asked; null elsewhere, and where there is no such ceremony. */
  readonly ceremony: string | null;
};

export type RefusedActEvent = {
  readonly kind: "act-refused";
  readonly by: string | null;
  readonly facts: { readonly [fact: string]: string | number };
};

/**
 * What is no refusal of an act: a form that nobody could have meant, nobody at all, and the app's own trouble. A refused hand and a refused
 * sign-in have an event of their own, which says more.
 */
const LEFT_OUT: readonly Objection["code"][] = [
  ...(["FORM", "NOT-SIGNED-IN", "BUSY", "DATABASE-GONE", "FAULT"] as const),
  ...(["HAND-REFUSED", "SIGN-IN-REFUSED"] as const),
];

/** Whether a refusal with this code is noted as a refused act. */
export const isNoted = (code: Objection["code"]): boolean => !LEFT_OUT.includes(code);

const MINUTE_MS = 60_000;

/** What a stranger needs nothing for, not even a link: a page elsewhere, or a header that somebody made up. */
const FOR_NOTHING: Objection["code"] = "OTHER-ORIGIN";
/** Whose room that takes; no person has a symbol as an id. */
const FOR_NOTHING_BY = Symbol("strangers, for nothing");

/** How many are events of their own in a minute. */
export type MostInAMinute = {
  /** Of one person, and of all strangers together. */
  readonly each: number;
  /** Of all strangers together, for what they need nothing for: it takes no room of what else is refused to them. */
  readonly forNothing: number;
};

/**
 * Refused acts as audit events: one each, so many in a minute of each person, and so many of all strangers together. What is beyond that is
 * counted, and so is what could not be written; one event with `times` stands for all that were refused to one person for one reason: whoever
 * asks without end does not make the log grow without end.
 */
export class RefusedActs {
  readonly #write: (event: RefusedActEvent) => Promise<unknown>;
  readonly #most: MostInAMinute;
  #minute = 0;
  readonly #events = new Map<string | null | typeof FOR_NOTHING_BY, number>();
  readonly #counted = new Map<string, { readonly by: string | null; readonly code: Objection["code"]; times: number }>();

  constructor(write: (event: RefusedActEvent) => Promise<unknown>, most: MostInAMinute = { each: 20, forNothing: 5 }) {
    this.#write = write;
    this.#most = most;
  }

  /** How many refusals were counted and have no event yet. */
  get waiting(): number {
    return [...this.#counted.values()].reduce((sum, { times }) => sum + times, 0);
  }

  /** Resolves when the refusal is written, or counted. Throws what writing throws; it is counted then too. */
  async note(act: RefusedAct, now: Date): Promise<void> {
    const { by, code, method, path, ceremony } = act;
    try {
      const minute = Math.floor(now.getTime() / MINUTE_MS);
      if (minute !== this.#minute) {
        this.#minute = minute;
        this.#events.clear();
        await this.tell();
      }
      if (!this.#hasRoom(act)) {
        this.#count(by, code, 1);
        return;
      }
      await this.#write({ kind: "act-refused", by, facts: { code, method, path, ...(ceremony === null ? {} : { ceremony }) } });
    } catch (fault) {
      this.#count(by, code, 1);
      throw fault;
    }
  }

  /** Takes one of the events that there may be in this minute. A write that failed keeps its own: it may have come to pass. */
  #hasRoom({ by, code }: RefusedAct): boolean {
    const forNothing = by === null && code === FOR_NOTHING;
    const whose = forNothing ? FOR_NOTHING_BY : by;
    const events = this.#events.get(whose) ?? 0;
    if (events >= (forNothing ? this.#most.forNothing : this.#most.each)) return false;
    this.#events.set(whose, events + 1);
    return true;
  }

  /** Writes what was counted. What could not be written is still counted, and thrown is why. */
  async tell(): Promise<void> {
    const counted = [...this.#counted.values()];
    this.#counted.clear();
    const written = await Promise.allSettled(
      counted.map(({ by, code, times }) => this.#write({ kind: "act-refused", by, facts: { code, times } })),
    );
    written.forEach((one, at) => {
      const kept = counted[at];
      if (one.status === "rejected" && kept) this.#count(kept.by, kept.code, kept.times);
    });
    const failed = written.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
  }

  #count(by: string | null, code: Objection["code"], times: number): void {
    const name = JSON.stringify([by, code]);
    const counted = this.#counted.get(name) ?? { by, code, times: 0 };
    counted.times += times;
    this.#counted.set(name, counted);
  }
}

/**
 * The path of a request with `[name]` where it has the value of a parameter, in their order. Where a value is not found the path ends in `/…`
 * behind the part of the interface: what somebody typed into an address is no fact of an event.
 */
export function pathTemplate(path: string, params: { readonly [name: string]: string | readonly string[] | undefined }): string {
  const segments = path.split("/");
  let from = FIRST_PARAMETER;
  for (const [name, value] of Object.entries(params)) {
    const at = segments.findIndex((segment, index) => index >= from && (segment === value || segment === encoded(value)));
    if (at < 0) return `${segments.slice(0, FIRST_PARAMETER).join("/")}/…`;
    segments[at] = `[${name}]`;
    from = at + 1;
  }
  return segments.join("/");
}

/** Every parameter stands behind `/api/` and the part of the interface. */
const FIRST_PARAMETER = 3;
const encoded = (value: string | readonly string[] | undefined) => (typeof value === "string" ? encodeURIComponent(value) : undefined);
