import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { ModeMark } from "#components/mode-mark";
import type { CeremonyLine as Line } from "#lib/conduct/desk";

const PHASES = { running: "In progress", break: "On a break", stopped: "Stopped", aborted: "Aborted, being closed", closed: "Closed" } as const;

const ending = (line: Line): string => (line.result === "completed" ? "Completed" : "Aborted");

/** One ceremony in a list: what it is, where it stands, what it waits for. */
export function CeremonyLine({ line }: { line: Line }) {
  const { id, title, mode, phase, role, step, awaited, openedAt, closedAt, sealed } = line;
  const halted = phase === "stopped" || phase === "aborted";
  return (
    <li className="border-b border-rule">
      <Link href={`/ceremonies/${id}`} className="group flex flex-wrap items-baseline gap-x-5 gap-y-1 py-3 hover:bg-sunken">
        <span className="min-w-0 flex-1 basis-64">
          <span className="text-lg font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">
            {title}
          </span>
          <span className="block text-sm text-quiet">{phase === "closed" ? awaitedWhenClosed(sealed) : awaited}</span>
        </span>
        <ModeMark mode={mode} />
        <span className={`w-52 shrink-0 text-sm ${halted ? "font-semibold text-halt" : ""}`}>
          {phase === "closed" ? ending(line) : PHASES[phase]}
          {step && phase !== "closed" ? `, step ${String(step.number)} of ${String(step.of)}` : ""}
          {role ? <span className="block font-normal text-quiet">You: {role}</span> : null}
        </span>
        <span className="w-44 shrink-0 text-sm text-quiet">
          <DayAndTime at={closedAt ?? openedAt} />
        </span>
      </Link>
    </li>
  );
}

const awaitedWhenClosed = (sealed: boolean): string =>
  sealed ? "The record is sealed and can be downloaded." : "The record is being sealed.";
