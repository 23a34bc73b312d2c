"use client";

import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { Problem } from "./ask";

/** What went wrong and what to do about it, said at once to screen readers. */
export function ProblemNotice({ problem, className }: { problem: Problem | null; className?: string }) {
  const words = useWords("faults");
  if (!problem) return null;
  return (
    <Notice look="halt" title={problem.sentence} alert {...(className === undefined ? {} : { className })}>
      {problem.remedy ? <p>{problem.remedy}</p> : null}
      <p className="text-sm text-quiet">
        {words.rich("code", { code: problem.code, measured: (code) => <span className="measured">{code}</span> })}
      </p>
    </Notice>
  );
}
