import Link from "next/link";
import { redirect } from "next/navigation";
import { Button } from "#components/button";
import { Notice } from "#components/notice";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { pageLanguage } from "../page-words";
import { CeremonyLine } from "./ceremony-line";
import { HealthList } from "./health-list";
import { turnInShort } from "./turn-in-short";
import { LookAgain } from "./look-again";

export default async function HomePage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in");
  const [ceremonies, rosters, health, standing] = await Promise.all([
    wiring.ceremonies(me.person, await pageLanguage()),
    wiring.rostersAwaiting(me.person),
    wiring.health(),
    wiring.standing(),
  ]);
  const mine = ceremonies.filter(({ turn }) => turn !== null);
  const others = ceremonies.filter(({ turn, phase }) => turn === null && phase !== "closed");
  const closed = ceremonies.filter(({ phase, turn }) => phase === "closed" && turn === null).slice(0, 5);
  const leads = me.roles.includes("administrator") || me.roles.includes("operator");
  return (
    <>
      <LookAgain />
      <title>What waits for you · Claviger</title>
      <PageHeading title="What waits for you">{standing.organisation}</PageHeading>
      <div className="mb-10 space-y-4">
        {mine.map((line) => (
          <section
            key={line.id}
            className="flex flex-wrap items-center justify-between gap-4 border-l-4 border-turn bg-turn-wash px-5 py-4"
            aria-label={`Your turn in ${line.title}`}
          >
            <div className="min-w-0">
              <p className="text-sm font-bold tracking-[0.08em] text-turn uppercase">Your turn</p>
              <p className="text-lg">{line.turn ? turnInShort(line.turn) : ""}</p>
              <p className="text-sm text-quiet">
                {line.title}
                {line.step ? `, step ${String(line.step.number)}: ${line.step.title}` : ""}
              </p>
            </div>
            <Button look="turn" size="large" asChild>
              <Link href={`/ceremonies/${line.id}`}>Go to the room</Link>
            </Button>
          </section>
        ))}
        {rosters.map(({ hash, version }) => (
          <section
            key={hash}
            className="flex flex-wrap items-center justify-between gap-4 border-l-4 border-turn bg-turn-wash px-5 py-4"
            aria-label={`Roster version ${String(version)} awaits you`}
          >
            <div className="min-w-0">
              <p className="text-sm font-bold tracking-[0.08em] text-turn uppercase">Your word is awaited</p>
              <p className="text-lg">Read what roster version {version} changes, and endorse it if it is right.</p>
            </div>
            <Button look="turn" size="large" asChild>
              <Link href="/people">Go to the rosters</Link>
            </Button>
          </section>
        ))}
        {mine.length + rosters.length === 0 ? (
          <Nothing>Nothing waits for you now. When a ceremony asks something of you, it stands here first.</Nothing>
        ) : null}
      </div>
      <PageSection title="In progress">
        {others.length === 0 ? (
          <Nothing>{leads ? <FirstCeremony roster={standing.roster !== null} /> : "No other ceremony is in progress."}</Nothing>
        ) : null}
        <ul>
          {others.map((line) => (
            <CeremonyLine key={line.id} line={line} />
          ))}
        </ul>
      </PageSection>
      {closed.length > 0 ? (
        <PageSection title="Closed lately">
          <ul>
            {closed.map((line) => (
              <CeremonyLine key={line.id} line={line} />
            ))}
          </ul>
        </PageSection>
      ) : null}
      <PageSection title="Health">
        {standing.roster ? null : (
          <Notice look="wait" title="No roster has been published yet." className="mb-4">
            <p>
              A ceremony needs people with passkeys. An administrator invites them and publishes the first roster under People.
            </p>
          </Notice>
        )}
        <HealthList health={health} />
      </PageSection>
    </>
  );
}

function FirstCeremony({ roster }: { roster: boolean }) {
  return roster ? (
    <>
      No other ceremony is in progress.{" "}
      <Link href="/ceremonies/new" className="text-ink underline underline-offset-4">
        Open a ceremony
      </Link>
    </>
  ) : (
    <>No ceremony can be opened before there is a roster.</>
  );
}
