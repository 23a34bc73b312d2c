import { ClockTime } from "#components/moment";
import type { Participant, RoomView } from "#lib/conduct/room";
import { ROLES } from "#lib/ceremony/roles";

/** Everybody who takes part, by role, and when a witness checked who they are. */
export function PeopleList({ view }: { view: RoomView }) {
  const groups = ROLES.map((role) => [role, view.people.filter((one) => one.role === role)] as const).filter(
    ([, people]) => people.length > 0,
  );
  return (
    <div className="space-y-5">
      {groups.map(([role, people]) => (
        <section key={role}>
          <h3 className="border-b border-rule pb-1 text-sm font-semibold text-quiet capitalize">
            {role}
            {people.length > 1 && role !== "witness" ? "s" : ""}
            {people.length > 1 && role === "witness" ? "es" : ""}
          </h3>
          <ul>
            {people.map((person) => (
              <PersonLine key={person.person} person={person} me={view.me?.person === person.person} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PersonLine({ person, me }: { person: Participant; me: boolean }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 py-2">
      <span className="font-semibold">
        {person.name}
        {me ? " (you)" : ""}
      </span>
      <span className="text-quiet">{person.title}</span>
      <span className="basis-full text-sm text-quiet">
        {person.checked ? (
          <>
            Identity checked at <ClockTime at={person.checked.at} /> by {person.checked.by}: {person.checked.document}
          </>
        ) : (
          "Identity not checked yet"
        )}
      </span>
    </li>
  );
}
