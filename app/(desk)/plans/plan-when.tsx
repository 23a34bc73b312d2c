import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import type { Mode } from "#lib/ceremony/roles";

/** Under the title of a plan's pages: its mode, when it is, and where. */
export function PlanWhen({ plan }: { plan: { readonly mode: Mode; readonly startsAt: string; readonly room: string } }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ModeMark mode={plan.mode} />
      <span>
        <DayAndTime at={plan.startsAt} />
        {plan.room === "" ? null : ` · ${plan.room}`}
      </span>
    </span>
  );
}
