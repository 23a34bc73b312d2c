"use client";

import { useCallback } from "react";
import { CodeFold } from "#components/code-fold";
import { FactList } from "#components/fact-list";
import { ExactText } from "#components/exact-text";
import { HashBlock, HashHex } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { useAllWords, useWords, wordsHere } from "#components/words";
import type { RosterChange } from "#lib/ceremony/roster-changes";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { rosterChangeSentence } from "#lib/conduct/roster-change-sentence";
import { ask, type Answer } from "../ask";
import { CheckList } from "../check-list";
import { lookAtEndorsement, type IntendedEndorsement, type LookedAt } from "./look-at-endorsement";
import { StatementSheet } from "./statement-sheet";

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
  const { what, hash, person } = intended;
  const look = useCallback(() => proposed({ what, hash, person }), [what, hash, person]);
  return (
    <StatementSheet
      title={words(`${what}.sheet`)}
      asking={words("asking")}
      said={words(`${what}.said`)}
      sign={words("sign")}
      look={look}
      onClose={onClose}
      onSigned={onSigned}
    >
      {(looked) => <EndorsementPaper looked={looked} />}
    </StatementSheet>
  );
}

/** What is endorsed, in plain sentences; everything on it was derived in this browser from the bytes themselves. */
function EndorsementPaper({ looked }: { looked: LookedAt }) {
  const words = useWords("endorsements");
  const { statement } = looked;
  const { what } = statement;
  return (
    <div className="space-y-6">
      <div>
        <ModeMark mode={statement.mode} />
        <p className="spoken mt-2 text-[1.4rem] leading-snug font-semibold">{words(`${what}.agree`)}</p>
        <p className="spoken mt-2 text-xl">{looked.title}</p>
        {what === "roster" ? <Changes changes={looked.changes} /> : null}
        {looked.details.length > 0 ? (
          <div className="mt-3">
            <FactList facts={looked.details} />
          </div>
        ) : null}
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
