import { Button } from "#components/button";
import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { Participant, RoomView } from "#lib/conduct/room";
import { ROLES } from "#lib/ceremony/roles";
import { drift, isOff } from "./clock-drift";
import { may } from "./may";
import type { RoomSheet } from "./room-sheet";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type ListProps = {
  view: RoomView;
  /** By how many milliseconds this device's clock is ahead; null before it is measured. */
  clock: number | null;
  send: Send;
  onSheet: (sheet: RoomSheet) => void;
};

/** Everybody who takes part, by role: checked by whom, not here, replaced; and how the clocks of their devices go. */
export function PeopleList({ view, clock, send, onSheet }: ListProps) {
  const roles = useWords("roles");
  const words = useWords("presence");
  const groups = ROLES.map((role) => [role, view.people.filter((one) => one.role === role)] as const).filter(
    ([, people]) => people.length > 0,
  );
  return (
    <div className="space-y-5">
      {groups.map(([role, people]) => (
        <section key={role}>
          <h3 className="border-b border-rule pb-1 text-sm font-semibold text-quiet capitalize">{roles(role)}</h3>
          <ul>
            {people.map((person) => (
              <PersonLine key={person.person} person={person} view={view} send={send} onSheet={onSheet} />
            ))}
          </ul>
        </section>
      ))}
      <ul className="space-y-1">
        {view.replaced.map(({ left, came, role, at }) => (
          <li key={left}>{words.rich("replacedLine", { left, came, role: roles(role), at: () => <ClockTime at={at} /> })}</li>
        ))}
      </ul>
      <Clocks view={view} here={clock} />
    </div>
  );
}

/** This device's clock against the server's, in words; then every device's, as the transcript has it. */
function Clocks({ view, here }: { view: RoomView; here: number | null }) {
  const words = useWords("presence");
  const leading = useWords("console");
  if (view.clocks.length === 0 && here === null) return null;
  return (
    <section className="space-y-1 text-sm">
      <h3 className="border-b border-rule pb-1 font-semibold text-quiet">{words("clocks")}</h3>
      {here === null ? null : (
        <p className={isOff(here) ? "font-semibold text-wait" : ""}>
          {leading(isOff(here) ? "clockHereOff" : "clockHere", drift(here))}
        </p>
      )}
      <ul>
        {view.clocks.map(({ device, name, called, milliseconds, off }) => (
          <li key={device} className={off ? "py-0.5 font-semibold text-wait" : "py-0.5 text-quiet"}>
            {leading("clockOff", { name, called, ...drift(milliseconds) })} {off ? leading("clockTooFar") : null}
          </li>
        ))}
      </ul>
      <p className="text-quiet">{leading("clockAbout")}</p>
    </section>
  );
}

function PersonLine({ person, view, send, onSheet }: Omit<ListProps, "clock"> & { person: Participant }) {
  const words = useWords("presence");
  const { sending, problem, submit } = useSending(send);
  const me = view.me?.person === person.person;
  const { name, away, late, checked } = person;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 py-2">
      <span className="font-semibold">{me ? words("you", { name }) : name}</span>
      <span className="text-quiet">{person.title}</span>
      {away ? <span className="font-semibold text-wait">{words("away")}</span> : null}
      <span className="basis-full text-sm text-quiet">
        {checked
          ? words.rich("checked", { by: checked.by, document: checked.document, at: () => <ClockTime at={checked.at} /> })
          : late
            ? words("late")
            : words("unchecked")}
      </span>
      <span className="flex flex-wrap gap-2">
        {may(view, "note-presence") ? (
          <Button
            size="small"
            aria-disabled={sending}
            onClick={() => void submit({ act: "note-presence", person: person.person, present: away })}
          >
            {sending ? words("writing") : words(away ? "noteBack" : "noteAway", { name })}
          </Button>
        ) : null}
        {may(view, "replace-person") && !me ? (
          <Button
            size="small"
            onClick={() => {
              onSheet({ kind: "replace", person: person.person });
            }}
          >
            {words("replace", { name })}
          </Button>
        ) : null}
      </span>
      {problem}
    </li>
  );
}
