import { sha256Hex, utf8 } from "#lib/log/digest";
import type { Typed } from "./use-draft";

/** An act whose answer has not come: whether it was written down is not known. */
export type Unconfirmed = { readonly id: string; readonly act: string; readonly person: string | null; readonly since: string };

/** The same, as this tab keeps it over a reload from before it is sent until its answer is there. */
export type SentAct = Unconfirmed & {
  /** By which it is known again when the same is sent once more: it keeps its id then, so that two tries cannot make two. */
  readonly content: string;
  /** What was typed for it, to be forgotten once it is written down. */
  readonly typed: Typed;
  /** Whether its sender was told that it was not written down. */
  readonly told: boolean;
};

/**
 * So long a request may still be on its way of which it was said that it had not arrived. Later the same words are another act: a
 * second stop is no answer to the first.
 */
const ON_ITS_WAY_MS = 120_000;

/** On a shared browser nothing of what was said is kept, not even a digest that somebody could guess it from. */
const OF_THIS_PAGE = crypto.randomUUID();

/** What an act says, and for whom, as a digest. */
export const contentOf = (said: object, person: string | null): string =>
  sha256Hex(utf8(JSON.stringify([said, person, person === null ? "" : OF_THIS_PAGE])));

/** What was sent from one room by one person, and is not known to have been written down or refused. */
export class SentActs {
  readonly #kept: Storage;
  readonly #start: string;

  constructor(kept: Storage, room: string, person: string | null) {
    this.#kept = kept;
    this.#start = `claviger/sent/${room}/${person ?? "shared"}/`;
  }

  /** All of them, the first sent first. Those of which enough was said are dropped. */
  all(now = Date.now()): readonly SentAct[] {
    const names = Array.from({ length: this.#kept.length }, (_, i) => this.#kept.key(i) ?? "");
    const sent = names
      .filter((name) => name.startsWith(this.#start))
      .map((name) => this.get(name.slice(this.#start.length)))
      .filter((one) => one !== null);
    const isOver = ({ told, since }: SentAct) => told && Math.abs(now - Date.parse(since)) > ON_ITS_WAY_MS;
    for (const one of sent) if (isOver(one)) this.forget(one.id);
    return sent.filter((one) => !isOver(one)).sort((a, b) => a.since.localeCompare(b.since));
  }

  get(id: string): SentAct | null {
    const kept = this.#kept.getItem(this.#start + id);
    return kept === null ? null : (JSON.parse(kept) as SentAct);
  }

  /** An earlier try at the same, if there is one; null when this is the first. */
  tried(content: string, now = Date.now()): SentAct | null {
    return this.all(now).find((one) => one.content === content) ?? null;
  }

  note(sent: SentAct): void {
    this.#kept.setItem(this.#start + sent.id, JSON.stringify(sent));
  }

  forget(id: string): void {
    this.#kept.removeItem(this.#start + id);
  }
}
