import type { Script } from "#lib/ceremony/script";
import type { KnownPlan } from "#lib/conduct/plan";
import { addressOf, planEvent } from "#lib/conduct/plan-mails";
import type { PlanPorts, PlanStore } from "#lib/conduct/plan-ports";
import { afterwardsOf, mayLookAtPlan, planLine, planView, type Afterwards, type PlanLine, type PlanView } from "#lib/conduct/plan-view";
import { calendarEntry } from "#lib/calendar/calendar-entry";
import { parseCanonical } from "#lib/log/canonical";
import type { Database } from "#lib/store/database";
import { failingMails, mailsOf, tryMailAgain } from "#lib/store/mails";
import { findPerson, listPeople } from "#lib/store/people";
import {
  addDuty,
  answerInvitation,
  cancelPlan,
  changeDuty,
  changePlan,
  findPlan,
  findPlanOf,
  listPlans,
  makePlan,
  sendMailAgain,
  settleDuty,
  takeOverDraft,
} from "#lib/store/plans";
import { findScript } from "#lib/store/scripts";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { leaveDuties } from "./leave-duties";
import { world } from "./people-ports";

const planStore = (db: Database): PlanStore => ({
  find: (plan) => findPlan(db, plan),
  make: (plan, mails, audit) => makePlan(db, plan, mails, audit),
  change: (change, mails, audit) => changePlan(db, change, mails, audit),
  takeOver: (taken, mails, audit) => takeOverDraft(db, taken, mails, audit),
  cancel: (cancelled, mails, audit) => cancelPlan(db, cancelled, mails, audit),
  answer: (answer, mails, audit) => answerInvitation(db, answer, mails, audit),
  sendAgain: (plan, mail, audit) => sendMailAgain(db, plan, mail, now(), audit),
  addDuty: (plan, duty, audit) => addDuty(db, plan, duty, audit),
  changeDuty: (duty, audit) => changeDuty(db, duty, audit),
  settleDuty: (duty, settled, audit) => settleDuty(db, duty, settled, audit),
});

async function scriptOf(db: Database, hash: string): Promise<Script | null> {
  const row = await findScript(db, hash);
  return row && (parseCanonical(row.bytes) as unknown as Script);
}

/** What the verbs about plans stand on, with the mail server that the environment names, if any. */
export function planPorts(): PlanPorts {
  const { APP_ORIGIN: origin, CLAVIGER_SMTP_URL, CLAVIGER_MAIL_FROM: from } = env();
  const db = database();
  return {
    plans: planStore(db),
    people: { find: (person) => findPerson(db, person), list: () => listPeople(db) },
    script: (hash) => scriptOf(db, hash),
    calendar: (event) => calendarEntry(from ?? null, event),
    mails: CLAVIGER_SMTP_URL !== undefined,
    origin,
    world,
  };
}

/** Every plan, by its date; of production ceremonies that nobody planned, the plan of what they leave to do. */
export async function allPlans(): Promise<KnownPlan[]> {
  await leaveDuties();
  return listPlans(database());
}

/** Plans as this person sees them in lists: those they may look at, by their date. */
export async function plans(me: string): Promise<PlanLine[]> {
  const [all, people] = await Promise.all([allPlans(), listPeople(database())]);
  const looker = people.find(({ person }) => person === me);
  const mine = all.filter((plan) => looker && mayLookAtPlan(plan, looker));
  const scripts = new Map<string, Script | null>();
  for (const { scriptHash } of mine) if (!scripts.has(scriptHash)) scripts.set(scriptHash, await scriptOf(database(), scriptHash));
  return mine.flatMap((plan) => {
    const script = scripts.get(plan.scriptHash);
    return script ? [planLine({ plan, script, people, me, now: now().toISOString() })] : [];
  });
}

async function visible(id: string, me: string): Promise<KnownPlan | null> {
  const [plan, looker] = await Promise.all([findPlan(database(), id), findPerson(database(), me)]);
  return plan && looker && mayLookAtPlan(plan, looker) ? plan : null;
}

/** A plan as this person sees it; null when there is none, or it is not for them. */
export async function planFor(id: string, me: string): Promise<PlanView | null> {
  const plan = await visible(id, me);
  const script = plan && (await scriptOf(database(), plan.scriptHash));
  if (!plan || !script) return null;
  const [people, mails] = await Promise.all([listPeople(database()), mailsOf(database(), id)]);
  const nameOf = (person: string) => people.find((one) => one.person === person)?.name ?? person;
  const told = mails.map(({ person, kind, createdAt, sentAt, failure, nextTryAt, id: mail }) => {
    return { id: mail, name: nameOf(person), kind, createdAt, sentAt, failure, nextTryAt };
  });
  return planView({ plan, script, people, me, now: now().toISOString() }, told, planPorts().mails);
}

/** The calendar entry of a plan, to be downloaded; null as above. */
export async function planCalendar(id: string, me: string): Promise<string | null> {
  const plan = await visible(id, me);
  const person = plan && (await findPerson(database(), me));
  if (!plan || !person) return null;
  const role = plan.invitations.find((one) => one.person === me)?.role ?? null;
  const method = plan.cancelledAt === null ? "PUBLISH" : "CANCEL";
  const ports = planPorts();
  return ports.calendar(planEvent(ports, method, plan, { ...person, role, address: null, answer: null }));
}

/** What is left to do after a ceremony, from its plan; null without one: a rehearsal that nobody planned, or nothing is left. */
export async function afterwards(ceremony: string): Promise<Afterwards | null> {
  await leaveDuties();
  const plan = await findPlanOf(database(), ceremony);
  return plan && afterwardsOf(plan, now().toISOString());
}

/** The same for all ceremonies that have one. */
export async function afterwardsOfAll(): Promise<ReadonlyMap<string, Afterwards>> {
  const at = now().toISOString();
  const all = await allPlans();
  return new Map(all.flatMap((plan) => (plan.ceremony === null ? [] : [[plan.ceremony, afterwardsOf(plan, at)] as const])));
}

/** Mails that could not be delivered so far, for administrators. */
export async function undelivered() {
  const [mails, people] = await Promise.all([failingMails(database()), listPeople(database())]);
  return mails.map((mail) => ({ ...mail, name: people.find(({ person }) => person === mail.person)?.name ?? mail.person }));
}

/** Has a mail that failed tried again now, to the address its person has by now. */
export const tryAgain = (mail: string, by: string): Promise<boolean> =>
  tryMailAgain(
    database(),
    mail,
    async (person) => {
      const known = await findPerson(database(), person);
      return known && addressOf(known);
    },
    now(),
    { kind: "mail-tried-again", by, facts: { mail } },
  );
