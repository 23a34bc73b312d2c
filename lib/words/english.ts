import { opening } from "./en/opening";
import { scripts } from "./en/scripts";
import { rosterChanges } from "./en/roster-changes";
import { presence } from "./en/presence";
import { frame } from "./en/frame";
import { endorsements } from "./en/endorsements";
import { work } from "./en/work";
import { room } from "./en/room";
import { desk } from "./en/desk";
import { results } from "./en/results";
import { faults } from "./en/faults";
import { fields } from "./en/fields";
import { halts } from "./en/halts";
import { signIn } from "./en/sign-in";
import { parts } from "./en/parts";
import { people } from "./en/people";
import { roles } from "./en/roles";
import { objections } from "./en/objections";
import { readiness } from "./en/readiness";
import { refusals } from "./en/refusals";
import { planMails } from "./en/plan-mails";
import { plans } from "./en/plans";
import { secondScreen } from "./en/second-screen";
import { verify } from "./en/verify";
import { recorder } from "./en/recorder";
import { halves } from "./en/halves";
import { wall } from "./en/wall";
import { connection } from "./en/connection";
import { roomConsole } from "./en/console";
import { evidence } from "./en/evidence";
import { rehearsed } from "./en/rehearsed";
import { hands } from "./en/hands";
import { accounts } from "./en/accounts";
import { keys } from "./en/keys";
import { audit } from "./en/audit";
import { log } from "./en/log";
import { logKinds } from "./en/log-kinds";
import { workerHealth } from "./en/worker-health";
import { attributes } from "./en/attributes";
import { facts } from "./en/facts";
import { sheets } from "./en/sheets";
import { standing } from "./en/standing";
import { steps } from "./en/steps";
import { signing } from "./en/signing";
import { turn } from "./en/turn";
/** Every area in English: one line each. The same list stands in german.ts. */
export const english = {
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
} as const;

export type English = typeof english;
