import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Button } from "#components/button";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { pageLanguage } from "../../page-words";
import { CeremonyLine } from "../ceremony-line";
import { LookAgain } from "../look-again";

export const metadata: Metadata = { title: "Ceremonies" };

export default async function CeremoniesPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/ceremonies");
  const ceremonies = await wiring.ceremonies(me.person, await pageLanguage());
  const leads = me.roles.includes("administrator") || me.roles.includes("operator");
  const open = ceremonies.filter(({ phase }) => phase !== "closed");
  const closed = ceremonies.filter(({ phase }) => phase === "closed");
  return (
    <>
      <LookAgain />
      <PageHeading
        title="Ceremonies"
        act={
          leads ? (
            <Button asChild>
              <Link href="/ceremonies/new">Open a ceremony …</Link>
            </Button>
          ) : null
        }
      >
        One performance of one script. Nothing of it is ever changed or deleted.
      </PageHeading>
      <PageSection title="In progress">
        {open.length === 0 ? (
          <Nothing>
            {closed.length > 0
              ? "None."
              : "None. The first ceremony is best a rehearsal: same script, same people, a roster made for rehearsing."}
          </Nothing>
        ) : null}
        <ul>
          {open.map((line) => (
            <CeremonyLine key={line.id} line={line} />
          ))}
        </ul>
      </PageSection>
      <PageSection title="Closed">
        {closed.length === 0 ? (
          <Nothing>None yet. A closed ceremony leaves a sealed record, which anybody can check without this server.</Nothing>
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
