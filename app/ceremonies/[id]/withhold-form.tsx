import { Button } from "#components/button";
import { SelectField, TextArea } from "#components/field";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { useDraft } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

/** That somebody who is there does not initial what lacks their name, and why: folded, because it is seldom. */
export function WithholdForm({ view, send }: { view: RoomView; send: Send }) {
  const words = useWords("sheets");
  const act = view.mine.find((mine) => mine.act === "withhold-initials");
  const [person, setPerson] = useDraft("withhold/person", "");
  const [reason, setReason] = useDraft("withhold/reason", "");
  const { sending, problem, submit } = useSending(send, "withhold");
  if (act?.act !== "withhold-initials") return null;
  const chosen = act.people.find((one) => one.person === person) ?? act.people[0];
  return (
    <details className="no-print mt-4 border-t border-rule pt-3">
      <summary className="min-h-11 cursor-pointer content-center font-semibold">{words("withhold")}</summary>
      <form
        className="mt-2 space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) void submit({ act: "withhold-initials", person: chosen.person, deviations: chosen.deviations, reason });
        }}
      >
        <SelectField label={words("withholdWho")} value={chosen?.person ?? ""} onChange={(event) => { setPerson(event.target.value); }}>
          {act.people.map((one) => (
            <option key={one.person} value={one.person}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <TextArea label={words("withholdWhy")} required maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />
        {problem}
        <Button type="submit" aria-disabled={sending}>
          {sending ? words("writing") : words("withholdDo")}
        </Button>
      </form>
    </details>
  );
}
