import type { Mode, Role } from "#lib/ceremony/roles";

/** What somebody who is invited can say: yes, no, or another time. */
export const ANSWERS = ["accepted", "declined", "proposed"] as const;
export type Answer = (typeof ANSWERS)[number];

/** The lists of a plan: what has to be so before the day, on the day, and what is left to do after the ceremony. */
export const LISTS = ["before", "day", "after"] as const;
export type List = (typeof LISTS)[number];

export type CastMember = { readonly person: string; readonly role: Role };

export type KnownInvitation = CastMember & {
  readonly answer: Answer | null;
  readonly answeredAt: string | null;
  /** The other time that would do, with the answer "proposed". */
  readonly proposedAt: string | null;
  readonly remark: string | null;
};

/** One line of a list: somebody's, by a date. Settled, it was done, or is not going to be, because. */
export type KnownDuty = {
  readonly duty: string;
  readonly list: List;
  readonly text: string;
  /** Whether the script asks for it; else somebody added it. */
  readonly fromScript: boolean;
  readonly owner: string;
  readonly dueAt: string;
  readonly settled: { readonly at: string; readonly by: string; readonly notDoneBecause: string | null } | null;
};

/** What an organiser says of a ceremony that is to be. */
export type PlanFields = {
  readonly title: string;
  readonly startsAt: string;
  readonly minutes: number;
  /** IANA name of the zone in which mails tell the time. */
  readonly zone: string;
  readonly room: string;
  /** The day held in reserve. */
  readonly standbyAt: string | null;
};

/** A ceremony that is to be. Who is no longer in the cast is not among its invitations. */
export type KnownPlan = PlanFields & {
  readonly plan: string;
  readonly mode: Mode;
  readonly scriptHash: string;
  /** SEQUENCE of its calendar entries (RFC 5545, 3.8.7.4). */
  readonly sequence: number;
  /** Why it was last changed, or cancelled. */
  readonly reason: string | null;
  readonly cancelledAt: string | null;
  /** Null while it is a draft. */
  readonly madeBy: string | null;
  /** Whether it was drafted by itself and nobody has taken it over: until then people hold the time, and nothing else is done with it. */
  readonly draft: boolean;
  /** The keys for whose ends it was drafted, each with that end; none of a plan that somebody made. */
  readonly rotates: readonly { readonly key: string; readonly endsAt: string }[];
  readonly createdAt: string;
  readonly changedAt: string;
  /** The ceremony opened from it; null while there is none. */
  readonly ceremony: string | null;
  readonly invitations: readonly KnownInvitation[];
  readonly duties: readonly KnownDuty[];
};

/** When it ends, as booked. */
export const endsAt = ({ startsAt, minutes }: Pick<PlanFields, "startsAt" | "minutes">): string => minutesAfter(startsAt, minutes);

export const minutesAfter = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** Duties nobody has settled, and those of them whose time has passed. */
export function dutiesLeft(duties: readonly KnownDuty[], now: string): { readonly open: number; readonly overdue: number } {
  const open = duties.filter(({ settled }) => settled === null);
  return { open: open.length, overdue: open.filter(({ dueAt }) => dueAt < now).length };
}
