"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { SelectField } from "#components/field";
import { useWords } from "#components/words";
import type { RosterLine } from "#lib/conduct/desk";
import { ask, type Problem } from "../../../ask";
import { ProblemNotice } from "../../../problem-notice";
import { proposeCast, type Need } from "../../ceremonies/new/cast";
import { PlanFields, type Draft } from "../plan-fields";
import { planForm } from "../plan-form";

type Choice = {
  readonly hash: string;
  readonly title: string;
  readonly edition: number;
  readonly minutes: number;
  /** How long room and people are booked for, as the script says. */
  readonly block: number;
  readonly needs: readonly Need[];
};

/** A script, a time, a room and a cast: the beginning of a plan. */
export function MakePlan({ scripts, people, me }: { scripts: readonly Choice[]; people: RosterLine["people"]; me: string }) {
  const words = useWords("plans");
  const router = useRouter();
  const startOf = (script: Choice | undefined): Draft => ({
    title: script?.title ?? "",
    startsAt: "",
    minutes: String(script?.block ?? 240),
    room: "",
    standbyAt: "",
    cast: proposeCast(people, script?.needs ?? [], me),
  });
  const [hash, setHash] = useState(scripts[0]?.hash ?? "");
  const [draft, setDraft] = useState(() => startOf(scripts[0]));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const script = scripts.find((one) => one.hash === hash);
  const make = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask<{ plan: string }>("/api/plans", { ...planForm(draft), scriptHash: hash });
    if (answer.ok) router.push(`/plans/${answer.value.plan}`);
    else {
      setBusy(false);
      setProblem(answer.problem);
    }
  };
  return (
    <form
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <SelectField
        label={words("script")}
        value={hash}
        onChange={(event) => {
          const chosen = scripts.find((one) => one.hash === event.target.value);
          setHash(event.target.value);
          setDraft({ ...startOf(chosen), startsAt: draft.startsAt, room: draft.room, standbyAt: draft.standbyAt });
        }}
      >
        {scripts.map(({ hash: one, title, edition }) => (
          <option key={one} value={one}>
            {words("edition", { title, edition })}
          </option>
        ))}
      </SelectField>
      <PlanFields draft={draft} onDraft={setDraft} people={people} needs={script?.needs ?? []} rehearsed={script?.minutes ?? 0} />
      <ProblemNotice problem={problem} />
      <Button look="turn" size="large" type="submit" aria-disabled={busy}>
        {words(busy ? "making" : "make")}
      </Button>
    </form>
  );
}
