"use client";

import { useEffect, useRef, useState } from "react";
import { Notice } from "#components/notice";
import { Sheet } from "#components/sheet";
import { SigningFoot } from "#components/signing-foot";
import { useWords, wordsHere } from "#components/words";
import type { DecidingAct } from "#lib/ceremony/statement";
import type { RoomView } from "#lib/conduct/room";
import type { Opening } from "#lib/log/commitment";
import { ask, type Answer } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { useSigning } from "../../use-signing";
import { ExpiryCountdown } from "./expiry-countdown";
import { DecisionForm, type Decided } from "./decision-form";
import { SecondScreenCode } from "./second-screen-code";
import { readStatement, type Intended, type Proposal, type ReadStatement } from "./read-statement";
import { SignedReceipt, type Receipt } from "./signed-receipt";
import { StatementPaper } from "./statement-paper";
import { useTyped } from "./use-draft";
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
  const { touch, problem, setProblem, foot } = useSigning();
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const read = proposed?.read ?? null;
  // The wall shows what agreeing would sign; a refusal or a remark is known to this person alone until it is signed.
  const onWall = decided?.remark === "" && act !== "refuse";
  const still = view.mine.some((mine) => mine.act === act);
  const form = `sign-${act}-${step}`;
  const typedInto = useTyped();

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
  }, [decided, act, step, deviation, setProblem]);

  const sign = async () => {
    if (!view.me || !proposed) return;
    const { read: statement, openings } = proposed;
    const typed = typedInto(form);
    const signable = { ...statement, rpId: view.rp.id, passkeys: view.me.passkeys };
    const kept = await touch(signable, (assertion) => send({ act: "sign", statement: statement.text, openings, assertion }, typed));
    if (!kept) return;
    setReceipt({ act, hash: statement.hash, statement: statement.text, openings, assertion: kept.assertion, entry: kept.value });
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
            {...foot}
            said={words(onWall ? "compared" : "readIt")}
            left={<ExpiryCountdown expires={read.statement.expires} />}
            sound={read.sound}
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
