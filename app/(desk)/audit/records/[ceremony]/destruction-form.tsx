"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import { ProblemNotice } from "../../../../problem-notice";
import { useActing } from "../../use-acting";

type DestructionFormProps = { ceremony: string; ordered: boolean; mayOrder: boolean; mayDestroy: boolean };

/** The end of a record: ordered with a reason, then done by somebody else who types which. */
export function DestructionForm({ ceremony, ordered, mayOrder, mayDestroy }: DestructionFormProps) {
  const words = useWords("audit");
  const { busy, problem, act } = useActing();
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const path = `/api/audit/destructions/${ceremony}`;
  return (
    <div className="no-print max-w-2xl space-y-4">
      {!ordered && mayOrder ? (
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            void act(path, { act: "order", reason });
          }}
        >
          <TextField
            label={words("holdReason")}
            value={reason}
            maxLength={200}
            required
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
          <Button look="halt" type="submit" aria-disabled={busy}>
            {words("destructionOrder")}
          </Button>
        </form>
      ) : null}
      {ordered && mayDestroy ? (
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed === ceremony) void act(path, { act: "destroy" });
          }}
        >
          <TextField
            label={words("destructionType")}
            hint={<span className="measured">{ceremony}</span>}
            value={typed}
            spellCheck={false}
            required
            onChange={(event) => {
              setTyped(event.target.value.trim());
            }}
          />
          <Button look="stop" type="submit" disabled={typed !== ceremony} aria-disabled={busy}>
            {words("destructionDo")}
          </Button>
        </form>
      ) : null}
      {ordered ? (
        <Button aria-disabled={busy} onClick={() => void act(path, { act: "withdraw" })}>
          {words("destructionWithdraw")}
        </Button>
      ) : null}
      <ProblemNotice problem={problem} />
    </div>
  );
}
