"use client";

import { useCallback } from "react";
import { CodeFold } from "#components/code-fold";
import { ExactText } from "#components/exact-text";
import { HashBlock, HashHex } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { useWords } from "#components/words";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import type { AreaWords } from "#lib/words/words";
import { ask, type Answer } from "../../ask";
import { CheckList } from "../../check-list";
import { StatementSheet } from "../statement-sheet";
import { lookAtOwn, type IntendedStatement, type LookedAtOwn } from "./look-at-own";

type SheetProps = { intended: IntendedStatement; onClose: () => void; onSigned: () => void };

async function proposed(intended: IntendedStatement, words: AreaWords<"readiness">): Promise<Answer<LookedAtOwn>> {
  const answer = await ask<ProposedEndorsement>(`/api/endorsements/${intended.what}/${intended.hash}`);
  if (!answer.ok) return answer;
  const value = lookAtOwn(answer.value, intended, Date.now(), words);
  if (value) return { ok: true, value };
  return { ok: false, problem: { code: "NOT-AN-ENDORSEMENT", sentence: words("unreadable"), remedy: words("unreadableRemedy") } };
}

/** From the button to the signature: the very words, computed and compared in this browser, then the passkey. */
export function OwnStatementSheet({ intended, onClose, onSigned }: SheetProps) {
  const words = useWords("readiness");
  const { what, hash, person } = intended;
  const area = what === "duties" ? "duties" : "passkeys";
  const look = useCallback(() => proposed({ what, hash, person }, words), [what, hash, person, words]);
  return (
    <StatementSheet
      title={words(`${area}.sheet`)}
      asking={words("looking")}
      said={words(`${area}.said`)}
      sign={words(`${area}.sign`)}
      look={look}
      onClose={onClose}
      onSigned={onSigned}
    >
      {(looked) => <OwnPaper looked={looked} />}
    </StatementSheet>
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
