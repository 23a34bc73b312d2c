import { CLOCK_STEP_MS } from "#lib/ceremony/admit-people";

/** Whether a clock is further off than two readings may be that count as the same time. */
export const isOff = (milliseconds: number): boolean => Math.abs(milliseconds) > CLOCK_STEP_MS;

/** How far a clock is ahead of the server's (below zero: behind), as a sentence says it: to a tenth of a second. */
export const drift = (milliseconds: number): { readonly seconds: number; readonly direction: "ahead" | "behind" } => ({
  seconds: Math.round(Math.abs(milliseconds) / 100) / 10,
  direction: milliseconds < 0 ? "behind" : "ahead",
});
