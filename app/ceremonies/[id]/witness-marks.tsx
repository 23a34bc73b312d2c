"use client";

import { BadgeCheck, PenLine } from "lucide-react";
import { Button } from "#components/button";
import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";
import type { RoomSheet } from "./room-sheet";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type MarksProps = { step: StepView; view: RoomView; send: Send; onSheet: (sheet: RoomSheet) => void };

/** What witnesses have said of a step that is done, and what this witness may still say. */
export function WitnessMarks({ step, view, send, onSheet }: MarksProps) {
  const words = useWords("sheets");
  const { sending, problem, submit } = useSending(send);
  const may = (act: "initial-step" | "attest") => view.mine.some((mine) => mine.act === act && mine.step === step.step);
  if (step.initials.length === 0 && step.attested.length === 0 && !may("initial-step") && !may("attest")) return null;
  return (
    <section aria-label={words("witnessed")} className="space-y-2 text-sm">
      {step.initials.length > 0 ? (
        <p>
          {words("witnessed")}: {step.initials.map(({ name }) => name).join(", ")}
        </p>
      ) : null}
      {step.attested.map(({ name, at, remark }) => (
        <p key={name} className="flex gap-2">
          <BadgeCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>
            {words.rich("attestedBy", { name, at: () => <ClockTime at={at} /> })}
            {remark === null ? null : <q className="spoken"> {remark}</q>}
          </span>
        </p>
      ))}
      <div className="no-print flex flex-wrap gap-2">
        {may("initial-step") ? (
          <Button
            size="small"
            data-initial
            aria-disabled={sending}
            onClick={() => void submit({ act: "initial-step", step: step.step })}
          >
            <PenLine aria-hidden="true" />
            {sending ? words("writing") : words("initialStep", { number: step.number })}
          </Button>
        ) : null}
        {may("attest") ? (
          <Button
            size="small"
            onClick={() => {
              onSheet({ kind: "attest", step: step.step });
            }}
          >
            {words("attestStep", { number: step.number })}
          </Button>
        ) : null}
      </div>
      {problem}
    </section>
  );
}
