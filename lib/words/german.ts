import { frame } from "./de/frame";
import { objections } from "./de/objections";
import { refusals } from "./de/refusals";
import { planMails } from "./de/plan-mails";
import { plans } from "./de/plans";
import { secondScreen } from "./de/second-screen";
import { recorder } from "./de/recorder";
import { wall } from "./de/wall";
import type { English } from "./english";
import type { Translation } from "./translation";

/** Every area in German: one line each. */
export const german: Translation<English> = {
  frame,
  objections,
  refusals,
  planMails,
  plans,
  secondScreen,
  recorder,
  wall,
};
