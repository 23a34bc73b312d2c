import { HashBlock } from "#components/hash-block";
import { ClockTime } from "#components/moment";
import { Notice } from "#components/notice";
import { SealRow } from "#components/seal-row";
import type { RoomView, StepView } from "#lib/conduct/room";
import { ExpiryCountdown } from "./expiry-countdown";
import { OperationResults } from "./operation-results";
import { PaperButton } from "./paper-button";
import { PaperMark } from "./paper-mark";
import type { RoomSheet } from "./room-sheet";
import { SecretParts } from "./secret-parts";
import { StepDoings } from "./step-doings";
import { StepFiles } from "./step-files";
import { stepAnchor } from "./step-find";
import { WorkerLine } from "./worker-line";

/** The step everybody is at: its text large enough to read aloud, and how far it has come. */
export function CurrentStep({ step, view, onSheet }: { step: StepView; view: RoomView; onSheet: (sheet: RoomSheet) => void }) {
  return (
    <article
      aria-current="step"
      className="-mx-4 my-4 scroll-mt-[calc(var(--frame-top)+5rem)] border-y-2 border-ink bg-sheet px-4 py-5 md:mx-0 md:border-2 md:px-8 md:py-7"
    >
      <header className="flex items-baseline gap-4">
        <span className="clock text-xl text-quiet">{step.number}</span>
        <h3
          id={stepAnchor(step.step)}
          tabIndex={-1}
          data-step
          className="min-w-0 flex-1 scroll-mt-24 text-2xl leading-tight font-semibold"
        >
          {step.title}
        </h3>
        <span className="shrink-0 text-right text-sm text-quiet">
          {step.openedAt ? (
            <>
              opened <ClockTime at={step.openedAt} />
            </>
          ) : step.coolsUntil ? (
            <>
              may be opened from <ClockTime at={step.coolsUntil} />
            </>
          ) : step.minutes === null ? null : (
            `planned ${String(step.minutes)} min`
          )}
        </span>
      </header>
      <p className="spoken mt-4 max-w-[38em] text-[1.35rem] leading-[1.5] md:text-[1.5rem]">{step.say}</p>
      <div className="mt-6 space-y-6">
        {step.halt ? (
          <Notice
            look="halt"
            title={step.status === "failed" ? "This step came to a halt at the token." : "This step came to a halt."}
          >
            <p>{step.halt}</p>
          </Notice>
        ) : null}
        {step.status === "expired" ? (
          <Notice look="wait" title="The time to sign has passed.">
            <p>
              What was signed stays in the transcript but counts no longer. The operator notes a deviation and opens the step
              again.
            </p>
          </Notice>
        ) : null}
        {step.aloud ? <HashBlock of={`${step.aloud.of}, to be read aloud`} hex={step.aloud.value} /> : null}
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

/** The seals of a step that is open, with what is still missing in words. */
function Progress({ step }: { step: StepView }) {
  if (step.seals.length === 0 || step.openedAt === null) return null;
  const done = step.seals.filter(({ state }) => state === "done" || state === "approved").length;
  const verb = {
    statement: "acknowledged",
    pause: "ended",
    attendance: "checked",
    check: "read",
    operation: "approved",
    evidence: "noted",
    "sign-off": "signed",
  }[step.kind];
  return (
    <section aria-label="Who has and who has not">
      <p className="mb-3">
        <strong className="text-lg">
          <span className="clock">{done}</span> of <span className="clock">{step.takes}</span>
        </strong>{" "}
        {verb}
        {step.approvals ? <span className="text-quiet"> · it takes {step.approvals.rule}</span> : null}
        {step.expires ? (
          <span className="text-quiet">
            {" "}
            · <ExpiryCountdown expires={step.expires} />
          </span>
        ) : null}
      </p>
      <SealRow seals={step.seals} needed={step.takes < step.seals.length ? step.takes : null} label={`Seals of step ${String(step.number)}`} />
    </section>
  );
}
