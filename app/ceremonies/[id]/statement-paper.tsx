import { ExactText } from "#components/exact-text";
import { FactList } from "#components/fact-list";
import { HashHex, HashWords } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { ClockTime } from "#components/moment";
import type { StatementAct } from "#lib/ceremony/statement";
import type { RoomView } from "#lib/conduct/room";
import { CheckList } from "../../check-list";
import type { ReadStatement } from "./read-statement";
import { stepNumbered } from "./step-find";

export const DECISIONS = {
  approve: "I approve",
  refuse: "I refuse",
  "enter-part": "I enter a part",
  "sign-off": "I sign",
  attest: "I attest that this was done as the transcript has it",
  paper: "I say that this step was done on paper",
  "release-notebook": "I release my notebook",
} as const;
/** Acts that are about what a step says, beside or in place of what the token does. */
const SAYS_STEP: readonly StatementAct[] = ["sign-off", "attest", "paper"];

export const VERDICTS = {
  agree: "I agree.",
  "agree-except-noted": "I agree, except for what I note.",
  "do-not-agree": "I do not agree.",
} as const;

/** A statement as a person reads it before signing: everything on it is derived, in this browser, from the bytes to be signed. */
export function StatementPaper({
  read,
  view,
  remark,
  onWall,
}: {
  read: ReadStatement;
  view: RoomView;
  remark: string;
  onWall: boolean;
}) {
  const { statement } = read;
  const step = stepNumbered(view, statement.step);
  return (
    <div className="space-y-6">
      <div>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-quiet">
          <ModeMark mode={statement.mode} />
          {view.me?.name}, {statement.role} · step {step?.number}, {step?.title}
        </p>
        <p className="spoken mt-2 text-[1.4rem] leading-snug font-semibold">
          {DECISIONS[statement.act]}
          {statement.act === "approve" || statement.act === "refuse" || statement.act === "enter-part" ? " the following:" : ":"}
        </p>
        {SAYS_STEP.includes(statement.act) ? <p className="spoken mt-2 text-xl">{step?.say}</p> : null}
        {statement.verdict ? <p className="spoken mt-2 text-xl font-semibold">{VERDICTS[statement.verdict]}</p> : null}
        <ol className="mt-3 space-y-5">
          {read.sentences.map(({ sentence, facts }, i) => (
            <li key={i} className="space-y-2">
              <p className="spoken text-[1.3rem] leading-[1.45]">{sentence}</p>
              <FactList facts={facts} />
            </li>
          ))}
        </ol>
        {remark === "" ? null : <p className="spoken mt-3 border-l-2 border-ink pl-3 text-lg">“{remark}”</p>}
        <p className="mt-4 text-sm text-quiet">
          On token <span className="measured">{statement.token.serial}</span>
          {Object.entries(statement.token.others ?? {}).map(([name, serial]) => (
            <span key={name}>
              , {name} <span className="measured">{serial}</span>
            </span>
          ))}
          , in {statement.mode === "rehearsal" ? "a rehearsal" : "production"}. Good until <ClockTime at={statement.expires} />.
        </p>
      </div>

      <section aria-label="Hash of what you sign" className="border-y-2 border-ink py-4">
        <h3 className="font-semibold">The hash of what you sign, computed in this browser</h3>
        <p className="mt-0.5 text-sm text-quiet">
          {onWall
            ? "The first four pairs stand beside your name on the wall. Compare them before you sign."
            : "It stands in your receipt and in the record, beside what you write here."}
        </p>
        <HashWords hex={read.hash} emphasise={onWall ? 4 : 0} className="mt-3 text-[1.05rem]" />
        <HashHex hex={read.hash} className="mt-4 text-lg" />
      </section>

      <ExactText text={read.text} />
      <CheckList checks={read.checks} sound={read.sound} />
    </div>
  );
}
