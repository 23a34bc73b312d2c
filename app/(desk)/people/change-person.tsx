"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { Sheet } from "#components/sheet";
import { TickBox } from "#components/tick-box";
import { useWords } from "#components/words";
import type { PersonLine } from "#lib/conduct/desk";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { personForm, PersonFields, type Draft } from "./person-fields";

const draftOf = ({ name, title, roles, groups, email, contact, language }: PersonLine): Draft => ({
  name,
  title,
  roles,
  groups: groups.join(", "),
  email: email ?? "",
  contact: contact ?? "",
  language,
});

/**
 * Name, title, roles and groups of a person, and whether they may sign in at all. Rosters published before keep what they say.
 */
export function ChangePerson({ person, oidc }: { person: PersonLine; oidc: boolean }) {
  const words = useWords("people");
  const router = useRouter();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [disabled, setDisabled] = useState(person.disabled);
  const [problem, setProblem] = useState<Problem | null>(null);
  const close = () => {
    setDraft(null);
    setProblem(null);
  };
  const keep = async () => {
    if (!draft) return;
    const answer = await ask(`/api/people/${person.person}`, { ...personForm(draft), disabled }, "PUT");
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    close();
    router.refresh();
  };
  return (
    <>
      <Button
        size="small"
        aria-label={words("changeName", { name: person.name })}
        onClick={() => {
          setDisabled(person.disabled);
          setDraft(draftOf(person));
        }}
      >
        {words("change")}
      </Button>
      <Sheet title={words("changeName", { name: person.name })} open={draft !== null} onClose={close}>
        {draft ? (
          <form
            className="space-y-5"
            onSubmit={(event) => {
              event.preventDefault();
              void keep();
            }}
          >
            <p>{words("changeHint")}</p>
            <PersonFields draft={draft} onDraft={setDraft} oidc={oidc} />
            <TickBox label={words("disable")} checked={disabled} onTick={setDisabled} />
            <ProblemNotice problem={problem} />
            <Button look="turn" size="large" type="submit" disabled={draft.roles.length === 0}>
              {words("keep")}
            </Button>
          </form>
        ) : null}
      </Sheet>
    </>
  );
}
