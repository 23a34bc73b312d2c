import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";
import { PageHeading, PageSection } from "#components/page-heading";
import { readsRegister } from "#lib/conduct/register-view";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { planFor } from "#lib/wiring/plans";
import { rotationSight } from "#lib/wiring/register";
import { pageWords } from "../../../page-words";
import { needsOf } from "../../ceremonies/new/cast";
import { LookAgain } from "../../look-again";
import { PlanWhen } from "../plan-when";
import { AnswerForm } from "./answer-form";
import { CastList } from "./cast-list";
import { ChangePlan } from "./change-plan";
import { Checklists } from "./checklists";
import { MailList } from "./mail-list";
import { RotationSection } from "./rotation-section";
import { TakeOver } from "./take-over";

export async function generateMetadata() {
  return { title: (await pageWords("plans"))("coming") };
}

export default async function PlanPage({ params }: { params: Promise<{ plan: string }> }) {
  const me = await wiring.signedIn();
  const { plan: id } = await params;
  if (!me) redirect(`/sign-in?next=/plans/${id}`);
  const [plan, words] = await Promise.all([planFor(id, me.person), pageWords("plans")]);
  if (!plan) notFound();
  await lookAt(me, `plans/${id}`);
  const rotation = readsRegister(me.roles) ? await rotationSight(id) : null;
  const text = await wiring.script(plan.scriptHash);
  const rosters = plan.leads ? await wiring.rosters(me.person) : [];
  const people = rosters.find(({ standing }) => standing === "in force")?.people ?? [];
  const owners = [...new Map([...people, ...plan.cast, ...(plan.madeBy ? [plan.madeBy] : [])].map(({ person, name }) => [person, { person, name }])).values()];
  return (
    <>
      <LookAgain />
      <PageHeading
        title={plan.title}
        act={
          plan.leads && plan.standing && !plan.draft ? (
            <Button asChild>
              <Link href={`/plans/${plan.plan}/go-no-go`}>{words("toGoNoGo")}</Link>
            </Button>
          ) : null
        }
      >
        <PlanWhen plan={plan} />
      </PageHeading>
      <div className="mb-8 space-y-4">
        {plan.cancelledAt !== null ? <Notice look="halt" title={words(plan.draft ? "draft.dismissed" : "cancelled")}>{plan.reason}</Notice> : null}
        {plan.cancelledAt === null && plan.reason !== null ? <Notice look="plain" title={words("changedBecause")}>{plan.reason}</Notice> : null}
        {plan.ceremony !== null ? (
          <Notice look="plain" title={words("openedFrom")}>
            <Link href={`/ceremonies/${plan.ceremony}`} className="underline underline-offset-4">
              {words("toCeremony")}
            </Link>
          </Notice>
        ) : null}
        {plan.draft && plan.standing ? (
          <Notice look="wait" title={words("draft.title")}>
            <p>{words("draft.about")}</p>
            {plan.mayTakeOver ? <TakeOver plan={plan} /> : null}
          </Notice>
        ) : null}
        {plan.mailServer ? null : <Notice look="wait" title={words("noMailServer")} />}
      </div>
      <dl className="mb-8 grid grid-cols-[fit-content(42%)_1fr] gap-x-5 gap-y-1">
        <Fact name={words("when")}>
          <DayAndTime at={plan.startsAt} />, {words("minutesBooked", { minutes: plan.minutes })}
        </Fact>
        {plan.standbyAt === null ? null : (
          <Fact name={words("standby")}>
            <DayAndTime at={plan.standbyAt} />
          </Fact>
        )}
        <Fact name={words("where")}>{plan.room === "" ? words("draft.noRoom") : plan.room}</Fact>
        <Fact name={words("zone")}>{plan.zone}</Fact>
        <Fact name={words("scriptLine")}>
          <Link href={`/scripts/${plan.scriptHash}`} className="underline underline-offset-4">
            {words("edition", { title: plan.script.title, edition: plan.script.edition })}
          </Link>
        </Fact>
        <Fact name={words("organiser")}>{plan.madeBy?.name ?? words("draft.nobody")}</Fact>
      </dl>
      <div className="mb-10 flex flex-wrap gap-3">
        {plan.leads && plan.standing && !plan.draft && text ? (
          <ChangePlan plan={plan} people={people} needs={needsOf(text.script)} rehearsed={text.script.minutes} />
        ) : null}
        <Button asChild>
          <a href={`/api/plans/${plan.plan}/calendar`} download="ceremony.ics">
            {words("download")}
          </a>
        </Button>
      </div>
      {plan.answer && plan.standing ? <AnswerForm plan={plan} /> : null}
      <PageSection title={words("whoComes")}>
        <CastList plan={{ ...plan, leads: plan.leads && !plan.draft }} />
      </PageSection>
      {rotation ? <RotationSection rotation={rotation} /> : null}
      {plan.draft ? null : <Checklists plan={plan} owners={owners} />}
      {plan.mails ? (
        <PageSection title={words("mails")}>
          <MailList mails={plan.mails} administrates={me.roles.includes("administrator")} />
        </PageSection>
      ) : null}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
