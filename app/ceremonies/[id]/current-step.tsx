import { Button } from "#components/button";
import { HashBlock } from "#components/hash-block";
import { ClockTime } from "#components/moment";
import { Notice } from "#components/notice";
import { SealRow } from "#components/seal-row";
import { Translations, textsIn } from "#components/translations";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";
import { deviationAt } from "./deviation-about";
import { ExpiryCountdown } from "./expiry-countdown";
import { may } from "./may";
import { OperationResults } from "./operation-results";
import { PaperButton } from "./paper-button";
import { PaperMark } from "./paper-mark";
import type { RoomSheet } from "./room-sheet";
import { SecretParts } from "./secret-parts";
import { StepDoings } from "./step-doings";
import { StepFiles } from "./step-files";
import { openSheetAt, stepAnchor } from "./step-find";
import { StepTime } from "./step-time";
import { WorkerLine } from "./worker-line";

/** The step everybody is at: its text large enough to read aloud, and how far it has come. */
export function CurrentStep({ step, view, onSheet }: { step: StepView; view: RoomView; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("steps");
  const { openedAt, coolsUntil, minutes } = step;
  return (
    <article
      aria-current="step"
      className="-mx-4 my-4 border-y-2 border-ink bg-sheet px-4 py-5 md:mx-0 md:border-2 md:px-8 md:py-7"
    >
      <header className="flex items-baseline gap-4">
        <span className="clock text-xl text-quiet">{step.number}</span>
        <h3
          id={stepAnchor(step.step)}
          tabIndex={-1}
          data-step
          className="min-w-0 flex-1 text-2xl leading-tight font-semibold"
        >
          {step.title}
        </h3>
        <span className="shrink-0 text-right text-sm text-quiet">
          {openedAt
            ? words.rich("opened", { at: () => <ClockTime at={openedAt} /> })
            : coolsUntil
              ? words.rich("opensFrom", { at: () => <ClockTime at={coolsUntil} /> })
              : minutes === null
                ? null
                : words("planned", { minutes })}
          {openedAt ? (
            <span className="block">
              <StepTime step={step.step} view={view} />
            </span>
          ) : null}
        </span>
      </header>
      <Translations of={textsIn(step.translations, "title")} className="pl-9" />
      <p className="spoken mt-4 max-w-[38em] text-[1.35rem] leading-[1.5] md:text-[1.5rem]">{step.say}</p>
      <Translations of={textsIn(step.translations, "say")} className="spoken mt-2 max-w-[46em] text-[1.05rem] leading-[1.5]" />
      <Translations of={textsIn(step.translations, "asked")} className="mt-2 text-[0.95rem]" />
      <div className="mt-6 space-y-6">
        {step.halt ? (
          <Notice look="halt" title={words(step.status === "failed" ? "haltedAtToken" : "halted")}>
            <p>{step.halt}</p>
            <CompleteSheet step={step.step} view={view} onSheet={onSheet} />
          </Notice>
        ) : null}
        {step.status === "expired" ? (
          <Notice look="wait" title={words("expired")}>
            <p>{words("expiredAbout")}</p>
          </Notice>
        ) : null}
        {step.aloud ? <HashBlock of={words("aloud", { what: step.aloud.of })} hex={step.aloud.value} /> : null}
        <OperationResults step={step} />
        <Progress step={step} />
        {view.secrets ? <SecretParts secrets={view.secrets} className="border-l-4 border-rule pl-4" /> : null}
        {step.kind === "operation" ? <WorkerLine worker={view.worker} /> : null}
        <StepFiles ceremony={view.id} files={step.files} />
        <PaperMark step={step} />
        <StepDoings step={step} />
        <PaperButton view={view} onSheet={onSheet} />
      </div>
    </article>
  );
}

/** The open sheet of the step, for everybody who may complete it. Not in a stopped room: the stop comes first, and not by it. */
function CompleteSheet({ step, view, onSheet }: { step: string; view: RoomView; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("sheets");
  const open = openSheetAt(view, step);
  // Whose turn it is has the same button, larger, under their turn.
  if (!open || !may(view, "note-deviation") || view.turn?.act === "note-deviation" || view.phase === "stopped") return null;
  return (
    <Button
      className="no-print mt-3"
      onClick={() => {
        onSheet(deviationAt(view, step));
      }}
    >
      {words("complete", { number: open.number })}
    </Button>
  );
}

/** The seals of a step that is open, with what is still missing in words. */
function Progress({ step }: { step: StepView }) {
  const words = useWords("steps");
  if (step.seals.length === 0 || step.openedAt === null) return null;
  const done = step.seals.filter(({ state }) => state === "done" || state === "approved").length;
  return (
    <section aria-label={words("progress")}>
      <p className="mb-3">
        {words.rich("count", {
          ...{ done: String(done), takes: String(step.takes) },
          b: (text) => <strong className="text-lg">{text}</strong>,
          n: (text) => <span className="clock">{text}</span>,
        })}{" "}
        {words(`counted.${step.kind}`)}
        {step.approvals ? <span className="text-quiet"> {words("takes", { rule: step.approvals.rule })}</span> : null}
        {step.expires ? (
          <span className="text-quiet">
            {" "}
            · <ExpiryCountdown expires={step.expires} />
          </span>
        ) : null}
      </p>
      <SealRow seals={step.seals} needed={step.takes < step.seals.length ? step.takes : null} label={words("seals", { number: step.number })} />
    </section>
  );
}
