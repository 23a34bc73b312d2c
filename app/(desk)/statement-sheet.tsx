"use client";

import { useEffect, useState, type ReactNode } from "react";
import { Sheet } from "#components/sheet";
import { SigningFoot } from "#components/signing-foot";
import { ask, type Answer, type Problem } from "../ask";
import { ProblemNotice } from "../problem-notice";
import { signStatement } from "../sign-statement";

/** A statement that is signed outside of any room, as this browser has read it. */
type Looked = {
  readonly text: string;
  readonly hash: string;
  readonly rpId: string;
  readonly passkeys: readonly string[];
  readonly sound: boolean;
};

type SheetProps<T extends Looked> = {
  title: string;
  /** What is said while it is fetched and read. */
  asking: string;
  /** What whoever signs says of it, and what the button says. */
  said: string;
  sign: string;
  /** Fetches and reads it; the same function as long as it is the same statement. */
  look: () => Promise<Answer<T>>;
  /** The statement on paper. */
  children: (looked: T) => ReactNode;
  onClose: () => void;
  onSigned: () => void;
};

/** From the button to the signature: the very words, read and compared in this browser, then the passkey. */
export function StatementSheet<T extends Looked>({ title, asking, said, sign, look, children, onClose, onSigned }: SheetProps<T>) {
  const [looked, setLooked] = useState<T | null>(null);
  const [compared, setCompared] = useState(false);
  const [signing, setSigning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let wanted = true;
    void look().then((answer) => {
      if (!wanted) return;
      if (answer.ok) setLooked(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      wanted = false;
    };
  }, [look]);

  const put = async () => {
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
    <Sheet title={title} open onClose={onClose} wide>
      <div className="space-y-6">
        {looked || problem ? null : <p aria-live="polite">{asking}</p>}
        {looked ? children(looked) : null}
        <ProblemNotice problem={problem} />
        {looked ? (
          <SigningFoot
            said={said}
            sound={looked.sound}
            compared={compared}
            onCompared={setCompared}
            signing={signing}
            sign={sign}
            onSign={() => void put()}
            onClose={onClose}
          />
        ) : null}
      </div>
    </Sheet>
  );
}
