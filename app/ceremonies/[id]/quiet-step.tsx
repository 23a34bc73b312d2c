import { Check } from "lucide-react";
import { ClockTime } from "#components/moment";
import { Translations, textsIn } from "#components/translations";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";
import { PaperMark, PaperWord } from "./paper-mark";
import { leads } from "./room-keys";
import type { RoomSheet } from "./room-sheet";
import { StepFiles } from "./step-files";
import { stepAnchor } from "./step-find";
import { StepDoings } from "./step-doings";
import { StepTook } from "./step-time";
import { OperationResults } from "./operation-results";
import type { Send } from "./use-room";
import { WitnessMarks } from "./witness-marks";

type QuietProps = { step: StepView; view: RoomView; send: Send; onSheet: (sheet: RoomSheet) => void };

/** A step that is done (one line that unfolds to everything about it) or still to come (its text, quietly). */
export function QuietStep({ step, view, send, onSheet }: QuietProps) {
  const words = useWords("steps");
  const done = step.status === "done";
  if (!done) {
    return (
      <article className="print-whole flex gap-3 border-b border-rule py-2.5 text-quiet">
        <span className="clock w-7 shrink-0 text-right">{step.number}</span>
        <div className="min-w-0 flex-1">
          <h3 id={stepAnchor(step.step)} tabIndex={-1} data-step className="font-semibold">
            {step.title}
          </h3>
          <Translations of={textsIn(step.translations, "title")} className="text-sm" />
          <p className="spoken max-w-prose text-[0.95rem]">{step.say}</p>
          <Translations of={textsIn(step.translations, "say")} className="spoken max-w-prose text-sm" />
        </div>
        {step.minutes === null ? null : <span className="shrink-0 text-sm">{words("minutes", { minutes: step.minutes })}</span>}
      </article>
    );
  }
  return (
    <article className="border-b border-rule">
      <details className="group">
        <summary
          id={stepAnchor(step.step)}
          data-step
          className="flex list-none items-baseline gap-3 py-2 hover:bg-sunken"
        >
          <span className="clock w-7 shrink-0 text-right text-quiet">{step.number}</span>
          <Check aria-hidden="true" className="mt-1 size-4 shrink-0 self-start" />
          <span className="min-w-0 flex-1">
            <h3 className="inline font-semibold">{step.title}</h3>
            <span className="sr-only">{words("doneAfterTitle")}</span>
            <span className="hidden text-quiet md:inline">
              {step.results.length > 0 ? ` · ${step.results.join(", ")}` : null}
            </span>
          </span>
          {step.paper ? <PaperWord /> : null}
          {step.seals.length + step.initials.length > 0 ? <Initials step={step} /> : null}
          <span className="shrink-0 text-right text-sm text-quiet">
            {step.doneAt ? <ClockTime at={step.doneAt} /> : null}
            {leads(view) ? (
              <span className="hidden text-xs lg:block">
                <StepTook step={step.step} view={view} />
              </span>
            ) : null}
          </span>
        </summary>
        <div className="space-y-4 pt-1 pb-5 pl-10">
          <Translations of={textsIn(step.translations, "title")} className="text-sm" />
          <p className="spoken max-w-prose">{step.say}</p>
          <Translations of={textsIn(step.translations, "say")} className="spoken max-w-prose text-sm" />
          <OperationResults step={step} />
          <StepFiles ceremony={view.id} files={step.files} />
          <PaperMark step={step} />
          <StepDoings step={step} />
          <WitnessMarks step={step} view={view} send={send} onSheet={onSheet} />
        </div>
      </details>
    </article>
  );
}

/** The initials column of the paper script. */
function Initials({ step }: { step: StepView }) {
  const did = step.seals.filter(({ state }) => state !== "waiting");
  const done = [...did, ...step.initials.filter(({ name }) => !did.some((one) => one.name === name))];
  return (
    <span className="hidden shrink-0 text-sm text-quiet lg:inline" title={done.map(({ name }) => name).join(", ")}>
      {done.slice(0, 6).map(({ initials }) => initials).join(" ")}
      {done.length > 6 ? " …" : ""}
    </span>
  );
}
