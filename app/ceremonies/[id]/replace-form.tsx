"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextArea } from "#components/field";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { tidyText } from "#lib/conduct/tidy-text";
import type { Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { openSheetAt } from "./step-find";
import { useDraft } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type ReplaceProps = { leaves: string; view: RoomView; send: Send; onDone: () => void };

/** A stand-in is called: the deviation that says why is noted first, and the replacement names it. */
export function ReplaceForm({ leaves, view, send, onDone }: ReplaceProps) {
  const words = useWords("presence");
  const roles = useWords("roles");
  const [person] = useState(view.people.find((one) => one.person === leaves));
  const standIns = view.standIns.filter((one) => person && one.roles.includes(person.role));
  const form = `replace-${leaves}`;
  const [chosen, setChosen] = useDraft(`${form}/arrives`, "");
  const [why, setWhy] = useDraft(`${form}/why`, "");
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const { sending, problem, submit } = useSending(send, form);
  const arrives = standIns.find((one) => one.person === chosen) ?? standIns[0];
  if (!person) return null;
  if (!arrives) return <p>{words("nobody")}</p>;
  const note = async (): Promise<number | null> => {
    const said = {
      expected: words("expected", { name: person.name }),
      happened: tidyText(why),
      decided: words("decided", { arrives: arrives.name, leaves: person.name, role: roles(person.role) }),
    };
    // Noted once, also when the replacement itself has to be tried again.
    const noted = view.deviations.findLast((one) => one.name === view.me?.name && saysTheSame(one, said));
    if (noted) return noted.seq;
    const answer = await send({
      act: "note-deviation",
      class: "B",
      // An open sheet of the step is completed by what is about it, and this is not.
      ...(view.current === null || openSheetAt(view, view.current) ? {} : { step: view.current }),
      ...said,
      decidedBy: view.me ? [view.me.person] : [],
    });
    setTrouble(answer.ok ? null : answer.problem);
    return answer.ok ? answer.value.seq : null;
  };
  const replace = async () => {
    const deviation = await note();
    if (deviation === null) return;
    if (await submit({ act: "replace-person", leaves, arrives: arrives.person, role: person.role, deviation })) onDone();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (why.trim() !== "") void replace();
      }}
    >
      <p>{words("replaceAbout")}</p>
      <p>
        <span className="block font-semibold">{words("leaves")}</span>
        {person.name}, {roles(person.role)}
      </p>
      <SelectField label={words("arrives")} value={arrives.person} onChange={(event) => { setChosen(event.target.value); }}>
        {standIns.map(({ person: id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextArea label={words("whyLeft")} data-first required maxLength={1000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
      <ProblemNotice problem={trouble} />
      {problem}
      <Button look="turn" size="large" type="submit" aria-disabled={sending}>
        {sending ? words("writing") : words("doReplace", { name: person.name })}
      </Button>
    </form>
  );
}

type Said = { readonly expected: string; readonly happened: string; readonly decided: string };

const saysTheSame = (one: Said, other: Said): boolean =>
  one.expected === tidyText(other.expected) && one.happened === other.happened && one.decided === tidyText(other.decided);
