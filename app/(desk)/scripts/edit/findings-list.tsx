import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { TextFinding } from "./examine-text";

type FindingsListProps = { findings: readonly TextFinding[]; onGoTo: (finding: TextFinding) => void };

/** Everything found in the text, in its order; each leads to its line. How many there are is said when it changes. */
export function FindingsList({ findings, onGoTo }: FindingsListProps) {
  const count = findings.length === 0 ? "No findings" : findings.length === 1 ? "1 finding" : `${String(findings.length)} findings`;
  return (
    <section aria-label="Findings" className="border border-t-0 border-edge bg-sheet">
      <h2 role="status" className="flex items-center gap-2 border-b border-rule px-3 py-2 text-sm font-semibold">
        {findings.length === 0 ? <CircleCheck aria-hidden="true" className="size-4" /> : <TriangleAlert aria-hidden="true" className="size-4 text-halt" />}
        {count}
      </h2>
      {findings.length > 0 ? (
        <ol className="max-h-72 divide-y divide-rule overflow-auto">
          {findings.map((finding, i) => (
            <li key={i}>
              <FindingLine finding={finding} onGoTo={onGoTo} />
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  );
}

function FindingLine({ finding, onGoTo }: { finding: TextFinding; onGoTo: (finding: TextFinding) => void }) {
  const { line, severity, sentence, code, why, remedy } = finding;
  const Mark = severity === "error" ? CircleAlert : TriangleAlert;
  return (
    <button type="button" onClick={() => { onGoTo(finding); }} className="grid w-full cursor-pointer grid-cols-[4.5rem_1fr] gap-x-2 px-3 py-2 text-left hover:bg-sunken">
      <span className="flex items-start gap-1.5 text-sm text-quiet">
        <Mark aria-hidden="true" className={`mt-1 size-3.5 shrink-0 ${severity === "error" ? "text-halt" : "text-wait"}`} />
        <span className="sr-only">{severity},</span> line {line}
      </span>
      <span className="min-w-0 space-y-0.5">
        <span className="block">{sentence}</span>
        {why ? <span className="block text-sm text-quiet">{why}</span> : null}
        {remedy ? (
          <span className="block text-sm">
            <span className="font-semibold">Remedy:</span> {remedy}
          </span>
        ) : null}
        {code ? <span className="measured block text-xs text-quiet">{code}</span> : null}
      </span>
    </button>
  );
}
