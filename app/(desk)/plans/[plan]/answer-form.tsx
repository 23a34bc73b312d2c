"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { PageSection } from "#components/page-heading";
import { Sheet } from "#components/sheet";
import { useWords } from "#components/words";
import type { Answer } from "#lib/conduct/plan";
import type { PlanView } from "#lib/conduct/plan-view";
import { ProblemNotice } from "../../../problem-notice";
import { instantOf } from "../local-time";
import { useAsking } from "./use-asking";

/** One's own answer; it can be changed until the ceremony is opened. */
export function AnswerForm({ plan }: { plan: Pick<PlanView, "plan" | "sequence" | "answer"> }) {
  const words = useWords("plans");
  const { busy, problem, send } = useAsking();
  const [remark, setRemark] = useState("");
  const [proposing, setProposing] = useState(false);
  const [proposedAt, setProposedAt] = useState("");
  const [said, setSaid] = useState(false);
  const given = plan.answer?.answer ?? null;
  const answer = async (chosen: Answer) => {
    const proposal = chosen === "proposed" ? (instantOf(proposedAt) ?? proposedAt) : null;
    const done = await send(`/api/plans/${plan.plan}/answer`, { seen: plan.sequence, answer: chosen, proposedAt: proposal, remark });
    setSaid(done);
    if (done) setProposing(false);
  };
  return (
    <PageSection title={words("yourAnswer")}>
      <div className={`space-y-4 border-l-4 px-5 py-4 ${given === null ? "border-turn bg-turn-wash" : "border-ink"}`}>
        {given === null ? null : <p>{words("answerNow", { answer: words(given) })}</p>}
        <TextField
          label={words("remark")}
          maxLength={200}
          value={remark}
          onChange={(event) => {
            setRemark(event.target.value);
          }}
        />
        <div className="flex flex-wrap gap-3">
          <Button look={given === null ? "turn" : "plain"} aria-disabled={busy} onClick={() => void answer("accepted")}>
            {words("accept")}
          </Button>
          <Button aria-disabled={busy} onClick={() => void answer("declined")}>
            {words("decline")}
          </Button>
          <Button
            onClick={() => {
              setProposing(true);
            }}
          >
            {words("propose")}
          </Button>
        </div>
        <p role="status" className="sr-only">
          {said ? words("answerSent") : ""}
        </p>
        <ProblemNotice problem={problem} />
      </div>
      <Sheet
        title={words("proposed")}
        open={proposing}
        onClose={() => {
          setProposing(false);
        }}
      >
        <form
          className="space-y-5"
          onSubmit={(event) => {
            event.preventDefault();
            void answer("proposed");
          }}
        >
          <TextField
            label={words("proposal")}
            type="datetime-local"
            required
            value={proposedAt}
            onChange={(event) => {
              setProposedAt(event.target.value);
            }}
          />
          <ProblemNotice problem={problem} />
          <Button look="turn" size="large" type="submit" aria-disabled={busy}>
            {words("proposed")}
          </Button>
        </form>
      </Sheet>
    </PageSection>
  );
}
