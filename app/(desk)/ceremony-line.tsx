"use client";

import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { ModeMark } from "#components/mode-mark";
import { useWords } from "#components/words";
import type { CeremonyLine as Line } from "#lib/conduct/desk";

/** One ceremony in a list: what it is, where it stands, what it waits for. */
export function CeremonyLine({ line }: { line: Line }) {
  const words = useWords("desk");
  const roles = useWords("roles");
  const { id, title, mode, phase, role, step, awaited, openedAt, closedAt, sealed } = line;
  const ended = line.result === "completed" ? "completed" : "endedAborted";
  const state = words(`phase.${phase === "closed" ? ended : phase}`);
  const halted = phase === "stopped" || phase === "aborted";
  return (
    <li className="border-b border-rule">
      <Link href={`/ceremonies/${id}`} className="group flex flex-wrap items-baseline gap-x-5 gap-y-1 py-3 hover:bg-sunken">
        <span className="min-w-0 flex-1 basis-64">
          <span className="text-lg font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">
            {title}
          </span>
          <span className="block text-sm text-quiet">{phase === "closed" ? words(sealed ? "sealed" : "sealing") : awaited}</span>
          {line.afterwards ? <Finished {...line.afterwards} /> : null}
        </span>
        <ModeMark mode={mode} />
        <span className={`w-52 shrink-0 text-sm ${halted ? "font-semibold text-halt" : ""}`}>
          {step && phase !== "closed" ? words("stepOf", { phase: state, number: step.number, of: step.of }) : state}
          {role ? <span className="block font-normal text-quiet">{words("you", { role: roles(role) })}</span> : null}
        </span>
        <span className="w-44 shrink-0 text-sm text-quiet">
          <DayAndTime at={closedAt ?? openedAt} />
        </span>
      </Link>
    </li>
  );
}

/** A ceremony is finished when nothing of what its script leaves to do is left. */
function Finished({ open, overdue }: { open: number; overdue: number }) {
  const words = useWords("plans");
  return (
    <span className={`block text-sm ${open > 0 ? "text-wait" : "text-quiet"}`}>
      {open > 0 ? words("unfinished", { open }) : words("finished")}
      {overdue > 0 ? <span className="font-semibold text-halt"> {words("overdue", { n: overdue })}</span> : null}
    </span>
  );
}
