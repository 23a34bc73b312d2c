import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Button } from "#components/button";
import { Notice } from "#components/notice";
import { PageHeading } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { planFor } from "#lib/wiring/plans";
import { pageWords } from "../../../../page-words";
import { PlanWhen } from "../../plan-when";
import { OpenFromPlan } from "./open-from-plan";

export async function generateMetadata() {
  return { title: (await pageWords("readiness"))("go.title") };
}

/** The one page from which a planned ceremony is opened: how every line stands, and why. */
export default async function GoNoGoPage({ params }: { params: Promise<{ plan: string }> }) {
  const me = await wiring.signedIn();
  const { plan: id } = await params;
  if (!me) redirect(`/sign-in?next=/plans/${id}/go-no-go`);
  const [plan, words] = await Promise.all([planFor(id, me.person), pageWords("readiness")]);
  const text = plan && (await wiring.script(plan.scriptHash));
  if (!plan || !text) notFound();
  await lookAt(me, `plans/${id}/go-no-go`);
  const roster = (await wiring.rosters(me.person)).find(({ standing, mode }) => standing === "in force" && mode === plan.mode);
  const stands = !plan.standing ? words("go.over") : !plan.leads ? words("go.notYours") : !roster ? words("go.noRoster") : null;
  return (
    <>
      <PageHeading
        title={words("go.title")}
        act={
          <Button look="quiet" asChild>
            <Link href={`/plans/${plan.plan}`}>{words("go.toPlan")}</Link>
          </Button>
        }
      >
        <span className="spoken block text-lg text-ink">{plan.title}</span>
        <PlanWhen plan={plan} />
      </PageHeading>
      {stands !== null || !roster ? (
        <Notice look="plain" title={stands ?? ""} />
      ) : (
        <OpenFromPlan
          plan={{ plan: plan.plan, title: plan.title, room: plan.room, scriptHash: plan.scriptHash }}
          cast={plan.cast.map(({ person, name, role }) => ({ person, name, role }))}
          roster={roster.hash}
          asked={text.script.goNoGo !== undefined}
        />
      )}
    </>
  );
}
