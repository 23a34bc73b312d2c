import Link from "next/link";
import { Button } from "#components/button";
import { Nothing, PageSection } from "#components/page-heading";
import type { PlanLine as Line } from "#lib/conduct/plan-view";
import { pageWords } from "../../page-words";
import { PlanLine } from "./plan-line";

/** Plans that wait for their ceremony, and the way to a new one for those who lead. */
export async function Coming({ plans, leads }: { plans: readonly Line[]; leads: boolean }) {
  const words = await pageWords("plans");
  const coming = plans.filter(({ cancelledAt, ceremony }) => cancelledAt === null && ceremony === null);
  if (coming.length === 0 && !leads) return null;
  return (
    <PageSection title={words("coming")}>
      {coming.length === 0 ? <Nothing>{words("none")}</Nothing> : null}
      <ul>
        {coming.map((line) => (
          <PlanLine key={line.plan} line={line} />
        ))}
      </ul>
      {leads ? (
        <Button asChild className="mt-3">
          <Link href="/plans/new">{words("plan")}</Link>
        </Button>
      ) : null}
    </PageSection>
  );
}

/** Plans that want something of whoever looks: an answer, or a duty. */
export async function PlansAwaiting({ plans }: { plans: readonly Line[] }) {
  const words = await pageWords("plans");
  return plans.filter(waits).map(({ plan, title, startsAt, mine, left, ...line }) => (
    <section
      key={plan}
      className="flex flex-wrap items-center justify-between gap-4 border-l-4 border-turn bg-turn-wash px-5 py-4"
      aria-label={`${title}, ${startsAt.slice(0, 10)}`}
    >
      <div className="min-w-0">
        <p className="text-lg">
          {mine?.answer === null && line.ceremony === null ? words("answerWanted") : words("dutiesWanted", { n: left.mine })}
        </p>
        <p className="text-sm text-quiet">{title}</p>
      </div>
      <Button look="turn" size="large" asChild>
        <Link href={`/plans/${plan}`}>{words("toPlan")}</Link>
      </Button>
    </section>
  ));
}

export const waits = ({ cancelledAt, ceremony, mine, left }: Line): boolean =>
  cancelledAt === null && ((mine?.answer === null && ceremony === null) || left.mine > 0);
