"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";

/** The operator or the administrator makes this browser nobody's, for a room with one laptop. */
export function ShareForm({ view, onDone }: { view: RoomView; onDone: () => void }) {
  const words = useWords("hands");
  const [sharing, setSharing] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const share = async () => {
    if (sharing) return;
    setSharing(true);
    const answer = await ask<null>(`/api/ceremonies/${view.id}/shared`, {});
    if (answer.ok) {
      // Nothing of whoever was signed in stays in this tab.
      sessionStorage.clear();
      window.location.reload();
      return;
    }
    setSharing(false);
    setProblem(answer.problem);
  };
  return (
    <div className="max-w-[44em] space-y-5">
      <p>{words("shareAbout")}</p>
      <p className="font-semibold">{words("shareBack")}</p>
      <ProblemNotice problem={problem} />
      <div className="flex flex-wrap gap-3">
        <Button look="turn" size="large" data-first aria-disabled={sharing} onClick={() => void share()}>
          {sharing ? words("sharing") : words("shareNow")}
        </Button>
        <Button size="large" onClick={onDone}>
          {words("notNow")}
        </Button>
      </div>
    </div>
  );
}
