import type { Script } from "#lib/ceremony/script";
import type { Answer, CastMember, KnownDuty, KnownPlan, PlanFields } from "./plan";
import type { Audit, KnownPerson } from "./people-ports";
import type { World } from "./ports";

/** Kinds of mail. A hold, an invitation, an update and a cancellation carry a calendar entry. */
export const MAIL_KINDS = ["hold", "invitation", "update", "cancellation", "reminder", "answer"] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** A calendar entry of one person (RFC 5545), and what is to be done with it (RFC 5546). */
export type CalendarEvent = {
  readonly method: "REQUEST" | "CANCEL" | "PUBLISH";
  /** Whether nobody has confirmed it: people hold the time. */
  readonly tentative: boolean;
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly url: string;
  /** Null in one that is only downloaded. */
  readonly attendee: { readonly name: string; readonly address: string; readonly answer: Answer | null } | null;
};

/** A mail to be sent. A second one of the same key is not made. */
export type NewMail = {
  readonly id: string;
  readonly key: string;
  readonly person: string;
  readonly kind: MailKind;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly calendar: { readonly method: "REQUEST" | "CANCEL"; readonly text: string } | null;
};

export type PlanAudit = Audit<
  | "plan-made"
  | "plan-changed"
  | "plan-cancelled"
  | "rotation-drafted"
  | "rotation-taken-over"
  | "rotation-dismissed"
  | "invitation-answered"
  | "invitation-sent-again"
  | "duty-added"
  | "duty-changed"
  | "duty-settled"
>;

type Later = "sequence" | "reason" | "cancelledAt" | "changedAt" | "ceremony" | "invitations";
export type NewPlan = Omit<KnownPlan, Later | "madeBy" | "draft" | "rotates"> & {
  readonly madeBy: string;
  readonly cast: readonly CastMember[];
};

/** A plan that is drafted by itself. What is to be done for it is said when somebody takes it over. */
export type NewDraft = Omit<NewPlan, "madeBy" | "duties"> & Pick<KnownPlan, "rotates">;

/** A plan as it is from now on. Answers of those in `asked` are wanted anew; duties still open are due by other dates. */
export type PlanChange = PlanFields & {
  readonly plan: string;
  /** The sequence that whoever changes it had before them. */
  readonly seen: number;
  readonly at: string;
  readonly reason: string;
  readonly cast: readonly CastMember[];
  readonly asked: readonly string[];
  readonly due: readonly Pick<KnownDuty, "duty" | "dueAt">[];
};

export type NewAnswer = {
  readonly plan: string;
  readonly person: string;
  /** The sequence that was answered to. */
  readonly seen: number;
  readonly answer: Answer;
  readonly at: string;
  readonly proposedAt: string | null;
  readonly remark: string | null;
};

/**
 * Where plans are kept. Each write is one transaction with its audit event and its mails. "overtaken": the plan is no longer
 * at the sequence that was seen, is cancelled or has been opened; nothing was kept then.
 */
export interface PlanStore {
  find(plan: string): Promise<KnownPlan | null>;
  make(plan: NewPlan, mails: readonly NewMail[], audit: PlanAudit): Promise<void>;
  change(change: PlanChange, mails: readonly NewMail[], audit: PlanAudit): Promise<"kept" | "overtaken">;
  /** A draft becomes a plan of whoever takes it over. */
  takeOver(
    taken: { readonly plan: string; readonly seen: number; readonly at: string; readonly by: string; readonly duties: readonly KnownDuty[] },
    mails: readonly NewMail[],
    audit: PlanAudit,
  ): Promise<"kept" | "overtaken">;
  cancel(
    cancelled: { readonly plan: string; readonly seen: number; readonly at: string; readonly reason: string },
    mails: readonly NewMail[],
    audit: PlanAudit,
  ): Promise<"kept" | "overtaken">;
  answer(answer: NewAnswer, mails: readonly NewMail[], audit: PlanAudit): Promise<"kept" | "overtaken">;
  sendAgain(plan: string, mail: NewMail, audit: PlanAudit): Promise<void>;
  addDuty(plan: string, duty: Omit<KnownDuty, "settled">, audit: PlanAudit): Promise<void>;
  changeDuty(duty: Pick<KnownDuty, "duty" | "owner" | "dueAt">, audit: PlanAudit): Promise<"kept" | "overtaken">;
  settleDuty(duty: string, settled: NonNullable<KnownDuty["settled"]>, audit: PlanAudit): Promise<"kept" | "overtaken">;
}

/** What the verbs about plans stand on. */
export type PlanPorts = {
  readonly plans: PlanStore;
  readonly people: { find(person: string): Promise<KnownPerson | null>; list(): Promise<readonly KnownPerson[]> };
  /** The published script of that hash. */
  readonly script: (hash: string) => Promise<Script | null>;
  /** Writes a calendar entry as text. */
  readonly calendar: (event: CalendarEvent) => string;
  /** Whether there is a mail server; without one no mail is made. */
  readonly mails: boolean;
  /** Where people reach the app. */
  readonly origin: string;
  readonly world: World;
};
