"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { useWords } from "#components/words";
import { ProblemNotice } from "../../../../problem-notice";
import { useActing } from "../../../audit/use-acting";

/** Writes down the edition that takes everything back; custodians sign it on the sheet that is then on the page. */
export function TakeBack({ account, edition }: { account: string; edition: number }) {
  const words = useWords("accounts");
  const { busy, problem, act } = useActing();
  const [reason, setReason] = useState("");
  return (
    <details className="no-print border-l-4 border-halt bg-halt-wash px-4">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold text-halt">{words("takeBack.title")}</summary>
      <form
        className="max-w-prose space-y-3 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          void act(`/api/keys/grants/${account}/taking-back`, { edition, reason }).then((done) => {
            if (done) setReason("");
          });
        }}
      >
        <p>{words("takeBack.about")}</p>
        <TextArea
          label={words("takeBack.reason")}
          required
          maxLength={2_000}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        <Button look="halt" type="submit" aria-disabled={busy}>
          {words(busy ? "takeBack.writing" : "takeBack.write")}
        </Button>
        <ProblemNotice problem={problem} />
      </form>
    </details>
  );
}
