"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextArea, TextField } from "#components/field";
import { useWords } from "#components/words";
import type { KeyState } from "#lib/ceremony/key-states";
import { USUAL_DAYS } from "#lib/conduct/usual-period";
import { ask, type Problem } from "../../../ask";
import { ProblemNotice } from "../../../problem-notice";

/** What is typed; what is left empty stays as it is. */
function formOf(id: string, data: FormData) {
  const text = (name: string) => {
    const typed = data.get(name);
    return typeof typed === "string" && typed.trim() !== "" ? typed.trim() : undefined;
  };
  const days = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  return {
    key: id,
    to: text("to"),
    reason: text("reason") ?? "",
    owner: text("owner"),
    purpose: text("purpose"),
    environment: text("environment"),
    cryptoperiodDays: days("cryptoperiodDays"),
    processingDays: days("processingDays"),
  };
}

type ProposeProps = {
  id: string;
  state: KeyState;
  next: readonly KeyState[];
  cryptoperiodDays: number | null;
  /** Whole days of its period that are over. */
  daysOver: number;
};

/** Writes down what shall become of the key; it is signed on the sheet that is then on the page. */
export function ProposeChange({ id, state, next, cryptoperiodDays, daysOver }: ProposeProps) {
  const words = useWords("keys");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const first = next.find((one) => one !== state) ?? state;
  const [to, setTo] = useState(first);
  const over = cryptoperiodDays !== null && cryptoperiodDays <= daysOver && state !== "active";
  const needed = to === "active" && (cryptoperiodDays === null || over);
  const hints = [...(needed ? [words("change.endless")] : []), ...(daysOver > 0 ? [words("change.daysOver", { days: daysOver })] : [])];
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const write = async (data: FormData) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask("/api/keys/changes", formOf(id, data));
    setBusy(false);
    if (answer.ok) {
      form.current?.reset();
      setTo(first);
    } else setProblem(answer.problem);
    router.refresh();
  };
  return (
    <details className="no-print border-l-4 border-rule pl-4">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">{words("change.propose")}</summary>
      <p className="mb-4 max-w-prose text-quiet">{words("change.about")}</p>
      <form
        ref={form}
        className="grid gap-4 md:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          void write(new FormData(event.currentTarget));
        }}
      >
        <SelectField
          name="to"
          label={words("change.to")}
          value={to}
          onChange={({ target: { value } }) => {
            setTo(next.find((one) => one === value) ?? first);
          }}
        >
          {next.map((one) => (
            <option key={one} value={one}>
              {one === state ? words("change.same", { state: words(`state.${one}`) }) : words(`state.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField name="environment" label={words("change.environment")} defaultValue="">
          <option value="">{words("change.leave")}</option>
          <option value="production">{words("environment.production")}</option>
          <option value="test">{words("environment.test")}</option>
        </SelectField>
        <TextField name="owner" label={words("change.owner")} maxLength={200} hint={words("change.hint")} />
        <TextField name="purpose" label={words("change.purpose")} maxLength={200} hint={words("change.hint")} />
        <TextField
          key={needed ? "needed" : "free"}
          name="cryptoperiodDays"
          type="number"
          min={1}
          max={36_525}
          required={needed}
          defaultValue={needed ? daysOver + USUAL_DAYS : ""}
          label={words("change.cryptoperiodDays")}
          {...(hints.length > 0 && { hint: hints.join(" ") })}
        />
        <TextField name="processingDays" type="number" min={0} max={36_525} label={words("change.processingDays")} />
        <TextArea name="reason" required maxLength={2_000} label={words("change.reason")} className="md:col-span-2" />
        <div className="space-y-3 md:col-span-2">
          <Button type="submit" aria-disabled={busy}>
            {words(busy ? "change.writing" : "change.write")}
          </Button>
          <ProblemNotice problem={problem} />
        </div>
      </form>
    </details>
  );
}
