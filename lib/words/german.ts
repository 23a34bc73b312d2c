import { opening } from "./de/opening";
import { scripts } from "./de/scripts";
import { rosterChanges } from "./de/roster-changes";
import { presence } from "./de/presence";
import { frame } from "./de/frame";
import { endorsements } from "./de/endorsements";
import { work } from "./de/work";
import { room } from "./de/room";
import { desk } from "./de/desk";
import { results } from "./de/results";
import { faults } from "./de/faults";
import { fields } from "./de/fields";
import { halts } from "./de/halts";
import { signIn } from "./de/sign-in";
import { parts } from "./de/parts";
import { people } from "./de/people";
import { roles } from "./de/roles";
import { objections } from "./de/objections";
import { readiness } from "./de/readiness";
import { refusals } from "./de/refusals";
import { planMails } from "./de/plan-mails";
import { plans } from "./de/plans";
import { secondScreen } from "./de/second-screen";
import { verify } from "./de/verify";
import { recorder } from "./de/recorder";
import { halves } from "./de/halves";
import { wall } from "./de/wall";
import { connection } from "./de/connection";
import { roomConsole } from "./de/console";
import { evidence } from "./de/evidence";
import { rehearsed } from "./de/rehearsed";
import { hands } from "./de/hands";
import { accounts } from "./de/accounts";
import { keys } from "./de/keys";
import { audit } from "./de/audit";
import { log } from "./de/log";
import { logKinds } from "./de/log-kinds";
import { workerHealth } from "./de/worker-health";
import { attributes } from "./de/attributes";
import { facts } from "./de/facts";
import { sheets } from "./de/sheets";
import { standing } from "./de/standing";
import { steps } from "./de/steps";
import { signing } from "./de/signing";
import { turn } from "./de/turn";
import type { English } from "./english";
import type { Translation } from "./translation";

/** Every area in German: one line each. */
export const german: Translation<English> = {
  frame,
  presence,
  endorsements,
  work,
  room,
  desk,
  results,
  faults,
  halts,
  fields,
  signIn,
  parts,
  roles,
  objections,
  readiness,
  refusals,
  planMails,
  plans,
  secondScreen,
  verify,
  people,
  attributes,
  facts,
  sheets,
  workerHealth,
  standing,
  steps,
  signing,
  turn,
  recorder,
  halves,
  wall,
  connection,
  console: roomConsole,
  evidence,
  hands,
  audit,
  accounts,
  keys,
  log,
  logKinds,
  rehearsed,
  opening,
  scripts,
  rosterChanges,
};
