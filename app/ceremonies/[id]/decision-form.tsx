"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import type { Statement, DecidingAct } from "#lib/ceremony/statement";
import { VERDICTS } from "./statement-paper";

export type Decided = { readonly verdict: Statement["verdict"]; readonly remark: string };
type Verdict = NonNullable<Statement["verdict"]>;

/** Before a refusal its reason, before a signature whether one agrees; both become part of what is signed. */
export function DecisionForm({ act, onDecided }: { act: DecidingAct; onDecided: (decided: Decided) => void }) {
  const [verdict, setVerdict] = useState<Verdict>("agree");
  const [remark, setRemark] = useState("");
  const signing = act === "sign-off";
  const asksWhy = !signing || verdict !== "agree";
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        onDecided({ verdict: signing ? verdict : null, remark: asksWhy ? remark.trim().normalize("NFC") : "" });
      }}
    >
      {signing ? (
        <fieldset className="space-y-1">
          <legend className="mb-1 font-semibold">The script was followed, and the record is true</legend>
          {(Object.keys(VERDICTS) as Verdict[]).map((one) => (
            <label key={one} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="verdict"
                className="size-5"
                value={one}
                checked={verdict === one}
                onChange={() => {
                  setVerdict(one);
                }}
              />
              {VERDICTS[one]}
            </label>
          ))}
        </fieldset>
      ) : (
        <p>
          A refusal is signed like an approval. It blocks the step until the operator notes a deviation and opens it again. Nobody
          may overrule it silently.
        </p>
      )}
      {asksWhy ? (
        <TextArea
          label={signing ? "What you note" : "Why you refuse"}
          hint="It becomes part of what you sign, and of the record."
          required
          maxLength={1000}
          rows={3}
          value={remark}
          onChange={(event) => {
            setRemark(event.target.value);
          }}
        />
      ) : null}
      <Button look={signing ? "turn" : "halt"} size="large" type="submit">
        Show what I would sign
      </Button>
    </form>
  );
}
