"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { Sheet } from "#components/sheet";
import { useWords } from "#components/words";
import type { PlanView } from "#lib/conduct/plan-view";
import { ProblemNotice } from "../../../problem-notice";
import { useAsking } from "./use-asking";

/** An administrator makes a draft their plan, or dismisses it with a reason. */
export function TakeOver({ plan }: { plan: Pick<PlanView, "plan" | "sequence"> }) {
  const words = useWords("plans");
  const { busy, problem, send } = useAsking();
  const [dismissing, setDismissing] = useState(false);
  const [reason, setReason] = useState("");
  const seen = plan.sequence;
  return (
    <>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button look="turn" aria-disabled={busy} onClick={() => void send(`/api/plans/${plan.plan}/takeover`, { seen })}>
          {words("draft.takeOver")}
        </Button>
        <Button
          look="halt"
          onClick={() => {
            setDismissing(true);
          }}
        >
          {words("draft.dismiss")}
        </Button>
      </div>
      {dismissing ? null : <ProblemNotice problem={problem} className="mt-3" />}
      <Sheet
        title={words("draft.dismissTitle")}
        open={dismissing}
        onClose={() => {
          setDismissing(false);
        }}
      >
        <form
          className="space-y-5"
          onSubmit={(event) => {
            event.preventDefault();
            void send(`/api/plans/${plan.plan}/cancellation`, { seen, reason });
          }}
        >
          <p>{words("draft.dismissIntro")}</p>
          <TextField
            label={words("reason")}
            required
            maxLength={200}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
          <ProblemNotice problem={problem} />
          <Button look="stop" size="large" type="submit" aria-disabled={busy}>
            {words("draft.dismissNow")}
          </Button>
        </form>
      </Sheet>
    </>
  );
}
