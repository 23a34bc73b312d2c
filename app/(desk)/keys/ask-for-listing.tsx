"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";

/** Has every token compared now; what comes of it is on the page when it is looked at again. */
export function AskForListing() {
  const words = useWords("keys");
  const [state, setState] = useState<"idle" | "asking" | "asked">("idle");
  const [problem, setProblem] = useState<Problem | null>(null);
  const compare = async () => {
    if (state === "asking") return;
    setState("asking");
    setProblem(null);
    const answer = await ask("/api/keys/listing", {});
    setState(answer.ok ? "asked" : "idle");
    if (!answer.ok) setProblem(answer.problem);
  };
  return (
    <div className="no-print space-y-2">
      <Button aria-disabled={state === "asking"} onClick={() => void compare()}>
        {words(state === "asking" ? "findings.asking" : "findings.ask")}
      </Button>
      <p role="status" className="text-sm text-quiet">
        {state === "asked" ? words("findings.asked") : ""}
      </p>
      <ProblemNotice problem={problem} />
    </div>
  );
}
