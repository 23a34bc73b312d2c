import type { Role } from "#lib/ceremony/roles";
import { hex } from "#lib/log/digest";
import { LANGUAGES, type Language } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import type { KnownPerson } from "./people-ports";
import { endsAt, minutesAfter, type KnownInvitation, type KnownPlan } from "./plan";
import type { CalendarEvent, MailKind, NewMail, PlanPorts } from "./plan-ports";
import { spanIn } from "./plan-times";

/** What a mail tells of a plan: as it is to be when the mail is kept. */
export type ToldPlan = Pick<
  KnownPlan,
  "plan" | "title" | "mode" | "startsAt" | "minutes" | "zone" | "room" | "standbyAt" | "sequence" | "reason" | "draft"
>;
type MailPorts = Pick<PlanPorts, "mails" | "origin" | "calendar" | "world">;

/** Where mails to somebody go: their address for mails, else the one of their other sign-in; null without either. */
export const addressOf = ({ contact, email, disabled }: Pick<KnownPerson, "contact" | "email" | "disabled">): string | null =>
  disabled ? null : (contact ?? email);

export const mailLanguage = ({ language }: Pick<KnownPerson, "language">): Language => LANGUAGES.find((one) => one === language) ?? "en";

const roleWord = (language: Language, role: Role): string => wordsIn(language).of("roles")(role);

/** Where a plan is looked at, and answered: after signing in, so that the link alone does nothing. */
export const planAddress = (origin: string, plan: string): string => `${origin}/plans/${plan}`;

/** The calendar entry of a plan, for one person. It says nothing that the mail does not say. */
export function planEvent(
  { origin, world }: Pick<PlanPorts, "origin" | "world">,
  method: CalendarEvent["method"],
  plan: ToldPlan,
  to: Pick<KnownPerson, "name" | "language"> & { readonly role: Role | null; readonly address: string | null; readonly answer: KnownInvitation["answer"] },
): CalendarEvent {
  const words = wordsIn(mailLanguage(to)).of("planMails");
  const url = planAddress(origin, plan.plan);
  return {
    method,
    tentative: plan.draft,
    url,
    uid: `${plan.plan}@${new URL(origin).hostname}`,
    sequence: plan.sequence,
    stamp: world.now().toISOString(),
    startsAt: plan.startsAt,
    endsAt: endsAt(plan),
    summary: words("summary", { title: plan.title, mode: plan.mode }),
    location: plan.room,
    description: `${to.role ? words("yourRole", { role: roleWord(mailLanguage(to), to.role) }) : ""}\n${words("entryFoot")}\n${url}`.trim(),
    attendee: to.address === null ? null : { name: to.name, address: to.address, answer: to.answer },
  };
}

const METHODS = { hold: "REQUEST", invitation: "REQUEST", update: "REQUEST", cancellation: "CANCEL" } as const;

/** The mail of a hold, an invitation, a change or a cancellation; null without a mail server, or an address to send it to. */
export function planMail(
  ports: MailPorts,
  kind: keyof typeof METHODS,
  plan: ToldPlan,
  person: KnownPerson,
  { role, answer }: Pick<KnownInvitation, "role" | "answer">,
  again = "",
): NewMail | null {
  const language = mailLanguage(person);
  const words = wordsIn(language).of("planMails");
  const address = addressOf(person);
  if (!ports.mails || address === null) return null;
  const method = METHODS[kind];
  const event = planEvent(ports, method, plan, { ...person, role, address, answer });
  const first = {
    hold: words("held", { role: roleWord(language, role) }),
    invitation: words("invited", { role: roleWord(language, role) }),
    update: words("changed", { role: roleWord(language, role) }),
    cancellation: words("cancelled", { role: roleWord(language, role) }),
  }[kind];
  const lines = [
    words("greeting", { name: person.name }),
    first,
    ...(plan.reason === null ? [] : [words("because", { reason: plan.reason })]),
    facts(language, plan),
    ...(kind === "cancellation" ? [] : [words(kind === "hold" ? "answerHold" : answer === null ? "answer" : "answerAgain")]),
    event.url,
    words("foot"),
  ];
  const subject = words("subject", { kind, title: plan.title, mode: plan.mode, day: spanIn(language, plan.zone, plan.startsAt, endsAt(plan)) });
  const key = `${plan.plan}/${person.person}/${kind}/${String(plan.sequence)}${again}`;
  return mail(ports, key, person.person, kind, address, subject, lines, { method, text: ports.calendar(event) });
}

