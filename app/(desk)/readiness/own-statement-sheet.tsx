"use client";

import { useEffect, useState } from "react";
import { CodeFold } from "#components/code-fold";
import { ExactText } from "#components/exact-text";
import { HashBlock, HashHex } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Sheet } from "#components/sheet";
import { SigningFoot } from "#components/signing-foot";
import { useWords } from "#components/words";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { ask, type Problem } from "../../ask";
import { CheckList } from "../../check-list";
import { ProblemNotice } from "../../problem-notice";
import { signStatement } from "../../sign-statement";
import { lookAtOwn, type IntendedStatement, type LookedAtOwn } from "./look-at-own";

type SheetProps = { intended: IntendedStatement; onClose: () => void; onSigned: () => void };

/** From the button to the signature: the very words, computed and compared in this browser, then the passkey. */
export function OwnStatementSheet({ intended, onClose, onSigned }: SheetProps) {
  const words = useWords("readiness");
  const [looked, setLooked] = useState<LookedAtOwn | null>(null);
  const [compared, setCompared] = useState(false);
  const [signing, setSigning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { what, hash, person } = intended;
  const area = what === "duties" ? "duties" : "passkeys";
  useEffect(() => {
    let wanted = true;
    void ask<ProposedEndorsement>(`/api/endorsements/${what}/${hash}`).then((answer) => {
      if (!wanted) return;
      if (!answer.ok) {
        setProblem(answer.problem);
        return;
      }
      const seen = lookAtOwn(answer.value, { what, hash, person }, Date.now(), words);
      if (seen) setLooked(seen);
      else setProblem({ code: "NOT-AN-ENDORSEMENT", sentence: words("unreadable"), remedy: words("unreadableRemedy") });
    });
    return () => {
      wanted = false;
    };
  }, [what, hash, person, words]);

  const sign = async () => {
    if (!looked?.sound || !compared || signing) return;
    setSigning(true);
    setProblem(null);
    const signed = await signStatement(looked.hash, looked.rpId, looked.passkeys);
    const answer = signed.ok ? await ask("/api/endorsements", { statement: looked.text, assertion: signed.assertion }) : signed;
    setSigning(false);
    if (answer.ok) onSigned();
    else setProblem(answer.problem);
  };
  return (
    <Sheet title={words(`${area}.sheet`)} open onClose={onClose} wide>
      <div className="space-y-6">
        {looked || problem ? null : <p aria-live="polite">{words("looking")}</p>}
        {looked ? <OwnPaper looked={looked} /> : null}
        <ProblemNotice problem={problem} />
        {looked ? (
          <SigningFoot
            said={words(`${area}.said`)}
            sound={looked.sound}
            compared={compared}
            onCompared={setCompared}
            signing={signing}
            sign={words(`${area}.sign`)}
            onSign={() => void sign()}
            onClose={onClose}
          />
        ) : null}
      </div>
    </Sheet>
  );
}

/** What is signed, in plain sentences; everything on it was derived in this browser from the bytes themselves. */
function OwnPaper({ looked: { statement, text, hash, passkey, checks, sound } }: { looked: LookedAtOwn }) {
  const words = useWords("readiness");
  const area = statement.what === "duties" ? "duties" : "passkeys";
  return (
    <div className="space-y-6">
      <div>
        <ModeMark mode={statement.mode} />
        <p className="spoken mt-2 text-[1.4rem] leading-snug font-semibold">{words(`${area}.statement`)}</p>
        {statement.what === "duties" ? <p className="spoken mt-3 text-lg whitespace-pre-line">{statement.says}</p> : null}
        {passkey ? <p className="measured mt-3 [overflow-wrap:anywhere]">{passkey.id}</p> : null}
        <p className="mt-3 text-sm text-quiet">
          <DayAndTime at={statement.at} />
        </p>
      </div>
      <div className="border-y-2 border-ink py-4">
        <HashBlock of={words(`${area}.hashOf`)} hex={statement.hash} />
      </div>
      <ExactText text={text}>
        <p className="mt-2 text-sm text-quiet">{words("signedHash")}</p>
        <HashHex hex={hash} className="text-sm" />
      </ExactText>
      <CodeFold carried={{ v: "claviger/carried/v1", kind: "endorsement", statement }} label={words("code")}>
        <HashBlock of={words("signedHash")} hex={hash} />
      </CodeFold>
      <CheckList checks={checks} sound={sound} />
    </div>
  );
}
