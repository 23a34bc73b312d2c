"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { Mode } from "#lib/ceremony/roles";
import { sha256Hex } from "#lib/log/digest";
import type { Verification } from "#lib/record/verify-record";
import { ask, type Problem } from "../../../../ask";
import { ProblemNotice } from "../../../../problem-notice";

type Stage =
  | { readonly kind: "idle" }
  | { readonly kind: "checking"; readonly done: number }
  | { readonly kind: "unusable" | "fault" }
  | { readonly kind: "checked"; readonly verification: Verification; readonly same: boolean | null };

/** The record is taken and judged by this browser, with the verifier's own code, and what came of it is noted as the auditor's word. */
export function CheckHere({ ceremony, mode }: { ceremony: string; mode: Mode }) {
  const words = useWords("audit");
  const questions = useWords("verify");
  const router = useRouter();
  const [recorder, setRecorder] = useState("");
  const [stage, setStage] = useState<Stage>({ kind: "idle" });
  const [problem, setProblem] = useState<Problem | null>(null);

  const check = async () => {
    if (stage.kind === "checking") return;
    setProblem(null);
    setStage({ kind: "checking", done: 0 });
    const { checkRecord, Unusable } = await import("../../../../verify/check-record");
    let verification: Verification;
    let record: Uint8Array;
    try {
      const response = await fetch(`/api/ceremonies/${ceremony}/record`, { cache: "no-store" });
      if (!response.ok) throw new TypeError(String(response.status));
      record = new Uint8Array(await response.arrayBuffer());
      let done = 0;
      const given = { record, recorder, certifiedAs: "", mode, authorities: [], log: "", logProof: null, witnesses: "", evidence: [] };
      verification = await checkRecord(given, { told: () => setStage({ kind: "checking", done: ++done }) });
    } catch (fault) {
      setStage({ kind: fault instanceof Unusable ? "unusable" : "fault" });
      return;
    }
    setStage({ kind: "checked", verification, same: null });
    const failed = verification.checks.filter(({ ok }) => !ok).map(({ name }) => name);
    const brought = verification.anchors.find(({ kind }) => kind === "recorder")?.sha256;
    if (brought === undefined) return;
    const said = { file: sha256Hex(record), recorder: brought, holds: failed.length === 0, failed };
    const noted = await ask<{ same: boolean }>(`/api/audit/records/${ceremony}/verification`, said);
    if (noted.ok) setStage({ kind: "checked", verification, same: noted.value.same });
    else setProblem(noted.problem);
    router.refresh();
  };

  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <p className="max-w-prose">{words("checkAbout")}</p>
      <TextArea
        label={words("checkField")}
        hint={words("checkHint")}
        value={recorder}
        required
        rows={3}
        spellCheck={false}
        className="max-w-2xl"
        onChange={(event) => {
          setRecorder(event.target.value);
        }}
      />
      <Button look="turn" type="submit" aria-disabled={stage.kind === "checking"}>
        {words("checkNow")}
      </Button>
      <p role="status">{stage.kind === "checking" ? words("checking", { done: stage.done }) : ""}</p>
      {stage.kind === "unusable" ? <Notice look="wait" title={words("checkUnusable")} alert /> : null}
      {stage.kind === "fault" ? <Notice look="halt" title={words("checkFault")} alert /> : null}
      {stage.kind === "checked" ? <Report {...stage} /> : null}
      <ProblemNotice problem={problem} />
    </form>
  );

  function Report({ verification, same }: { verification: Verification; same: boolean | null }) {
    const bad = verification.checks.filter(({ ok }) => !ok).length;
    return (
      <>
        <Notice look={bad === 0 ? "proof" : "halt"} title={bad === 0 ? words("checkHolds") : words("checkFails", { bad })} alert>
          {same === null ? null : <p>{words(same ? "checkNoted" : "checkOther")}</p>}
        </Notice>
        <details open={bad > 0}>
          <summary className="min-h-11 cursor-pointer py-2 font-semibold">{words("checkAnswers")}</summary>
          <ul className="space-y-2">
            {verification.checks.map(({ name, ok, reason }) => (
              <li key={name} className={`border-l-4 pl-3 ${ok ? "border-proof" : "border-halt"}`}>
                <span className="font-semibold">{words(ok ? "holdsWord" : "failsWord")}</span>: {question(name)}
                <span lang="en" className="block text-sm text-quiet [overflow-wrap:anywhere]">
                  {reason}
                </span>
              </li>
            ))}
          </ul>
        </details>
      </>
    );
  }

  /** A check that came after these words is said by its name. */
  function question(name: string): string {
    const key = `checks.${name}` as Parameters<typeof questions>[0];
    return questions.has(key) ? questions(key) : name;
  }
}
