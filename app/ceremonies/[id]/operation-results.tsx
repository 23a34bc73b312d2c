"use client";

import { FactList } from "#components/fact-list";
import { HashBlock } from "#components/hash-block";
import { OperationTranslation } from "#components/operation-translation";
import { ClockTime, Duration } from "#components/moment";
import { useWords } from "#components/words";
import type { OperationView, StepView } from "#lib/conduct/step-view";

/** What a step asks of the token, and what came of it. */
export function OperationResults({ step }: { step: StepView }) {
  if (step.operations.length === 0) return null;
  return (
    <ol className="space-y-5">
      {step.operations.map((operation, i) => (
        <li key={i} className={step.operations.length > 1 ? "border-l-2 border-rule pl-4" : ""}>
          <OneOperation operation={operation} />
        </li>
      ))}
    </ol>
  );
}

function OneOperation({ operation }: { operation: OperationView }) {
  const words = useWords("results");
  const { state, recovered, doneAt, milliseconds } = operation;
  const done = state === "done";
  const how = recovered ? "found" : "done";
  return (
    <div className="space-y-3">
      <p lang="en" className="spoken max-w-[42em] text-[1.2rem] leading-normal font-medium">
        {operation.sentence}
      </p>
      <OperationTranslation text={operation.translation} />
      {done ? (
        <div className="space-y-3">
          <p className="text-sm text-quiet">
            {words.rich(milliseconds === null ? how : `${how}After`, {
              time: () => (doneAt ? <ClockTime at={doneAt} /> : null),
              took: () => <Duration milliseconds={milliseconds ?? 0} />,
            })}
          </p>
          <FactList facts={operation.outcome} />
          <ReadBack attributes={operation.attributes} />
          {operation.fingerprint ? <HashBlock of={operation.fingerprint.of} hex={operation.fingerprint.value} /> : null}
        </div>
      ) : (
        <FactList facts={operation.facts} />
      )}
    </div>
  );
}

/** What the token itself says about what it now holds. */
function ReadBack({ attributes }: Pick<OperationView, "attributes">) {
  const words = useWords("results");
  if (attributes.length === 0) return null;
  return (
    <div>
      <p className="text-sm text-quiet">{words("readBack")}</p>
      <ul className="mt-1 grid gap-x-6 gap-y-0.5 sm:grid-cols-2">
        {attributes.map(({ text, needless }) => (
          <li key={text} className={needless ? "font-semibold text-halt" : ""}>
            {needless ? words("needless", { text }) : text}
          </li>
        ))}
      </ul>
    </div>
  );
}
