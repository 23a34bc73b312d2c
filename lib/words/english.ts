import { frame } from "./en/frame";
import { plans } from "./en/plans";

/** Every area in English: one line each. The same list stands in german.ts. */
export const english = {
  frame,
  plans,
} as const;

export type English = typeof english;
