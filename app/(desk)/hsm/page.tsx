import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FactList } from "#components/fact-list";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import type { AreaWords } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../page-words";
import { HealthList } from "../health-list";
import { LookAgain } from "../look-again";

export const metadata: Metadata = { title: "HSM" };

export default async function HsmPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/hsm");
  await lookAt(me, "hsm");
  const [health, words] = await Promise.all([pageLanguage().then(wiring.health), pageWords("desk")]);
  return (
    <>
      <LookAgain />
      <PageHeading title="HSM">
        {words("hsmAbout")}
      </PageHeading>
      <PageSection title={words("health")}>
        <HealthList health={health} />
      </PageSection>
      {health.workers.length === 0 ? (
        <Nothing>
          {words.rich("hsmNone", { command: () => <span className="measured">npm run worker</span> })}
        </Nothing>
      ) : null}
      {health.workers.map(({ worker, serial, facts }) => (
        <PageSection key={worker} title={words("worker", { name: worker })}>
          <FactList
            facts={[
              { name: words("serial"), value: serial === "" ? words("notKnown") : serial, measured: true },
              ...Object.entries(facts).map(([name, value]) => ({
                name: factName(name, words),
                value: String(value),
                measured: typeof value !== "boolean",
              })),
            ]}
          />
        </PageSection>
      ))}
    </>
  );
}

/** What a worker says of itself, by name in the reader's language; as it is written where a worker of another version says more. */
function factName(name: string, words: AreaWords<"desk">): string {
  const known = `hsmFact.${name}` as "hsmFact.model";
  return words.has(known) ? words(known) : name;
}
