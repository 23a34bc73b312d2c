"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import { ProblemNotice } from "../../../../problem-notice";
import { useActing } from "../../use-acting";

/** Whoever asked says that they have it, and what is missing of it, if anything is. */
export function ReceiptForm({ request, seen }: { request: string; seen: number }) {
  const words = useWords("audit");
  const { busy, problem, act } = useActing();
  const [remark, setRemark] = useState("");
  return (
    <form
      className="max-w-2xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void act(`/api/audit/requests/${request}/receipt`, { seen, remark });
      }}
    >
      <TextField
        label={words("requestRemark")}
        value={remark}
        maxLength={200}
        onChange={(event) => {
          setRemark(event.target.value);
        }}
      />
      <Button look="turn" type="submit" aria-disabled={busy}>
        {words("requestReceiveSend")}
      </Button>
      <ProblemNotice problem={problem} />
    </form>
  );
}
