import type { Problem } from "../../ask";

/** Since when the page does not know how the room is, and why. */
export type Lost = { readonly since: string; readonly problem: Problem };

/** The server has answered, and no try after this one is answered otherwise before something is done about it. */
const DEFINITE = ["NOT-SIGNED-IN", "SIGNED-OUT", "NOT-FOUND"];

/** What is known of the loss after one more try: the time of the first, and its reason until there is a definite one. */
export const lostAfter = (before: Lost | null, problem: Problem, at: string): Lost =>
  before && !DEFINITE.includes(problem.code) ? before : { since: before?.since ?? at, problem };

/** The room is this person's no more: a stand-in has their place. Nobody goes on asking for it. */
export const isLeft = (lost: Lost | null): boolean => lost?.problem.code === "NOT-FOUND";
