"use client";

import { useEffect, useRef, useState } from "react";
import { Notice } from "#components/notice";
import { Sheet } from "#components/sheet";
import { SigningFoot } from "#components/signing-foot";
import { useWords, wordsHere } from "#components/words";
import type { DecidingAct } from "#lib/ceremony/statement";
import type { RoomView } from "#lib/conduct/room";
import type { Opening } from "#lib/log/commitment";
import { ask, type Answer, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { ExpiryCountdown } from "./expiry-countdown";
import { DecisionForm, type Decided } from "./decision-form";
import { SecondScreenCode } from "./second-screen-code";
import { readStatement, type Intended, type Proposal, type ReadStatement } from "./read-statement";
import { SignedReceipt, type Receipt } from "./signed-receipt";
import { signStatement } from "../../sign-statement";
import { StatementPaper } from "./statement-paper";
import { useForget } from "./use-draft";
import type { Send } from "./use-room";

type SigningProps = { act: DecidingAct; step: string; deviation?: number; view: RoomView; send: Send; onClose: () => void };

type Proposed = { readonly read: ReadStatement; readonly openings: readonly Opening[] };

/** The server's proposal, read and checked here. */
async function proposeAndRead(view: RoomView, intended: Intended): Promise<Answer<Proposed>> {
  const query = new URLSearchParams({ act: intended.act, step: intended.step, ...(view.me && { person: view.me.person }) });
  if (intended.verdict) query.set("verdict", intended.verdict);
  if (intended.deviation !== undefined) query.set("deviation", String(intended.deviation));
  if (intended.remark !== "") query.set("remark", intended.remark);
  const answer = await ask<Proposal>(`/api/ceremonies/${view.id}/statement?${query.toString()}`);
  if (!answer.ok) return answer;
  const read = await readStatement(answer.value, intended, view);
  if (read) return { ok: true, value: { read, openings: answer.value.openings } };
  const words = wordsHere().of("signing");
  return { ok: false, problem: { code: "NOT-A-STATEMENT", sentence: words("noStatement"), remedy: words("doNotSign") } };
}

/** Nothing is added to a yes: it is shown at once. */
const AGREEING: readonly DecidingAct[] = ["approve", "approve-resume"];

/** From the decision to the receipt: read, compare, touch the passkey, keep what was signed. */
export function SigningSheet({ act, step, deviation, view, send, onClose }: SigningProps) {
  const words = useWords("signing");
  const [decided, setDecided] = useState<Decided | null>(AGREEING.includes(act) ? { verdict: null, remark: "" } : null);
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const [compared, setCompared] = useState(false);
  const [signing, setSigning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const read = proposed?.read ?? null;
  // The wall shows what agreeing would sign; a refusal or a remark is known to this person alone until it is signed.
  const onWall = decided?.remark === "" && act !== "refuse";
  const still = view.mine.some((mine) => mine.act === act);
  const form = `sign-${act}-${step}`;
  const forget = useForget();

  const seen = useRef(view);
  useEffect(() => {
    if (!decided) return;
    let wanted = true;
    // The view as it was when the sheet opened: a statement is bound to the opening of its step, not to the last entry.
    void proposeAndRead(seen.current, { act, step, ...decided, ...(deviation !== undefined && { deviation }) }).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setProposed(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      wanted = false;
    };
  }, [decided, act, step, deviation]);

  const sign = async () => {
    if (!read?.sound || !compared || !view.me || !proposed || signing) return;
    setSigning(true);
    setProblem(null);
    const forgetSent = forget(form);
    const signed = await signStatement(read.hash, view.rp.id, view.me.passkeys);
    const answer = signed.ok
      ? await send({ act: "sign", statement: read.text, openings: proposed.openings, assertion: signed.assertion })
      : signed;
    setSigning(false);
    if (!answer.ok) setProblem(answer.problem);
    else if (signed.ok && "value" in answer) {
      const { openings } = proposed;
      setReceipt({ act, hash: read.hash, statement: read.text, openings, assertion: signed.assertion, entry: answer.value });
      forgetSent();
    }
  };

  if (receipt) {
    return (
      <Sheet title={words("receipt")} open onClose={onClose} wide>
        <SignedReceipt receipt={receipt} view={view} onClose={onClose} />
      </Sheet>
    );
  }
  return (
    <Sheet title={words(`title.${act}`)} open onClose={onClose} wide>
      <div className="space-y-6">
        {still ? null : (
          <Notice look="wait" title={words("movedTitle")} alert>
            <p>{words("moved")}</p>
          </Notice>
        )}
        {decided === null ? <DecisionForm act={act} form={form} onDecided={setDecided} /> : null}
        {decided !== null && !read && !problem ? (
          <p aria-live="polite">{words("asking")}</p>
        ) : null}
        {read && decided ? <StatementPaper read={read} view={view} remark={decided.remark} onWall={onWall} /> : null}
        {read && proposed ? <SecondScreenCode read={read} view={view} openings={proposed.openings} /> : null}
        <ProblemNotice problem={problem} />
        {read && still ? (
          <SigningFoot
            said={words(onWall ? "compared" : "readIt")}
            left={<ExpiryCountdown expires={read.statement.expires} />}
            sound={read.sound}
            compared={compared}
            onCompared={setCompared}
            signing={signing}
            sign={words(`sign.${act}`)}
            stops={act === "refuse"}
            onSign={() => void sign()}
            onClose={onClose}
          />
        ) : null}
      </div>
    </Sheet>
  );
}
