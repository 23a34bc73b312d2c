import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Button } from "#components/button";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { plans } from "#lib/wiring/plans";
import { pageLanguage, pageWords } from "../../page-words";
import { CeremonyLine } from "../ceremony-line";
import { LookAgain } from "../look-again";
import { Coming } from "../plans/coming";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("desk"))("ceremonies") });

export default async function CeremoniesPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/ceremonies");
  await lookAt(me, "ceremonies");
  const [ceremonies, planned, words] = await Promise.all([
    wiring.ceremonies(me.person, await pageLanguage()),
    plans(me.person),
    pageWords("desk"),
  ]);
  const leads = me.roles.includes("administrator") || me.roles.includes("operator");
  const open = ceremonies.filter(({ phase }) => phase !== "closed");
  const closed = ceremonies.filter(({ phase }) => phase === "closed");
  return (
    <>
      <LookAgain />
      <PageHeading
        title={words("ceremonies")}
        act={
          leads ? (
            <Button asChild>
              <Link href="/ceremonies/new">{words("openCeremony")}</Link>
            </Button>
          ) : null
        }
      >
        {words("ceremoniesAbout")}
      </PageHeading>
      <Coming plans={planned} leads={leads} />
      <PageSection title={words("inProgress")}>
        {open.length === 0 ? (
          <Nothing>
            {words(closed.length > 0 ? "none" : "noneFirst")}
          </Nothing>
        ) : null}
        <ul>
          {open.map((line) => (
            <CeremonyLine key={line.id} line={line} />
          ))}
        </ul>
      </PageSection>
      <PageSection title={words("closed")}>
        {closed.length === 0 ? (
          <Nothing>{words("noneClosed")}</Nothing>
        ) : null}
        <ul>
          {closed.map((line) => (
            <CeremonyLine key={line.id} line={line} />
          ))}
        </ul>
      </PageSection>
    </>
  );
}
