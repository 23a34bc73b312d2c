import { ExactText } from "#components/exact-text";
import { FactList } from "#components/fact-list";
import { HashHex, HashWords } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { OperationTranslation } from "#components/operation-translation";
import { useWords } from "#components/words";
import type { StatementAct } from "#lib/ceremony/statement";
import type { RoomView } from "#lib/conduct/room";
import { CheckList } from "../../check-list";
import { SheetText } from "./exception-sheets";
import type { ReadStatement } from "./read-statement";
import { stepNumbered } from "./step-find";

/** Acts that are about what a step says, beside or in place of what the token does. */
const SAYS_STEP: readonly StatementAct[] = ["sign-off", "attest", "paper"];

/**
 * A statement as a person reads it before signing: everything on it is derived, in this browser, from the bytes to be signed.
 * The sentences of its operations are in the one language that the record has them in; a translation stands under them, marked
 * as one.
 */
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
  const words = useWords("signing");
  const roles = useWords("roles");
  const { statement } = read;
  const step = stepNumbered(view, statement.step);
  return (
    <div className="space-y-6">
      <div>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-quiet">
          <ModeMark mode={statement.mode} />
          {words("at", {
            ...{ name: view.me?.name ?? "", role: roles(statement.role) },
            ...{ number: step?.number ?? 0, title: step?.title ?? "" },
          })}
        </p>
        <p className="spoken mt-2 text-[1.4rem] leading-snug font-semibold">{words(`decision.${statement.act}`)}</p>
        {statement.act === "approve-resume" ? <GoesOnAs deviation={statement.deviation} view={view} /> : null}
        {SAYS_STEP.includes(statement.act) ? <p className="spoken mt-2 text-xl">{step?.say}</p> : null}
        {statement.verdict ? <p className="spoken mt-2 text-xl font-semibold">{words(`verdict.${statement.verdict}`)}</p> : null}
        <ol className="mt-3 space-y-5">
          {read.sentences.map(({ sentence, translation, facts }, i) => (
            <li key={i} className="space-y-2">
              <p lang="en" className="spoken text-[1.3rem] leading-[1.45]">
                {sentence}
              </p>
              <OperationTranslation text={translation} />
              <FactList facts={facts} />
            </li>
          ))}
        </ol>
        {remark === "" ? null : <p className="spoken mt-3 border-l-2 border-ink pl-3 text-lg">{words("said", { remark })}</p>}
        <p className="mt-4 text-sm text-quiet">
          {words.rich("token", { serial: () => <Serial serial={statement.token.serial || "–"} /> })}
          {Object.entries(statement.token.others ?? {}).map(([name, serial]) => (
            <span key={name}>{words.rich("otherToken", { name, serial: () => <Serial serial={serial} /> })}</span>
          ))}
          {words.rich("validity", { mode: statement.mode, until: () => <DayAndTime at={statement.expires} /> })}
        </p>
      </div>

      <section aria-label={words("hash")} className="border-y-2 border-ink py-4">
        <h3 className="font-semibold">{words("hashTitle")}</h3>
        <p className="mt-0.5 text-sm text-quiet">{words(onWall ? "hashOnWall" : "hashKept")}</p>
        <HashWords hex={read.hash} emphasise={onWall ? 4 : 0} className="mt-3 text-[1.05rem]" />
        <HashHex hex={read.hash} className="mt-4 text-lg" />
      </section>

      <ExactText text={read.text} />
      <CheckList checks={read.checks} sound={read.sound} />
    </div>
  );
}

/** The exception sheet that is agreed to, as it stands in the room. */
function GoesOnAs({ deviation, view }: { deviation: number | undefined; view: RoomView }) {
  const sheet = view.deviations.find(({ seq }) => seq === deviation);
  return sheet ? (
    <div className="mt-3 border-l-2 border-ink pl-3">
      <SheetText sheet={sheet} view={view} />
    </div>
  ) : null;
}

const Serial = ({ serial }: { serial: string }) => <span className="measured">{serial}</span>;
