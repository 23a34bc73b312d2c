"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextArea } from "#components/field";
import { useWords } from "#components/words";
import type { Role } from "#lib/ceremony/roles";
import type { DeviationDraft, RoomView } from "#lib/conduct/room";
import { stepsIn } from "./step-find";
import { useDraft, useDraftOf } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

const CLASSES = ["A", "B", "C", "D"] as const;
/** Those who may decide: an auditor looks on. */
const DECIDING: readonly Role[] = ["administrator", "operator", "custodian", "witness"];

type DeviationProps = {
  view: RoomView;
  send: Send;
  step: string | null;
  why: string | null;
  /** What is known of it already. */
  draft: DeviationDraft | null;
  onDone: () => void;
};

/** The exception sheet: what was expected, what happened, what was decided. Written when it is noticed, by whoever noticed. */
export function DeviationForm({ view, send, step, why, draft, onDone }: DeviationProps) {
  const words = useWords("sheets");
  const ask = useWords("turn");
  const roles = useWords("roles");
  const form = `deviation-${step ?? "room"}-${draft ? "found" : "own"}`;
  const [grade, setGrade] = useDraft(`${form}/grade`, draft?.class ?? "B");
  const [at, setAt] = useDraft(`${form}/at`, step ?? "");
  const [expected, setExpected] = useDraft(`${form}/expected`, draft?.expected ?? "");
  const [happened, setHappened] = useDraft(`${form}/happened`, draft?.happened ?? "");
  const [decided, setDecided] = useDraft(`${form}/decided`, "");
  const [deciders, setDeciders] = useDraftOf<readonly string[]>(`${form}/deciders`, []);
  const [asked, setAsked] = useState(false);
  const { sending, problem, submit } = useSending(send, form);
  const note = async () => {
    setAsked(true);
    if (deciders.length === 0) return;
    const said = { expected: expected.trim(), happened: happened.trim(), decided: decided.trim(), decidedBy: deciders };
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
      <p>{why ?? ask("deviationAbout")}</p>
      <TextArea
        label={ask("expected")}
        data-first
        required
        maxLength={1000}
        value={expected}
        onChange={(event) => {
          setExpected(event.target.value);
        }}
      />
      <TextArea
        label={ask("happened")}
        required
        maxLength={1000}
        value={happened}
        onChange={(event) => {
          setHappened(event.target.value);
        }}
      />
      <TextArea
        label={ask("decided")}
        required
        maxLength={1000}
        value={decided}
        onChange={(event) => {
          setDecided(event.target.value);
        }}
      />
      <fieldset aria-describedby={asked && deciders.length === 0 ? "nobody-decided" : undefined}>
        <legend className="mb-1 text-sm font-semibold">{words("whoDecided")}</legend>
        <div className="grid gap-x-6 sm:grid-cols-2">
          {view.people
            .filter(({ role }) => DECIDING.includes(role))
            .map(({ person, name, role }) => (
              <label key={person} className="flex min-h-11 items-center gap-3">
                <input
                  type="checkbox"
                  className="size-5 shrink-0"
                  checked={deciders.includes(person)}
                  onChange={(event) => {
                    const { checked } = event.target;
                    setDeciders(checked ? [...deciders, person] : deciders.filter((one) => one !== person));
                  }}
                />
                <span>
                  {name} <span className="text-quiet">({roles(role)})</span>
                </span>
              </label>
            ))}
        </div>
        {asked && deciders.length === 0 ? (
          <p id="nobody-decided" role="alert" className="text-halt">
            {words("whoDecidedMissing")}
          </p>
        ) : null}
      </fieldset>
      <fieldset className="space-y-1">
        <legend className="mb-1 text-sm font-semibold">{words("classLegend")}</legend>
        {CLASSES.map((value) => (
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
                {value} · {words(`class${value}`)}.
              </strong>{" "}
              {words(`classAbout${value}`)}
            </span>
          </label>
        ))}
      </fieldset>
      <SelectField
        label={ask("where")}
        value={at}
        onChange={(event) => {
          setAt(event.target.value);
        }}
      >
        <option value="">{ask("everywhere")}</option>
        {stepsIn(view).map((one) => (
          <option key={one.step} value={one.step}>
            {ask("whereStep", { number: one.number, title: one.title })}
          </option>
        ))}
      </SelectField>
      {problem}
      <Button look="turn" size="large" type="submit" aria-disabled={sending}>
        {ask(sending ? "writing" : "note")}
      </Button>
    </form>
  );
}
