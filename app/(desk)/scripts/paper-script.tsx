import { book } from "#lib/operations/book";
import { operationsOf, quorumRuleOf, ruleInWords, stepsOf, type Script, type Step } from "#lib/ceremony/script";

/** The script as it is printed and signed by hand: step, text, initials, time. */
export function PaperScript({ script }: { script: Script }) {
  const numbers = new Map(stepsOf(script).map((step, i) => [step.step, i + 1]));
  return (
    <div className="space-y-8">
      <Lines title="Before we begin" lines={script.prerequisites} />
      <Lines title="Equipment" lines={script.equipment} />
      {script.acts.map(({ act, title, steps }, i) => (
        <section key={act}>
          <h2 className="border-b border-ink pb-1 text-sm font-semibold">
            <span className="text-quiet">Act {i + 1}</span> {title}
          </h2>
          <ol>
            {steps.map((step) => (
              <PaperStep key={step.step} script={script} step={step} number={numbers.get(step.step) ?? 0} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function PaperStep({ script, step, number }: { script: Script; step: Step; number: number }) {
  const operations = operationsOf(step);
  const reads = operations.every((request) => book.find(request.operation)?.effect === "reads");
  return (
    <li
      id={`step-${step.step}`}
      className="print-whole grid scroll-mt-24 grid-cols-[2rem_1fr_5.5rem] gap-x-3 border-b border-rule py-3"
    >
      <span className="clock text-quiet">{number}</span>
      <div className="min-w-0 space-y-1.5">
        <h3 className="font-semibold">{step.title}</h3>
        <p className="spoken">{step.say}</p>
        {operations.map((request, i) => (
          <p key={i} className="spoken border-l-2 border-ink pl-3">
            {book.find(request.operation)?.sentence(request, { serial: "(its serial number)" }) ?? request.operation}
          </p>
        ))}
        <p className="text-sm text-quiet">
          {operations.length > 0
            ? reads
              ? "Reads only; needs no approval."
              : `Needs ${ruleInWords(quorumRuleOf(script, step))}.`
            : null}
          {"by" in step ? `By ${step.by.join(", ")}.` : null}
          {step.minutes === undefined ? "" : ` Planned ${String(step.minutes)} min.`}
        </p>
      </div>
      <span className="space-y-3 text-xs text-quiet" aria-hidden="true">
        <span className="block border-b border-edge pb-4">Initials</span>
        <span className="block border-b border-edge pb-4">Time</span>
      </span>
    </li>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 border-b border-ink pb-1 text-sm font-semibold">{title}</h2>
      <ul className="space-y-1">
        {lines.map((line) => (
          <li key={line} className="flex gap-2.5">
            <span aria-hidden="true" className="mt-1.5 size-3 shrink-0 border border-edge" />
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
