"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextArea, TextField } from "#components/field";
import { useWords } from "#components/words";
import { ProblemNotice } from "../../../problem-notice";
import { useActing } from "../use-acting";

/** What an auditor needs, and by when. */
export function AskForm() {
  const words = useWords("audit");
  const { busy, problem, act } = useActing();
  const [text, setText] = useState("");
  const [due, setDue] = useState("");
  return (
    <form
      className="max-w-2xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void act("/api/audit/requests", { text, due }).then((asked) => {
          if (asked) setText("");
        });
      }}
    >
      <TextArea
        label={words("requestText")}
        value={text}
        maxLength={2000}
        required
        rows={3}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <TextField
        label={words("requestDue")}
        type="date"
        className="max-w-56"
        value={due}
        required
        onChange={(event) => {
          setDue(event.target.value);
        }}
      />
      <Button look="turn" type="submit" aria-disabled={busy}>
        {words("requestSend")}
      </Button>
      <ProblemNotice problem={problem} />
    </form>
  );
}
