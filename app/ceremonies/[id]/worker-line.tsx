import { Cpu } from "lucide-react";
import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { WorkerView } from "#lib/conduct/room";

/** What the worker is doing, since when, and how long that usually takes. Never a bare spinner. */
export function WorkerLine({ worker }: { worker: WorkerView }) {
  const words = useWords("steps");
  const { since } = worker;
  const waiting = worker.state === "absent" || worker.state === "asked";
  return (
    <p className={`flex gap-2.5 ${waiting ? "text-wait" : ""}`} aria-live="polite">
      <Cpu
        aria-hidden="true"
        className={`mt-0.5 size-5 shrink-0 ${worker.state === "working" ? "motion-safe:animate-pulse" : ""}`}
      />
      <span className="min-w-0">
        {worker.sentence}
        {since && worker.state !== "absent" ? <> {words.rich("since", { at: () => <ClockTime at={since} /> })}</> : null}
        {worker.usually ? <span className="text-quiet"> {worker.usually}</span> : null}
      </span>
    </p>
  );
}
