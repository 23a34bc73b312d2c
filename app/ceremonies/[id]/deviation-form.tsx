"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextArea } from "#components/field";
import type { RoomView } from "#lib/conduct/room";
import { stepsIn } from "./step-find";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

const CLASSES = [
  { value: "A", name: "Slip", about: "A wording, an order, a misread word. Nothing depends on it." },
  { value: "B", name: "Departure", about: "The script was not followed, and its purpose was still met." },
  {
    value: "C",
    name: "Control",
    about: "Something that protects the ceremony did not work as planned. Decide whether to go on.",
  },
  { value: "D", name: "Grave", about: "A key, a secret or a person's identity may be affected. Stop first, then write." },
] as const;

type DeviationProps = { view: RoomView; send: Send; step: string | null; why: string | null; onDone: () => void };

/** The exception sheet: what was expected, what happened, what was decided. Written when it is noticed, by whoever noticed. */
export function DeviationForm({ view, send, step, why, onDone }: DeviationProps) {
  const [grade, setGrade] = useState<string>("B");
  const [at, setAt] = useState(step ?? "");
  const [expected, setExpected] = useState("");
  const [happened, setHappened] = useState("");
  const [decided, setDecided] = useState("");
  const { sending, problem, submit } = useSending(send);
  const note = async () => {
    const said = { expected: expected.trim(), happened: happened.trim(), decided: decided.trim() };
    if (await submit({ act: "note-deviation", class: grade, ...(at === "" ? {} : { step: at }), ...said })) onDone();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void note();
      }}
    >
      <p>
        {why ??
          "Anything that is not as scripted is written down when it is noticed. It is part of a good ceremony, not a mark against anyone."}
      </p>
      <TextArea
        label="What was expected"
        data-first
        required
        maxLength={1000}
        value={expected}
        onChange={(event) => {
          setExpected(event.target.value);
        }}
      />
      <TextArea
        label="What happened"
        required
        maxLength={1000}
        value={happened}
        onChange={(event) => {
          setHappened(event.target.value);
        }}
      />
      <TextArea
        label="What was decided"
        required
        maxLength={1000}
        value={decided}
        onChange={(event) => {
          setDecided(event.target.value);
        }}
      />
      <fieldset className="space-y-1">
        <legend className="mb-1 text-sm font-semibold">How much it matters</legend>
        {CLASSES.map(({ value, name, about }) => (
          <label key={value} className="flex min-h-11 items-start gap-3 py-1.5">
            <input
              type="radio"
              name="class"
              className="mt-0.5 size-5 shrink-0"
              value={value}
              checked={grade === value}
              onChange={() => {
                setGrade(value);
              }}
            />
            <span>
              <strong className={value === "D" ? "text-halt" : ""}>
                {value} · {name}.
              </strong>{" "}
              {about}
            </span>
          </label>
        ))}
      </fieldset>
      <SelectField
        label="Where"
        value={at}
        onChange={(event) => {
          setAt(event.target.value);
        }}
      >
        <option value="">The ceremony as a whole</option>
        {stepsIn(view).map((one) => (
          <option key={one.step} value={one.step}>
            Step {one.number}: {one.title}
          </option>
        ))}
      </SelectField>
      {problem}
      <Button look="turn" size="large" type="submit" aria-disabled={sending}>
        {sending ? "Writing it down …" : "Note the deviation"}
      </Button>
    </form>
  );
}
