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
