import { frame } from "./de/frame";
import { plans } from "./de/plans";
import type { English } from "./english";
import type { Translation } from "./translation";

/** Every area in German: one line each. */
export const german: Translation<English> = {
  frame,
  plans,
};
