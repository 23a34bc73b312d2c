import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { usualQuorum } from "#lib/conduct/publish-roster";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { pageWords } from "../../page-words";
import { InvitePerson } from "./invite-person";
import { PersonCard } from "./person-card";
import { PublishRoster } from "./publish-roster";
import { RosterChain } from "./roster-chain";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("people"))("title") });

export default async function PeoplePage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/people");
  if (!me.roles.some((role) => role === "administrator" || role === "custodian")) notFound();
  await lookAt(me, "people");
  if (me.roles.includes("administrator")) return <Administration me={me.person} />;
  // Custodians decide what the next roster says; who has which link or session is not theirs to see.
  const words = await pageWords("people");
  return (
    <>
      <PageHeading title={words("title")}>{words("aboutCustodian")}</PageHeading>
      <RosterChain rosters={await wiring.rosters(me.person)} me={me.person} />
    </>
  );
}

async function Administration({ me }: { me: string }) {
  const [people, rosters, standing, words] = await Promise.all([
    wiring.people(),
    wiring.rosters(me),
    wiring.standing(),
    pageWords("people"),
  ]);
  const enrolled = people.filter(({ passkeys, disabled }) => passkeys.length > 0 && !disabled);
  return (
    <>
      <PageHeading title={words("title")}>{words("about")}</PageHeading>
      <PageSection title={words("invited", { n: people.length })}>
        {people.length === 0 ? (
          <Nothing>{words("nobody")}</Nothing>
        ) : null}
        <ul className="divide-y divide-rule border-y border-rule">
          {people.map((person) => (
            <PersonCard key={person.person} person={person} oidc={standing.oidc !== null} />
          ))}
        </ul>
      </PageSection>
      <PageSection title={words("invitePerson")}>
        <InvitePerson oidc={standing.oidc !== null} />
      </PageSection>
      <PageSection title={words("roster")}>
        <RosterChain rosters={rosters} me={me} />
        <PublishRoster
          organisation={standing.organisation ?? ""}
          ready={enrolled.length}
          custodians={enrolled.filter(({ roles }) => roles.includes("custodian")).length}
          usual={usualQuorum(people, rosters.find(({ standing }) => standing === "in force")?.quorum ?? null)}
        />
      </PageSection>
    </>
  );
}
