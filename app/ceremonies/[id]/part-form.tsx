"use client";

import { useRef, useState, type KeyboardEvent, type SubmitEvent } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import type { Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { enterPart, partObjection, type PartTurn } from "./enter-part";
import { RecorderCheck, useRecorderStanding } from "./recorder-check";
import type { Send } from "./use-room";

type PartFormProps = { view: RoomView; send: Send; onDone: () => void };

const HALF = { 1: "first", 2: "second" } as const;
const keyOf = ({ secret, part }: PartTurn) => `${secret} ${String(part)}`;

/**
 * My half of a secret. What is typed stays in the two fields, is never shown, and is gone from them once it was sent or the
 * sheet is closed; what leaves this page is encrypted for the worker alone.
 */
export function PartForm({ view, send, onDone }: PartFormProps) {
  const turns = view.mine.filter((act): act is PartTurn => act.act === "enter-part");
  const [chosen, setChosen] = useState<string | null>(null);
  const [doing, setDoing] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [objection, setObjection] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [entered, setEntered] = useState<PartTurn | null>(null);
  const [, setCompared] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const standing = useRecorderStanding(view);
  const words = useWords("halves");
  const turn = turns.find((one) => keyOf(one) === chosen) ?? turns[0];

  if (entered) {
    return (
      <div className="space-y-5">
        <Notice look="plain" title={words("enteredTitle")}>
          <p>{words("enteredAbout", { half: HALF[entered.part], title: entered.title })}</p>
        </Notice>
        <Button size="large" look="turn" autoFocus onClick={onDone}>
          {words("back")}
        </Button>
      </div>
    );
  }
  if (!turn) {
    return (
      <Notice look="wait" title={words("nothingTitle")} alert>
        <p>{words("nothingAbout")}</p>
      </Notice>
    );
  }

  const check = standing && (
    <RecorderCheck
      view={view}
      standing={standing}
      onCompared={() => {
        setCompared((times) => times + 1);
      }}
    />
  );
  if (standing?.is !== "known") return <div className="max-w-[44em]">{check}</div>;

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (doing) return;
    const typed = new FormData(event.currentTarget);
    const said = (name: string) => {
      const value = typed.get(name);
      return typeof value === "string" ? value : "";
    };
    const [half, again] = [said("half"), said("again")];
    const wrong = partObjection(half, turn, words) ?? (half === again ? null : words("differ"));
    setObjection(wrong);
    setProblem(null);
    if (wrong !== null) return;
    setDoing(true);
    const answer = await enterPart(view, turn, half, standing.compared.fingerprint, send, words);
    setDoing(false);
    form.current?.reset();
    if (answer.ok) setEntered(turn);
    else setProblem(answer.problem);
  };
  const watchCapsLock = (event: KeyboardEvent) => {
    setCapsLock(event.getModifierState("CapsLock"));
  };
  const field = {
    type: "password",
    required: true,
    autoComplete: "off",
    spellCheck: false,
    autoCapitalize: "off",
    onKeyUp: watchCapsLock,
    onKeyDown: watchCapsLock,
  } as const;

  return (
    <form ref={form} className="max-w-[44em] space-y-6" onSubmit={(event) => void submit(event)}>
      <p className="spoken text-[1.2rem] leading-[1.5]">
        {words("intro", { title: turn.title })} {words(turn.chosen ? "makeUp" : "typeKept")}
      </p>
      <fieldset className="space-y-2">
        <legend className="mb-1 text-sm font-semibold">{words("which")}</legend>
        {turns.map((one, i) => (
          <label key={keyOf(one)} className="flex min-h-11 items-center gap-3">
            <input
              type="radio"
              data-first={i === 0 ? true : undefined}
              name="which"
              className="size-5 shrink-0"
              checked={keyOf(one) === keyOf(turn)}
              onChange={() => {
                setChosen(keyOf(one));
              }}
            />
            <span>{words("halfOf", { half: HALF[one.part], title: one.title })}</span>
          </label>
        ))}
      </fieldset>
      {check}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...field}
          name="half"
          label={words("yours")}
          hint={
            turn.chosen ? words("signs", { least: String(turn.least), most: String(turn.most) }) : words("asSet")
          }
        />
        <TextField {...field} name="again" label={words("yoursAgain")} />
      </div>
      <p className="min-h-6 font-semibold text-wait" role="status">
        {capsLock ? words("capsLock") : ""}
      </p>
      {objection === null ? null : (
        <Notice look="wait" title={words("notSent")} alert>
          <p>{objection}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} />
      <div className="flex flex-wrap gap-3">
        <Button look="turn" size="large" type="submit" className="flex-1 sm:flex-none" data-primary aria-disabled={doing}>
          {words(doing ? "encrypting" : "encrypt")}
        </Button>
        <Button size="large" type="button" onClick={onDone}>
          {words("notNow")}
        </Button>
      </div>
      <p className="text-sm text-quiet">
        {words("about")}
      </p>
    </form>
  );
}