/** The mail that reminds of a ceremony so many days before it; one for each date and number of days. */
export function reminderMail(ports: MailPorts, plan: ToldPlan, person: KnownPerson, invitation: KnownInvitation, days: number): NewMail | null {
  const language = mailLanguage(person);
  const words = wordsIn(language).of("planMails");
  const address = addressOf(person);
  if (!ports.mails || address === null) return null;
  const lines = [
    words("greeting", { name: person.name }),
    words("remindsOf", { role: roleWord(language, invitation.role), days }),
    facts(language, plan),
    words(invitation.answer === null ? "answer" : "answerAgain"),
    planAddress(ports.origin, plan.plan),
    words("foot"),
  ];
  const subject = words("subject", { kind: "reminder", title: plan.title, mode: plan.mode, day: spanIn(language, plan.zone, plan.startsAt, endsAt(plan)) });
  const key = `${plan.plan}/${person.person}/reminder/${plan.startsAt}/${String(days)}`;
  return mail(ports, key, person.person, "reminder", address, subject, lines, null);
}

/** Tells the organiser that somebody will not come, or asks for another time. */
export function answerMail(
  ports: MailPorts,
  plan: ToldPlan,
  organiser: KnownPerson,
  from: Pick<KnownPerson, "name">,
  invitation: KnownInvitation & { readonly answer: "declined" | "proposed" },
): NewMail | null {
  const language = mailLanguage(organiser);
  const words = wordsIn(language).of("planMails");
  const address = addressOf(organiser);
  if (!ports.mails || address === null) return null;
  const { answer, role, proposedAt, remark, answeredAt, person } = invitation;
  const lines = [
    words("greeting", { name: organiser.name }),
    words("answered", { name: from.name, role: roleWord(language, role), answer }),
    ...(proposedAt === null ? [] : [spanIn(language, plan.zone, proposedAt, minutesAfter(proposedAt, plan.minutes))]),
    ...(remark === null ? [] : [words("remark", { remark })]),
    facts(language, plan),
    planAddress(ports.origin, plan.plan),
    words("foot"),
  ];
  const subject = words("answerSubject", { name: from.name, answer, title: plan.title });
  return mail(ports, `${plan.plan}/${person}/answer/${answeredAt ?? ""}`, organiser.person, "answer", address, subject, lines, null);
}

function facts(language: Language, plan: ToldPlan): string {
  const words = wordsIn(language).of("planMails");
  const { zone, startsAt, standbyAt, minutes, title, mode, room } = plan;
  const when = spanIn(language, zone, startsAt, endsAt(plan));
  const standby = standbyAt === null ? [] : [words("standby", { when: spanIn(language, zone, standbyAt, minutesAfter(standbyAt, minutes)) })];
  // A draft of a key whose ceremony nobody planned has no room yet.
  const where = room === "" ? [] : [words("where", { room })];
  return [words("summary", { title, mode }), words("when", { when }), ...where, ...standby].join("\n");
}

function mail(
  { world }: Pick<PlanPorts, "world">,
  key: string,
  person: string,
  kind: MailKind,
  recipient: string,
  subject: string,
  paragraphs: readonly string[],
  calendar: NewMail["calendar"],
): NewMail {
  return { id: `m-${hex(world.random(12))}`, key, person, kind, recipient, subject: oneLine(subject), text: `${paragraphs.join("\n\n")}\n`, calendar };
}

/** A header is one line: what would begin another one becomes a space (RFC 5322 section 2.2). */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ").trim();
