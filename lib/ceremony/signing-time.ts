import { LONGEST_OPENING_MINUTES } from "./script.schema";
import type { Statement, StatementAct } from "./statement";

/** How far two clocks that are kept right may be apart. */
export const CLOCK_TOLERANCE_MS = 120_000;

/** What is said of a step that is done may be said for a day. */
export const SAID_WITHIN_MS = 24 * 60 * 60_000;

/** Said of a step that is done, and so of everything up to the entry by which it was. */
export const isOfDone = (act: StatementAct): boolean => act === "attest" || act === "release-notebook";

/** Whether a time lies further ahead of that clock (milliseconds) than clocks may be apart; what is no time does. */
export const isAhead = (at: string, now: number): boolean => !(Date.parse(at) - now <= CLOCK_TOLERANCE_MS);

/**
 * Whether a statement can be signed for later than one that was asked for just now, by this clock and the script's minutes. Whoever
 * dates an opening ahead gathers signatures in reserve, for an hour at which nobody is in the room to stop what they allow.
 */
export function isReserved({ act, expires }: Pick<Statement, "act" | "expires">, now: number, minutes = LONGEST_OPENING_MINUTES): boolean {
  const most = isOfDone(act) ? SAID_WITHIN_MS : Math.min(minutes, LONGEST_OPENING_MINUTES) * 60_000;
  return isAhead(expires, now + most);
}
