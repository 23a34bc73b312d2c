"use client";

import { Button } from "#components/button";
import { SelectField, TextField } from "#components/field";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { useDraft, useDraftOf } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

/** A witness has compared a person with their document, and says which kind of document it was. */
export function IdentityForm({ view, send }: { view: RoomView; send: Send }) {
  const words = useWords("turn");
  const roles = useWords("roles");
  const people = view.mine.flatMap((act) => (act.act === "check-identity" ? [act] : []));
  const [chosen, setChosen] = useDraft("identity/person", "");
  // What was typed is about one person: it is gone in the moment in which the form is about the next one.
  const [typed, setTyped] = useDraftOf("identity/typed", { about: "", document: "" });
  const { sending, problem, submit } = useSending(send, "identity");
  const person = people.find((one) => one.person === chosen) ?? people[0];
  if (!person) return null;
  const document = typed.about === person.person ? typed.document : "";
  return (
    <form
      className="flex w-full flex-wrap items-end gap-3 lg:w-auto"
      onSubmit={(event) => {
        event.preventDefault();
        const step = person.step === null ? {} : { step: person.step };
        void submit({ act: "check-identity", ...step, person: person.person, document: document.trim() });
      }}
    >
      <SelectField
        label={words("person")}
        className="flex-1 basis-52"
        value={person.person}
        onChange={(event) => {
          setChosen(event.target.value);
        }}
      >
        {people.map(({ person: id, name, role }) => (
          <option key={id} value={id}>
            {words("named", { name, role: roles(role) })}
          </option>
        ))}
      </SelectField>
      <TextField
        label={words("document")}
        className="flex-1 basis-44"
        required
        maxLength={120}
        placeholder={words("passport")}
        list="kinds-of-document"
        value={document}
        onChange={(event) => {
          setTyped({ about: person.person, document: event.target.value });
        }}
      />
      <datalist id="kinds-of-document">
        <option value={words("passport")} />
        <option value={words("identityCard")} />
        <option value={words("drivingLicence")} />
      </datalist>
      <Button look="turn" size="large" type="submit" data-primary aria-disabled={sending}>
        {words(sending ? "writing" : "checked")}
      </Button>
      {problem}
    </form>
  );
}
