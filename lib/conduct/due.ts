import { DAY_MS, daysAfter } from "#lib/ceremony/days";
import { sealCertificateIn, toldWithin } from "#lib/record/seal-certificate";
import { isReview } from "./duty-text";
import type { KnownPlan } from "./plan";
import type { ReadinessView } from "./readiness-view";

/** Something that is one person's to do outside of any room, and by when; null: it was never done, and is due now. */
export type Due = { readonly by: string | null; readonly overdue: boolean } & (
  | { readonly what: "answer"; readonly plan: string; readonly title: string }
  | { readonly what: "duty"; readonly duty: string; readonly plan: string; readonly title: string; readonly text: string; readonly review: boolean }
  | { readonly what: "accept"; readonly hash: string; readonly scripts: number }
  | { readonly what: "test"; readonly days: number }
  | { readonly what: "certificate"; readonly worker: string }
  | { readonly what: "renewal"; readonly records: number }
);

type Sources = {
  /** What workers last said of themselves, to whoever administers; none to others. */
  readonly workers: readonly { readonly worker: string; readonly state: string; readonly facts: unknown }[];
  /** When records that are to be renewed end, the earliest first, to whoever administers; none to others. */
  readonly renewals: readonly string[];
  readonly plans: readonly Pick<KnownPlan, "plan" | "title" | "startsAt" | "cancelledAt" | "ceremony" | "draft" | "invitations" | "duties">[];
  /** Null where nobody is asked for readiness: in rehearsals, and before there is a roster. */
  readonly readiness: ReadinessView | null;
  readonly me: string;
  readonly now: string;
};

/** So long before an acceptance or a test counts no more, its owner is told. */
const AHEAD_MS = 7 * DAY_MS;

/**
 * All that is one person's and due: invitations without an answer, duties of checklists, duties to accept or to accept anew, a
 * passkey to test, and to administrators a certificate under which a worker seals, and records to renew. One list, by date; what was never done comes first.
 */
export function dueOf({ plans, readiness, workers, renewals, me, now }: Sources): Due[] {
  const live = plans.filter(({ cancelledAt }) => cancelledAt === null);
  const overdue = (by: string | null) => by === null || by < now;
  const answers = live
    .filter(({ ceremony, draft, startsAt, invitations }) => ceremony === null && !draft && startsAt > now && invitations.some(({ person, answer }) => person === me && answer === null))
    .map(({ plan, title, startsAt }): Due => ({ what: "answer", plan, title, by: startsAt, overdue: false }));
  const duties = live.flatMap(({ plan, title, duties: all }) =>
    all
      .filter(({ owner, settled }) => owner === me && settled === null)
      .map((one): Due => {
        const { duty, text, dueAt } = one;
        return { what: "duty", duty, plan, title, text, review: isReview(one), by: dueAt, overdue: overdue(dueAt) };
      }),
  );
  const soon = (by: string | null) => by === null || Date.parse(by) - Date.parse(now) <= AHEAD_MS;
  const own = (readiness?.custodian ? ownOf(readiness, me) : []).filter(({ by }) => soon(by)).map((one): Due => ({ ...one, overdue: overdue(one.by) }));
  const certificates = workers.flatMap(({ worker, state, facts }): Due[] => {
    const seal = state === "stopped" ? null : sealCertificateIn(facts);
    return seal && toldWithin(seal, now) !== null ? [{ what: "certificate", worker, by: seal.until, overdue: overdue(seal.until) }] : [];
  });
  const [first] = renewals;
  const renewed: Due[] = first === undefined ? [] : [{ what: "renewal", records: renewals.length, by: first, overdue: overdue(first) }];
  return [...answers, ...duties, ...own, ...certificates, ...renewed].sort((a, b) => ((a.by ?? "") < (b.by ?? "") ? -1 : 1));
}

type Own = { readonly by: string | null } & (
  | { readonly what: "accept"; readonly hash: string; readonly scripts: number }
  | { readonly what: "test"; readonly days: number }
);

/** Until when what a custodian has signed counts. Of several passkeys one tested lately is enough, as PASSKEYS-TESTED has it. */
function ownOf({ duties, passkeys, testedDays }: ReadinessView, me: string): Own[] {
  const accepts = duties.map(({ hash, scripts, days, people }): Own => {
    const at = people.find(({ person }) => person === me)?.at ?? null;
    return { what: "accept", hash, scripts: scripts.length, by: lapses(at, days) };
  });
  const mine = passkeys.filter(({ person }) => person === me);
  if (testedDays === null || mine.length === 0) return accepts;
  const newest = mine.map(({ at }) => at ?? "").sort().at(-1) ?? "";
  return [...accepts, { what: "test", days: testedDays, by: lapses(newest === "" ? null : newest, testedDays) }];
}

const lapses = (at: string | null, days: number): string | null => at && daysAfter(at, days);
