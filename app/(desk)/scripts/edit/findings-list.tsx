import { CircleAlert, CircleCheck, Lightbulb, TriangleAlert } from "lucide-react";
import { useWords } from "#components/words";
import type { AreaWords } from "#lib/words/words";
import type { TextFinding } from "./examine-text";

type FindingsListProps = { findings: readonly TextFinding[]; onGoTo: (finding: TextFinding) => void };

/** Everything found in the text, in its order; each leads to its line. How many there are is said when it changes. */
export function FindingsList({ findings, onGoTo }: FindingsListProps) {
  const words = useWords("scripts");
  return (
    <section aria-label={words("findings.title")} className="border border-t-0 border-edge bg-sheet">
      <h2 className="flex items-center gap-2 border-b border-rule px-3 py-2 text-sm font-semibold">
        {findings.length === 0 ? <CircleCheck aria-hidden="true" className="size-4" /> : null}
        <span role="status">{countsOf(findings, words)}</span>
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

/** "No findings", "1 error, 2 warnings, 3 of advice". */
function countsOf(findings: readonly TextFinding[], words: AreaWords<"scripts">): string {
  const count = (severity: TextFinding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const said = (["errors", "warnings", "advice"] as const).flatMap((key) => {
    const n = count(SEVERITIES[key]);
    return n === 0 ? [] : [words(`findings.${key}`, { n })];
  });
  return said.length === 0 ? words("findings.none") : said.join(", ");
}

const SEVERITIES = { errors: "error", warnings: "warning", advice: "advice" } as const;

const MARKS = {
  error: { Mark: CircleAlert, colour: "text-halt" },
  warning: { Mark: TriangleAlert, colour: "text-wait" },
  advice: { Mark: Lightbulb, colour: "text-quiet" },
} as const;

function FindingLine({ finding, onGoTo }: { finding: TextFinding; onGoTo: (finding: TextFinding) => void }) {
  const words = useWords("scripts");
  const { line, severity, sentence, code, why, remedy } = finding;
  const { Mark, colour } = MARKS[severity];
  return (
    <button
      type="button"
      onClick={() => {
        onGoTo(finding);
      }}
      className="grid w-full cursor-pointer grid-cols-[4.5rem_1fr] gap-x-2 px-3 py-2 text-left hover:bg-sunken"
    >
      <span className="flex items-start gap-1.5 text-sm text-quiet">
        <Mark aria-hidden="true" className={`mt-1 size-3.5 shrink-0 ${colour}`} />
        {words.rich("findings.at", { line, severity: () => <span className="sr-only">{words(`findings.severity.${severity}`)}</span> })}
      </span>
      <span className="min-w-0 space-y-0.5">
        <span className="block">{sentence}</span>
        <span className="block text-sm text-quiet">{why}</span>
        <span className="block text-sm">
          <span className="font-semibold">{words("findings.remedy")}</span> {remedy}
        </span>
        <span className="measured block text-xs text-quiet">{code}</span>
      </span>
    </button>
  );
}
