import { Check } from "lucide-react";
import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { PacedTime, useServerNow } from "./console-panel";
import { paceOf } from "./pace";
import { stepAnchor } from "./step-find";

/** The acts, so that everybody knows how far along they are. */
export function ActOutline({ view }: { view: RoomView }) {
  const words = useWords("steps");
  const { acts } = paceOf(view, useServerNow(view));
  return (
    <nav aria-label={words("acts")} className="no-print">
      <ol className="space-y-1">
        {view.acts.map(({ act, title, steps }, i) => {
          const done = steps.filter(({ status }) => status === "done").length;
          const here = steps.some(({ current }) => current);
          const last = steps.at(-1)?.doneAt ?? null;
          const target = steps.find(({ current }) => current) ?? steps[0];
          return (
            <li key={act}>
              <a
                href={`#${stepAnchor(target?.step ?? "")}`}
                aria-current={here ? "step" : undefined}
                className={`flex items-baseline gap-2 border-l-4 py-1.5 pr-2 pl-3 leading-snug hover:bg-sunken ${here ? "border-ink bg-sunken font-semibold" : "border-transparent"}`}
              >
                <span className="clock w-4 shrink-0 text-sm text-quiet">{i + 1}</span>
                <span className={`min-w-0 flex-1 ${done === 0 && !here ? "text-quiet" : ""}`}>
                  {title}
                  <span className="block text-xs font-normal text-quiet">
                    <PacedTime paced={acts.get(act) ?? { planned: null, taken: null }} />
                  </span>
                </span>
                <span className="clock shrink-0 text-xs text-quiet">
                  {done === steps.length && last ? (
                    <>
                      <Check aria-label={words("done")} className="mr-0.5 inline size-3.5 text-ink" />
                      <ClockTime at={last} />
                    </>
                  ) : (
                    <span aria-label={words("doneOf", { done, of: steps.length })}>
                      {done}/{steps.length}
                    </span>
                  )}
                </span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
