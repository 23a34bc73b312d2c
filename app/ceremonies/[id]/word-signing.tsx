"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";
import { Notice } from "#components/notice";
import { SigningFoot } from "#components/signing-foot";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ask } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { useSigning } from "../../use-signing";
import { ExpiryCountdown } from "./expiry-countdown";
import { readStatement, type Intended, type Proposal, type ReadStatement } from "./read-statement";
import { StatementPaper } from "./statement-paper";
import { useTyped } from "./use-draft";
import type { Send } from "./use-room";

type WordProps = {
  view: RoomView;
  send: Send;
  /** Where the server proposes the statement. */
  path: string;
  intended: Intended;
  /** Whether it can still be signed, as far as the room shows. */
  still: boolean;
  /** What the button says, and what is said once it is signed. */
  sign: string;
  signed: string;
  /** What the statement commits to, in words. */
  children?: ReactNode;
  /** The name under which what was typed for it is kept, and forgotten once it is signed. */
  form?: string;
  onClose: () => void;
};

/** Somebody's signed word: the exact text, read and checked in this browser, then the passkey. */
export function WordSigning({ view, send, path, intended, still, sign, signed, children, form, onClose }: WordProps) {
  const words = useWords("sheets");
  const [read, setRead] = useState<{ statement: ReadStatement; proposal: Proposal } | null>(null);
  const { touch, problem, setProblem, foot } = useSigning();
  const [done, setDone] = useState(false);
  // What was decided when this was shown: a word is bound to its step, not to the last entry.
  const asked = useRef({ view, path, intended });
  const differs = words("differs");
  const typedInto = useTyped();

  useEffect(() => {
    let wanted = true;
    const { path: from, intended: meant, view: seen } = asked.current;
    const look = async () => {
      const answer = await ask<Proposal>(from);
      const statement = answer.ok ? await readStatement(answer.value, meant, seen) : null;
      if (!wanted) return;
      if (!answer.ok) setProblem(answer.problem);
      else if (statement) setRead({ statement, proposal: answer.value });
      else setProblem({ code: "NOT-A-STATEMENT", sentence: differs });
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [differs, setProblem]);

  const put = async () => {
    if (!read || !view.me) return;
    const { statement, proposal } = read;
    const { openings, pages } = proposal;
    const typed = form === undefined ? [] : typedInto(form);
    const signable = { ...statement, rpId: view.rp.id, passkeys: view.me.passkeys };
    const kept = await touch(signable, (assertion) =>
      send({ act: "sign", statement: statement.text, openings, assertion, ...(pages && { pages }) }, typed),
    );
    if (kept) setDone(true);
  };

  if (done) {
    return (
      <Notice look="plain" title={words("signedTitle")} alert>
        <p>{signed}</p>
      </Notice>
    );
  }
  return (
    <div className="space-y-6">
      {still ? null : (
        <Notice look="wait" title={words("moved")} alert>
          {null}
        </Notice>
      )}
      {read || problem ? null : <p aria-live="polite">{words("asking")}</p>}
      {children}
      {read ? <StatementPaper read={read.statement} view={view} remark={intended.remark} onWall={false} /> : null}
      <ProblemNotice problem={problem} />
      {read && still ? (
        <SigningFoot
          {...foot}
          said={words("readIt")}
          left={<ExpiryCountdown expires={read.statement.statement.expires} />}
          sound={read.statement.sound}
          sign={sign}
          onSign={() => void put()}
          onClose={onClose}
        />
      ) : null}
    </div>
  );
}
