"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextField } from "#components/field";
import type { RoomView } from "#lib/conduct/room";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

/** A witness has compared a person with their document, and says which kind of document it was. */
export function IdentityForm({ view, send }: { view: RoomView; send: Send }) {
  const people = view.mine.flatMap((act) => (act.act === "check-identity" ? [act] : []));
  const [chosen, setChosen] = useState<string | null>(null);
  // What was typed is about one person: it is gone in the moment in which the form is about the next one.
  const [typed, setTyped] = useState({ about: "", document: "" });
  const { sending, problem, submit } = useSending(send);
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
        label="Person"
        className="flex-1 basis-52"
        value={person.person}
        onChange={(event) => {
          setChosen(event.target.value);
        }}
      >
        {people.map(({ person: id, name, role }) => (
          <option key={id} value={id}>
            {name} ({role})
          </option>
        ))}
      </SelectField>
      <TextField
        label="Kind of document"
        className="flex-1 basis-44"
        required
        maxLength={120}
        placeholder="Passport"
        list="kinds-of-document"
        value={document}
        onChange={(event) => {
          setTyped({ about: person.person, document: event.target.value });
        }}
      />
      <datalist id="kinds-of-document">
        <option value="Passport" />
        <option value="National identity card" />
        <option value="Driving licence" />
      </datalist>
      <Button look="turn" size="large" type="submit" data-primary aria-disabled={sending}>
        {sending ? "Writing it down …" : "Identity checked"}
      </Button>
      {problem}
    </form>
  );
}
