import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { usualQuorum } from "#lib/conduct/publish-roster";
import * as wiring from "#lib/wiring";
import { InvitePerson } from "./invite-person";
import { PersonCard } from "./person-card";
import { PublishRoster } from "./publish-roster";
import { RosterChain } from "./roster-chain";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/people");
  if (me.roles.includes("administrator")) return <Administration me={me.person} />;
  // Custodians decide what the next roster says; who has which link or session is not theirs to see.
  if (!me.roles.includes("custodian")) notFound();
  return (
    <>
      <PageHeading title="People">
        Who may take part, with which passkeys. A version counts once the quorum of the one before has endorsed it.
      </PageHeading>
      <RosterChain rosters={await wiring.rosters(me.person)} me={me.person} />
    </>
  );
}

async function Administration({ me }: { me: string }) {
  const [people, rosters, standing] = await Promise.all([wiring.people(), wiring.rosters(me), wiring.standing()]);
  const enrolled = people.filter(({ passkeys, disabled }) => passkeys.length > 0 && !disabled);
  return (
    <>
      <PageHeading title="People">
        Who may take part, with which passkeys. Only the roster in force counts: the first once the worker trusts it, every other
        once the quorum of the one before has endorsed it.
      </PageHeading>
      <PageSection title={`Invited and enrolled (${String(people.length)})`}>
        {people.length === 0 ? (
          <Nothing>Nobody yet. Invite a person, hand them their link, and they enrol a passkey on their own device.</Nothing>
        ) : null}
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
