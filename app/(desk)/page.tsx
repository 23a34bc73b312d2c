import Link from "next/link";
import { redirect } from "next/navigation";
import { Button } from "#components/button";
import { Notice } from "#components/notice";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { askedOfMe } from "#lib/conduct/account-view";
import { readsRegister } from "#lib/conduct/register-view";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { due } from "#lib/wiring/due";
import { plans, undelivered } from "#lib/wiring/plans";
import { accounts, endingAliases } from "#lib/wiring/accounts";
import { NOTHING_TO_SEE_TO, registerAlerts } from "#lib/wiring/register";
import { pageLanguage, pageWords } from "../page-words";
import { CeremonyLine } from "./ceremony-line";
import { DueList } from "./due-list";
import { HealthList } from "./health-list";
import { AccountAlerts } from "./keys/applications/account-alerts";
import { KeyAlerts } from "./keys/key-alerts";
import { MailList } from "./plans/[plan]/mail-list";
import { Coming } from "./plans/coming";
import { turnInShort } from "./turn-in-short";
import { LookAgain } from "./look-again";

export default async function HomePage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in");
  await lookAt(me, "home");
  const [ceremonies, rosters, planned, own, undeliverable, health, standing, alerts, applications, ending, words] = await Promise.all([
    wiring.ceremonies(me.person, await pageLanguage()),
    wiring.rostersAwaiting(me.person),
    plans(me.person),
    due(me.person, me.roles),
    me.roles.includes("administrator") ? undelivered() : [],
    pageLanguage().then(wiring.health),
    wiring.standing(),
    readsRegister(me.roles) ? registerAlerts() : NOTHING_TO_SEE_TO,
    readsRegister(me.roles) ? accounts(me.person) : [],
    readsRegister(me.roles) ? endingAliases() : [],
    pageWords("desk"),
  ]);
  const mine = ceremonies.filter(({ turn }) => turn !== null);
  const others = ceremonies.filter(({ turn, phase }) => turn === null && phase !== "closed");
  const closed = ceremonies.filter(({ phase, turn }) => phase === "closed" && turn === null).slice(0, 5);
  const leads = me.roles.includes("administrator") || me.roles.includes("operator");
  return (
    <>
      <LookAgain />
      <title>{`${words("home")} · Claviger`}</title>
      <PageHeading title={words("home")}>{standing.organisation}</PageHeading>
      <div className="mb-10 space-y-4">
        <KeyAlerts {...alerts} />
        <AccountAlerts accounts={applications} ending={ending} />
        {mine.map((line) => (
          <section
            key={line.id}
            className="flex flex-wrap items-center justify-between gap-4 border-l-4 border-turn bg-turn-wash px-5 py-4"
            aria-label={words("yourTurnIn", { title: line.title })}
          >
            <div className="min-w-0">
              <p className="text-sm font-bold tracking-[0.08em] text-turn uppercase">{words("yourTurn")}</p>
              <p className="text-lg">{line.turn ? turnInShort(line.turn, words) : ""}</p>
              <p className="text-sm text-quiet">
                {line.step
                  ? words("atStep", { title: line.title, number: line.step.number, step: line.step.title })
                  : line.title}
              </p>
            </div>
            <Button look="turn" size="large" asChild>
              <Link href={`/ceremonies/${line.id}`}>{words("toRoom")}</Link>
            </Button>
          </section>
        ))}
        {rosters.map(({ hash, version }) => (
          <section
            key={hash}
            className="flex flex-wrap items-center justify-between gap-4 border-l-4 border-turn bg-turn-wash px-5 py-4"
            aria-label={words("rosterAwaits", { version })}
          >
            <div className="min-w-0">
              <p className="text-sm font-bold tracking-[0.08em] text-turn uppercase">{words("yourWord")}</p>
              <p className="text-lg">{words("readRoster", { version })}</p>
            </div>
            <Button look="turn" size="large" asChild>
              <Link href="/people">{words("toRosters")}</Link>
            </Button>
          </section>
        ))}
        {mine.length + rosters.length + own.length + askedOfMe(applications).length === 0 ? <Nothing>{words("nothingWaits")}</Nothing> : null}
      </div>
      {own.length > 0 ? <DueList due={own} /> : null}
      <Coming plans={planned} leads={leads} />
      <PageSection title={words("inProgress")}>
        {others.length === 0 ? (
          <Nothing>{leads ? <FirstCeremony roster={standing.roster !== null} /> : words("noneOpen")}</Nothing>
        ) : null}
        <ul>
          {others.map((line) => (
            <CeremonyLine key={line.id} line={line} />
          ))}
        </ul>
      </PageSection>
      {closed.length > 0 ? (
        <PageSection title={words("closedLately")}>
          <ul>
            {closed.map((line) => (
              <CeremonyLine key={line.id} line={line} />
            ))}
          </ul>
        </PageSection>
      ) : null}
      {undeliverable.length > 0 ? (
        <PageSection title={(await pageWords("plans"))("undelivered")}>
          <MailList mails={undeliverable} administrates />
        </PageSection>
      ) : null}
      <PageSection title={words("health")}>
        {standing.roster ? null : (
          <Notice look="wait" title={words("noRoster")} className="mb-4">
            <p>{words("noRosterWhy")}</p>
          </Notice>
        )}
        <HealthList health={health} />
      </PageSection>
    </>
  );
}

async function FirstCeremony({ roster }: { roster: boolean }) {
  const words = await pageWords("desk");
  return roster ? (
    <>
      {words("noneOpen")}{" "}
      <Link href="/ceremonies/new" className="text-ink underline underline-offset-4">
        {words("openOne")}
      </Link>
    </>
  ) : (
    <>{words("noRosterYet")}</>
  );
}
