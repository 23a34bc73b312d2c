"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import type { HoldAct } from "#lib/conduct/hold-record";
import type { HoldState } from "#lib/conduct/retention";
import { ProblemNotice } from "../../../../problem-notice";
import { useActing } from "../../use-acting";

const WORDS = {
  ask: "holdAsk",
  confirm: "holdConfirm",
  decline: "holdDecline",
  "ask-lift": "holdAskLift",
  lift: "holdLift",
  keep: "holdKeep",
} as const satisfies Readonly<Record<HoldAct, string>>;

/** What can be done as the hold stands: one person asks with a reason, another one answers. */
export function HoldForm({ ceremony, state, second }: { ceremony: string; state: HoldState; second: boolean }) {
  const words = useWords("audit");
  const { busy, problem, act } = useActing();
  const [reason, setReason] = useState("");
  const send = async (chosen: HoldAct) => {
    if (await act(`/api/audit/holds/${ceremony}`, { act: chosen, reason })) setReason("");
  };
  const asks: HoldAct | null = state === "none" ? "ask" : state === "set" ? "ask-lift" : null;
  const answers: readonly HoldAct[] = !second ? [] : state === "asked" ? ["confirm", "decline"] : state === "lift-asked" ? ["lift", "keep"] : [];
  return (
    <form
      className="no-print max-w-2xl space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (asks) void send(asks);
      }}
    >
      {asks ? (
        <TextField
          label={words("holdReason")}
          value={reason}
          maxLength={200}
          required
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      ) : null}
      <div className="flex flex-wrap gap-3">
        {asks ? (
          <Button type="submit" aria-disabled={busy}>
            {words(WORDS[asks])}
          </Button>
        ) : null}
        {answers.map((answer) => (
          <Button key={answer} aria-disabled={busy} onClick={() => void send(answer)}>
            {words(WORDS[answer])}
          </Button>
        ))}
      </div>
      <ProblemNotice problem={problem} />
    </form>
  );
}
