"use client";

import { useEffect, useState, type ReactNode } from "react";
import { Sheet } from "#components/sheet";
import { SigningFoot } from "#components/signing-foot";
import { ask, type Answer } from "../ask";
import { ProblemNotice } from "../problem-notice";
import { useSigning, type Signable } from "../use-signing";

/** A statement that is signed outside of any room, as this browser has read it. */
type Looked = Signable & { readonly text: string };

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
  const { touch, problem, setProblem, foot } = useSigning();
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
  }, [look, setProblem]);

  const put = async () => {
    const kept = await touch(looked, (assertion) => ask("/api/endorsements", { statement: looked?.text, assertion }));
    if (kept) onSigned();
  };
  return (
    <Sheet title={title} open onClose={onClose} wide>
      <div className="space-y-6">
        {looked || problem ? null : <p aria-live="polite">{asking}</p>}
        {looked ? children(looked) : null}
        <ProblemNotice problem={problem} />
        {looked ? (
          <SigningFoot
            {...foot}
            said={said}
            sound={looked.sound}
            sign={sign}
            onSign={() => void put()}
            onClose={onClose}
          />
        ) : null}
      </div>
    </Sheet>
  );
}
