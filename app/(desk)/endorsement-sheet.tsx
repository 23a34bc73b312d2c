"use client";

import { useEffect, useState } from "react";
import { ExactText } from "#components/exact-text";
import { HashBlock, HashHex } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Sheet } from "#components/sheet";
import { SigningFoot } from "#components/signing-foot";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { ask, type Answer, type Problem } from "../ask";
import { CheckList } from "../check-list";
import { ProblemNotice } from "../problem-notice";
import { signStatement } from "../sign-statement";
import { lookAtEndorsement, type IntendedEndorsement, type LookedAt } from "./look-at-endorsement";

async function proposed(intended: IntendedEndorsement): Promise<Answer<LookedAt>> {
  const answer = await ask<ProposedEndorsement>(`/api/endorsements/${intended.what}/${intended.hash}`);
  if (!answer.ok) return answer;
  const looked = await lookAtEndorsement(answer.value, intended);
  if (looked) return { ok: true, value: looked };
  const remedy = "Do not sign, and tell the administrator of the system.";
  return {
    ok: false,
    problem: { code: "NOT-AN-ENDORSEMENT", sentence: "What the server proposes to sign is no such document.", remedy },
  };
}

type SheetProps = { intended: IntendedEndorsement; onClose: () => void; onSigned: () => void };

/**
 * From the button to the signature: read, compare, touch the passkey. As careful as in a room, because more may follow from it.
 */
export function EndorsementSheet({ intended, onClose, onSigned }: SheetProps) {
  const [looked, setLooked] = useState<LookedAt | null>(null);
  const [compared, setCompared] = useState(false);
  const [signing, setSigning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { what, hash, person } = intended;
  useEffect(() => {
    let wanted = true;
    void proposed({ what, hash, person }).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setLooked(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      wanted = false;
    };
  }, [what, hash, person]);

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
    <Sheet title={what === "roster" ? "Endorse the next roster" : "Endorse a script for production"} open onClose={onClose} wide>
      <div className="space-y-6">
        {looked || problem ? null : <p aria-live="polite">Asking for every byte of it, and computing its hash here …</p>}
        {looked ? <EndorsementPaper looked={looked} /> : null}
        <ProblemNotice problem={problem} />
        {looked ? (
          <SigningFoot
            said={
              what === "roster"
                ? "I know of every change, and the others read the same words."
                : "I have read the script with this hash, and the others read the same words."
            }
            sound={looked.sound}
            compared={compared}
            onCompared={setCompared}
            signing={signing}
            sign="Endorse with my passkey"
            onSign={() => void sign()}
            onClose={onClose}
          />
        ) : null}
      </div>
    </Sheet>
  );
}

/** What is endorsed, in plain sentences; everything on it was derived in this browser from the bytes themselves. */
function EndorsementPaper({ looked }: { looked: LookedAt }) {
  const { statement } = looked;
  const ofRoster = statement.what === "roster";
  return (
    <div className="space-y-6">
      <div>
        <ModeMark mode={statement.mode} />
        <p className="spoken mt-2 text-[1.4rem] leading-snug font-semibold">
          {ofRoster
            ? "I agree that from now on these people and passkeys count:"
            : "I agree that this script may be performed in production:"}
        </p>
        <p className="spoken mt-2 text-xl">{looked.title}</p>
        {ofRoster ? <Changes changes={looked.changes} /> : null}
        <p className="mt-3 text-sm text-quiet">
          {ofRoster ? "The worker will trust it by itself" : "A production ceremony can be opened with it"} as soon as{" "}
          {looked.needed} custodians of the roster in force have signed it. Dated <DayAndTime at={statement.at} />.
        </p>
      </div>
      <div className="border-y-2 border-ink py-4">
        <HashBlock
          of={`SHA-256 of the ${statement.what}, computed in this browser; read the words to the others before you sign`}
          hex={statement.hash}
        />
      </div>
      <ExactText text={looked.text}>
        <p className="mt-2 text-sm text-quiet">Its SHA-256, which is what your passkey signs</p>
        <HashHex hex={looked.hash} className="text-sm" />
      </ExactText>
      <CheckList checks={looked.checks} sound={looked.sound} />
    </div>
  );
}

/** A quiet change must not hide among the names: each on a line of its own. */
export function Changes({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0)
    return <p className="mt-2">Nothing is other than in the roster in force, but the salts of its names.</p>;
  return (
    <ul className="mt-2 list-disc space-y-1 pl-6">
      {changes.map((change) => (
        <li key={change} className="spoken text-lg">
          {change}
        </li>
      ))}
    </ul>
  );
}
