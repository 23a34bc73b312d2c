"use client";

import { ClockTime } from "#components/moment";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { StepView } from "#lib/conduct/step-view";

/** PAPER, and what two people signed about it; or that it still takes the second. */
export function PaperMark({ step }: { step: StepView }) {
  const words = useWords("sheets");
  const { paper } = step;
  if (!paper) return null;
  const { began, ended, account, kept, deviation, by, complete } = paper;
  return (
    <Notice look="wait" title={words("paperMark")}>
      {complete ? null : <p>{words("paperHalf", { names: by.join(", ") })}</p>}
      <p>
        {words.rich("paperDone", {
          began: () => <ClockTime at={began} />,
          ended: () => <ClockTime at={ended} />,
          number: deviation,
          kept,
        })}
      </p>
      <p className="spoken whitespace-pre-wrap">{account}</p>
      {complete ? <p>{words("paperBy", { names: by.join(", ") })}</p> : null}
    </Notice>
  );
}

/** The one word, for a line. */
export function PaperWord() {
  const words = useWords("sheets");
  return <strong className="shrink-0 border border-wait px-1.5 text-xs tracking-wide text-wait">{words("paperMark")}</strong>;
}
