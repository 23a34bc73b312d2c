"use client";

import { CircleCheck, CircleX, Clock3 } from "lucide-react";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { useWords } from "#components/words";
import type { PlanCast, PlanView } from "#lib/conduct/plan-view";
import { ProblemNotice } from "../../../problem-notice";
import { useAsking } from "./use-asking";

/** Who is invited, what they answered, and what is left of what the script needs. */
export function CastList({ plan }: { plan: Pick<PlanView, "plan" | "cast" | "needs" | "attendance" | "leads" | "mailServer" | "standing"> }) {
  const words = useWords("plans");
  const roles = useWords("roles");
  const { busy, problem, send } = useAsking();
  const { attendance } = plan;
  return (
    <>
      <p
        className={`mb-3 border-l-4 px-4 py-2 font-semibold ${attendance === "impossible" ? "border-halt bg-halt-wash" : attendance === "sure" ? "border-ink" : "border-wait bg-wait-wash"}`}
      >
        {words(attendance)}
      </p>
      <ul className="mb-4 space-y-1">
        {plan.needs.map(({ role, group, ...counts }) => {
          const short = counts.expected < counts.needed;
          return (
            <li key={`${role} ${group ?? ""}`} className={`flex gap-2 ${short ? "font-semibold text-halt" : ""}`}>
              {short ? <CircleX aria-hidden="true" className="mt-1 size-4 shrink-0" /> : <CircleCheck aria-hidden="true" className="mt-1 size-4 shrink-0" />}
              <span>
                {group === null ? roles(role) : words("group", { role: roles(role), group })}: {words("needOf", counts)}
              </span>
            </li>
          );
        })}
      </ul>
      <ProblemNotice problem={problem} className="mb-4" />
      <ul className="divide-y divide-rule border-y border-rule">
        {plan.cast.map((one) => (
          <li key={one.person} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-2">
            <span className="min-w-0">
              <span className="font-semibold">{one.name}</span> <span className="text-quiet">{roles(one.role)}</span>
              {one.reachable ? null : <span className="block text-sm text-wait">{words("noAddress")}</span>}
              {one.remark === null ? null : <span className="block text-sm text-quiet">{one.remark}</span>}
            </span>
            <span className="flex flex-wrap items-center gap-3">
              <Answered one={one} />
              {plan.leads && plan.mailServer && plan.standing && one.reachable ? (
                <Button
                  size="small"
                  look="quiet"
                  aria-disabled={busy}
                  aria-label={words("sendAgainNamed", { name: one.name })}
                  onClick={() => void send(`/api/plans/${plan.plan}/invitations/${one.person}/mail`, {})}
                >
                  {words("sendAgain")}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Answered({ one: { answer, proposedAt } }: { one: PlanCast }) {
  const words = useWords("plans");
  const Icon = answer === "accepted" ? CircleCheck : answer === null ? Clock3 : CircleX;
  return (
    <span className={`flex items-center gap-1.5 ${answer === "accepted" ? "" : answer === null ? "text-wait" : "text-halt"}`}>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <span>
        {words(answer ?? "unanswered")}
        {proposedAt === null ? null : (
          <>
            : <DayAndTime at={proposedAt} />
          </>
        )}
      </span>
    </span>
  );
}
