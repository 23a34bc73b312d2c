"use client";

import { useRef, useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextArea } from "#components/field";
import { useWords } from "#components/words";
import type { Role } from "#lib/ceremony/roles";
import type { RoomView } from "#lib/conduct/room";
import { aboutSheet, useTextAbout } from "./deviation-about";
import { OpenSheetChoice } from "./open-sheet-choice";
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
  /** The open sheet that this form was opened to complete, by its number. */
  sheet: number | null;
  onDone: () => void;
};

/**
 * The exception sheet: what was expected, what happened, what was decided. Written when it is noticed, by whoever noticed. One
 * that two readings which differ have opened is completed by whoever opened the form for it, or chooses to once it has opened.
 */
export function DeviationForm({ view, send, step, why, sheet, onDone }: DeviationProps) {
  const words = useWords("sheets");
  const ask = useWords("turn");
  const roles = useWords("roles");
  const [chosen, setChosen] = useState(view.openSheet?.number === sheet ? view.openSheet : null);
  const form = `deviation-${step ?? "room"}-${sheet === null ? "own" : String(sheet)}`;
  const [grade, setGrade] = useDraft(`${form}/grade`, "B");
  const [at, setAt] = useDraft(`${form}/at`, step ?? "");
  const { completes, undecided } = aboutSheet(view, at, chosen);
  const carried = completes !== null && completes.number !== sheet;
  const [expected, setExpected] = useTextAbout(form, "expected", completes, carried);
  const [happened, setHappened] = useTextAbout(form, "happened", completes, carried);
  const [decided, setDecided] = useDraft(`${form}/decided`, "");
  const [deciders, setDeciders] = useDraftOf<readonly string[]>(`${form}/deciders`, []);
  const [asked, setAsked] = useState(false);
  const fields = useRef<HTMLFormElement>(null);
  const { sending, problem, submit } = useSending(send, form);
  const note = async () => {
    setAsked(true);
    if (deciders.length === 0 || undecided) return;
    const said = { expected: expected.trim(), happened: happened.trim(), decided: decided.trim(), decidedBy: deciders };
    const place = { ...(at === "" ? {} : { step: at }), ...(completes ? { sheet: completes.number } : {}) };
    if (await submit({ act: "note-deviation", class: grade, ...place, ...said })) onDone();
  };
  const readAgain = () => fields.current?.querySelector<HTMLElement>("[data-first]")?.focus();
  return (
    <form
      ref={fields}
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void note();
      }}
    >
      <p>{completes ? words("openAbout", { number: completes.number }) : (why ?? ask("deviationAbout"))}</p>
      {completes && view.phase === "stopped" ? <p>{words("openStopped")}</p> : null}
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
      {undecided ? (
        <OpenSheetChoice
          sheet={undecided}
          onComplete={() => {
            setChosen(undecided);
            readAgain();
          }}
          onElsewhere={() => {
            setAt("");
            readAgain();
          }}
        />
      ) : (
        <Button look="turn" size="large" type="submit" aria-disabled={sending}>
          {sending ? ask("writing") : completes ? words("completeDo", { number: completes.number }) : ask("note")}
        </Button>
      )}
    </form>
  );
}
