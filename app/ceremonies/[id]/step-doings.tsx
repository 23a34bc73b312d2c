import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { StepView } from "#lib/conduct/step-view";

/** Who did what at this step, when. */
export function StepDoings({ step }: { step: StepView }) {
  const words = useWords("steps");
  const roles = useWords("roles");
  if (step.doings.length === 0) return null;
  return (
    <ol className="space-y-1 text-sm" aria-label={words("doings", { number: step.number })}>
      {step.doings.map((doing) => (
        <li key={doing.seq} className="flex gap-3">
          <span className="shrink-0 text-quiet">
            <ClockTime at={doing.at} />
          </span>
          <span className="min-w-0">
            <strong className="font-semibold">{doing.name}</strong> <span className="text-quiet">({roles(doing.role)})</span> {doing.did}
          </span>
        </li>
      ))}
    </ol>
  );
}
