import { frame } from "./en/frame";
import { objections } from "./en/objections";
import { refusals } from "./en/refusals";
import { planMails } from "./en/plan-mails";
import { plans } from "./en/plans";
import { secondScreen } from "./en/second-screen";
import { recorder } from "./en/recorder";
import { wall } from "./en/wall";

/** Every area in English: one line each. The same list stands in german.ts. */
export const english = {
  frame,
  objections,
  refusals,
  planMails,
  plans,
  secondScreen,
  recorder,
  wall,
} as const;

export type English = typeof english;
