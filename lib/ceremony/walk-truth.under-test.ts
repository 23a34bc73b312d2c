import type { Result } from "../result";
import type { Refusal } from "./refusal";
import { placeholder } from "./small-roster.under-test";
import type { SmallWorld } from "./small-world.under-test";
import type { Statement } from "./statement";

/**
 * What really happened, kept by the walk itself from who moved and what was admitted, and from nothing that the rule
 * book computes: the judge must not be the accused.
 */
export type Truth = {
  readonly phase: "running" | "break" | "stopped" | "aborted";
  /** Those who, with a passkey of their own and as themselves, agreed to going on after this stop as the newest deviation says. */
  readonly goOn: readonly string[];
  /** By a person, since the last stop, and since the last thing that was done in the opening. */
  readonly deviated: { readonly stop: boolean; readonly opening: boolean };
  readonly openings: number;
  /** Those who, with a passkey of their own and as themselves, said yes to this very opening. In the order they did. */
  readonly yes: readonly string[];
  readonly no: boolean;
  /** Somebody has stopped the room since the opening. */
  readonly halted: boolean;
  /** Since the opening people have gone for a break, or somebody was replaced. */
  readonly left: boolean;
  readonly replaced: boolean;
  /** The opening's expiry has passed. */
  readonly late: boolean;
  readonly flight: "none" | "under way" | "failed";
  readonly done: number;
  /** How often the worker called for secrets in this opening, and who entered which part for the newest call. */
  readonly calls: number;
  readonly parts: readonly { readonly by: string; readonly part: 1 | 2 }[];
  readonly room: Seats;
};

/** Who sits in the room as a custodian, who of them is away or not yet checked, and how it stands with breaks. */
export type Seats = {
  readonly custodians: readonly string[];
  readonly away: readonly string[];
  readonly unchecked: readonly string[];
  readonly breaks: number;
  /** A break has begun and not ended, whatever stopped the room meanwhile. */
  readonly onBreak: boolean;
  /** The worker has said that it logs out of the token, and not that it is in again. */
  readonly out: boolean;
};

export type Place = {
  readonly world: SmallWorld;
  readonly truth: Truth;
  /** The custodians' statements of the opening before, kept by somebody who hopes to use them. */
  readonly stale: readonly Statement[];
  /** A part for a call of the worker that another call has followed. */
  readonly stalePart: Statement | null;
  readonly ids: readonly string[];
  readonly moves: readonly string[];
};

/** Something somebody tries, and what is true once it has been admitted. Null: there is nothing to try. */
export type Move = {
  readonly name: string;
  readonly make: (world: SmallWorld) => Promise<Result<unknown, Refusal>> | null;
  readonly after: (truth: Truth) => Truth;
};

export const STEP = "work";
export const OPENER = "olga";
/** Who takes a custodian's place, in worlds where somebody does. */
export const STAND_IN = "cyra";
export const said = placeholder("something");

export const same = (now: Truth): Truth => now;
/** Whatever is done in the opening is newer than the deviations before it, and may be what the next one has to answer. */
export const unanswered = (now: Truth): Truth => ({ ...now, deviated: { ...now.deviated, opening: false } });
/** The same of going on after a stop, which nobody can agree to before something was noted. */
export const agreedToGoOn = (person: string) => (now: Truth): Truth =>
  now.phase === "stopped" && now.deviated.stop && speaks(person, now) ? { ...now, goOn: [...now.goOn, person] } : now;

const speaks = (person: string, { room: { custodians, away, unchecked } }: Truth): boolean =>
  custodians.includes(person) && !away.includes(person) && !unchecked.includes(person);

/** Only who sits in the room, is there and was looked at says yes. */
export const agreed = (person: string) => (now: Truth): Truth =>
  unanswered(speaks(person, now) ? { ...now, yes: [...now.yes, person] } : now);
