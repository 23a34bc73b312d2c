import Link from "next/link";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import type { PlanLine as Line } from "#lib/conduct/plan-view";
import { pageWords } from "../../page-words";

/** One plan in a list: when, where, and whether enough people will come. */
export async function PlanLine({ line }: { line: Line }) {
  const [words, roles] = await Promise.all([pageWords("plans"), pageWords("roles")]);
  const { draft, plan, title, mode, startsAt, room, attendance, mine, left } = line;
  return (
    <li className="border-b border-rule">
      <Link href={`/plans/${plan}`} className="group flex flex-wrap items-baseline gap-x-5 gap-y-1 py-3 hover:bg-sunken">
        <span className="min-w-0 flex-1 basis-64">
          <span className="text-lg font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">
            {title}
          </span>
          <span className={`block text-sm ${attendance === "impossible" ? "font-semibold text-halt" : "text-quiet"}`}>
            {draft ? <span className="text-wait">{words("draft.mark")} </span> : null}
            {draft && attendance === "open" ? null : words(attendance)}
            {left.overdue > 0 ? <span className="text-wait"> {words("overdue", { n: left.overdue })}</span> : null}
          </span>
        </span>
        <ModeMark mode={mode} />
        <span className="w-52 shrink-0 text-sm">
          {room}
          {mine ? <span className="block text-quiet">{words("youAre", { role: roles(mine.role) })}</span> : null}
        </span>
        <span className="w-44 shrink-0 text-sm text-quiet">
          <DayAndTime at={startsAt} />
        </span>
      </Link>
    </li>
  );
}
