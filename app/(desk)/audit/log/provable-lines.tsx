"use client";

import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from "react";
import { Button } from "#components/button";
import { ExactLines } from "#components/exact-lines";
import { FactList } from "#components/fact-list";
import { TextArea } from "#components/field";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { GivenLines } from "#lib/conduct/given-lines";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { ask, type Problem } from "../../../ask";
import { ProblemNotice } from "../../../problem-notice";
import { judgeLines, type LineVerdict, type ShownLine } from "./judge-lines";

type Verdicts = ReadonlyMap<string, LineVerdict>;
const Judged = createContext<Verdicts>(new Map());

const PLACE = "claviger.desk-recorder";
const never = () => () => undefined;

/** The recorder that was typed in this tab before; none where a browser keeps nothing. */
function kept(): string {
  try {
    return sessionStorage.getItem(PLACE) ?? "";
  } catch {
    return "";
  }
}

function keep(recorder: string): void {
  try {
    sessionStorage.setItem(PLACE, recorder);
  } catch {
    // It is typed again on the next page.
  }
}

/** Lines of a search, and the way to have this browser prove each of them against the log. */
export function ProvableLines({ shown, children }: { shown: readonly ShownLine[]; children: ReactNode }) {
  const words = useWords("audit");
  const before = useSyncExternalStore(never, kept, () => "");
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [verdicts, setVerdicts] = useState<Verdicts>(new Map());
  const recorder = typed ?? before;

  const prove = async () => {
    if (busy) return;
    setProblem(null);
    setVerdicts(new Map());
    setBusy(true);
    const query = new URLSearchParams(shown.map(({ id }) => ["id", id]));
    const given = await ask<GivenLines>(`/api/audit/log/proofs?${query.toString()}`);
    const judged = given.ok ? await judgeLines(shown, given.value, recorder, webCryptoVerifier) : null;
    setBusy(false);
    if (!given.ok) setProblem(given.problem);
    else if (judged === "recorder") setProblem({ code: "RECORDER-UNKNOWN", sentence: words("proveRecorder"), remedy: words("checkHint") });
    else if (judged) {
      keep(recorder);
      setVerdicts(judged);
    }
  };

  return (
    <Judged value={verdicts}>
      <details className="mb-4 border-y border-rule">
        <summary className="min-h-11 cursor-pointer py-2.5 font-semibold">{words("prove")}</summary>
        <form
          className="space-y-4 pb-4"
          onSubmit={(event) => {
            event.preventDefault();
            void prove();
          }}
        >
          <p className="max-w-prose">{words("proveAbout")}</p>
          <TextArea
            label={words("checkField")}
            hint={words("proveHint")}
            value={recorder}
            required
            rows={3}
            spellCheck={false}
            className="max-w-2xl"
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
          <Button look="turn" type="submit" aria-disabled={busy}>
            {words("proveNow")}
          </Button>
          <p role="status">{busy ? words("proving") : ""}</p>
          <ProblemNotice problem={problem} />
          <Told verdicts={verdicts} />
          <p className="max-w-prose text-sm text-quiet">{words("proveLimit")}</p>
        </form>
      </details>
      {children}
    </Judged>
  );
}

/** How many lines are proved, and under which checkpoints: a monitor knows whether those are the ones that everybody sees. */
function Told({ verdicts }: { verdicts: Verdicts }) {
  const words = useWords("audit");
  if (verdicts.size === 0) return null;
  const all = [...verdicts.values()];
  const proved = all.filter((one) => "root" in one);
  const bad = all.length - proved.length;
  const heads = new Map(proved.map(({ origin, size, root }) => [root, { name: words("proveHead", { origin, size }), value: root, measured: true }]));
  return (
    <>
      <Notice look={bad === 0 ? "proof" : "halt"} title={bad === 0 ? words("proveAll", { n: proved.length }) : words("proveSome", { bad, n: all.length })} alert>
        {heads.size === 0 ? null : <p>{words("proveHeadWhy")}</p>}
      </Notice>
      <FactList facts={[...heads.values()]} />
    </>
  );
}

/** What came of proving a line; nothing before. */
export function LineProof({ id }: { id: string }) {
  const words = useWords("audit");
  const verdict = useContext(Judged).get(id);
  if (!verdict) return null;
  if ("doubt" in verdict) {
    return <span className="block basis-full border-l-4 border-halt pl-3 text-sm font-semibold">{words(`lineDoubt.${verdict.doubt}`)}</span>;
  }
  const { origin, size, index, said } = verdict;
  return (
    <div className="basis-full border-l-4 border-proof pl-3 text-sm">
      <p>{words("lineProved", { origin, size, index: String(index) })}</p>
      <details>
        <summary className="min-h-11 cursor-pointer py-2.5">{words("lineSaid")}</summary>
        <ExactLines text={said} label={words("lineSaid")} className="max-h-80" />
      </details>
    </div>
  );
}
