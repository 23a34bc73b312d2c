import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { InvitePerson } from "./invite-person";
import { PersonCard } from "./person-card";
import { PublishRoster } from "./publish-roster";
import { RosterChain } from "./roster-chain";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/people");
  if (!me.roles.includes("administrator")) notFound();
  const [people, rosters, standing] = await Promise.all([wiring.people(), wiring.rosters(me.person), wiring.standing()]);
  return (
    <>
      <PageHeading title="People">Who may take part, with which passkeys. Only the published roster counts, and only once the worker trusts it.</PageHeading>
      <PageSection title={`Invited and enrolled (${String(people.length)})`}>
        {people.length === 0 ? <Nothing>Nobody yet. Invite a person, hand them their link, and they enrol a passkey on their own device.</Nothing> : null}
        <ul className="divide-y divide-rule border-y border-rule">
          {people.map((person) => (
            <PersonCard key={person.person} person={person} oidc={standing.oidc !== null} />
          ))}
        </ul>
      </PageSection>
      <PageSection title="Invite a person">
        <InvitePerson oidc={standing.oidc !== null} />
      </PageSection>
      <PageSection title="Roster">
        <RosterChain rosters={rosters} />
        <PublishRoster organisation={standing.organisation ?? ""} ready={people.filter(({ passkeys }) => passkeys.length > 0).length} />
      </PageSection>
    </>
  );
}
