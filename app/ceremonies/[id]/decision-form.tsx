"use client";

import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { useWords } from "#components/words";
import type { Statement, DecidingAct } from "#lib/ceremony/statement";
import { useDraft, useDraftOf } from "./use-draft";

export type Decided = { readonly verdict: Statement["verdict"]; readonly remark: string };
type Verdict = NonNullable<Statement["verdict"]>;

const VERDICTS = ["agree", "agree-except-noted", "do-not-agree"] as const satisfies readonly Verdict[];

type DecisionProps = {
  act: DecidingAct;
  /** The name under which what is typed is kept. */
  form: string;
  onDecided: (decided: Decided) => void;
};

/** Before a refusal its reason, before a signature whether one agrees; both become part of what is signed. */
export function DecisionForm({ act, form, onDecided }: DecisionProps) {
  const words = useWords("signing");
  const [verdict, setVerdict] = useDraftOf<Verdict>(`${form}/verdict`, "agree");
  const [remark, setRemark] = useDraft(`${form}/remark`, "");
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
          <legend className="mb-1 font-semibold">{words("followed")}</legend>
          {VERDICTS.map((one) => (
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
              {words(`verdict.${one}`)}
            </label>
          ))}
        </fieldset>
      ) : (
        <p>{words("refusing")}</p>
      )}
      {asksWhy ? (
        <TextArea
          label={words(signing ? "note" : "why")}
          hint={words("remarkHint")}
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
        {words("show")}
      </Button>
    </form>
  );
}
