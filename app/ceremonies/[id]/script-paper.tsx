import { Translations, textsIn } from "#components/translations";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { CurrentStep } from "./current-step";
import { QuietStep } from "./quiet-step";
import type { RoomSheet } from "./room-sheet";
import type { Send } from "./use-room";

/** The script as on paper: done steps fold to a line, the current one is open and large, the rest is there but quiet. */
export function ScriptPaper({ view, send, onSheet }: { view: RoomView; send: Send; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("steps");
  return (
    <div className="space-y-8">
      {view.acts.map(({ act, title, translations, steps }, i) => (
        <section key={act} aria-labelledby={`act-${act}`}>
          <h2
            id={`act-${act}`}
            className="mb-1 flex items-baseline gap-3 border-b border-ink pb-1 text-sm font-semibold tracking-wide"
          >
            <span className="text-quiet">{words("act", { n: i + 1 })}</span> {title}
          </h2>
          <Translations of={textsIn(translations, "title")} className="text-sm" />
          <ol>
            {steps.map((step) => (
              <li key={step.step}>
                {step.current && view.phase !== "closed" ? (
                  <CurrentStep step={step} view={view} onSheet={onSheet} />
                ) : (
                  <QuietStep step={step} view={view} send={send} onSheet={onSheet} />
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
