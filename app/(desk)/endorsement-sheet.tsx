"use client";

import { useEffect, useState } from "react";
import { CodeFold } from "#components/code-fold";
import { ExactText } from "#components/exact-text";
import { HashBlock, HashHex } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Sheet } from "#components/sheet";
import { SigningFoot } from "#components/signing-foot";
import { useAllWords, useWords, wordsHere } from "#components/words";
import type { RosterChange } from "#lib/ceremony/roster-changes";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { rosterChangeSentence } from "#lib/conduct/roster-change-sentence";
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
  const words = wordsHere().of("endorsements");
  const [sentence, remedy] = [words("noDocument.sentence"), words("noDocument.remedy")];
  return { ok: false, problem: { code: "NOT-AN-ENDORSEMENT", sentence, remedy } };
}

type SheetProps = { intended: IntendedEndorsement; onClose: () => void; onSigned: () => void };

/**
 * From the button to the signature: read, compare, touch the passkey. As careful as in a room, because more may follow from it.
 */
export function EndorsementSheet({ intended, onClose, onSigned }: SheetProps) {
  const words = useWords("endorsements");
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
    <Sheet title={words(`${what}.sheet`)} open onClose={onClose} wide>
      <div className="space-y-6">
        {looked || problem ? null : <p aria-live="polite">{words("asking")}</p>}
        {looked ? <EndorsementPaper looked={looked} /> : null}
        <ProblemNotice problem={problem} />
        {looked ? (
          <SigningFoot
            said={words(`${what}.said`)}
            sound={looked.sound}
            compared={compared}
            onCompared={setCompared}
            signing={signing}
            sign={words("sign")}
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
  const words = useWords("endorsements");
  const { statement } = looked;
  const what = statement.what === "roster" ? "roster" : "script";
  return (
    <div className="space-y-6">
      <div>
        <ModeMark mode={statement.mode} />
        <p className="spoken mt-2 text-[1.4rem] leading-snug font-semibold">{words(`${what}.agree`)}</p>
        <p className="spoken mt-2 text-xl">{looked.title}</p>
        {what === "roster" ? <Changes changes={looked.changes} /> : null}
        <p className="mt-3 text-sm text-quiet">
          {words.rich(`${what}.means`, { n: looked.needed, time: () => <DayAndTime at={statement.at} /> })}
        </p>
      </div>
      <div className="border-y-2 border-ink py-4">
        <HashBlock of={words(`${what}.hash`)} hex={statement.hash} />
      </div>
      <ExactText text={looked.text}>
        <p className="mt-2 text-sm text-quiet">{words("itsHash")}</p>
        <HashHex hex={looked.hash} className="text-sm" />
      </ExactText>
      <CodeFold carried={{ v: "claviger/carried/v1", kind: "endorsement", statement }} label={words("code")}>
        <HashBlock of={words("itsHash")} hex={looked.hash} />
      </CodeFold>
      <CheckList checks={looked.checks} sound={looked.sound} />
    </div>
  );
}

/** A quiet change must not hide among the names: each on a line of its own. */
export function Changes({ changes }: { changes: readonly RosterChange[] }) {
  const words = useAllWords();
  if (changes.length === 0) return <p className="mt-2">{words.of("endorsements")("unchanged")}</p>;
  return (
    <ul className="mt-2 list-disc space-y-1 pl-6">
      {changes.map((change) => rosterChangeSentence(change, words)).map((sentence) => (
        <li key={sentence} className="spoken text-lg">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
