"use client";

import { CircleAlert, CircleCheck, Clock3 } from "lucide-react";
import { ClockTime, useSecond } from "#components/moment";
import { useWords } from "#components/words";
import type { Health } from "#lib/conduct/desk";

const SILENT_AFTER_MS = 20_000;

/** Whether the database answers and which workers have spoken lately, each in a sentence. */
export function HealthList({ health }: { health: Health }) {
  const words = useWords("desk");
  const second = useSecond();
  return (
    <ul className="space-y-2">
      <Line state={health.database.ok ? "good" : "bad"}>{words(health.database.ok ? "database" : "databaseGone")}</Line>
      {health.workers.length === 0 ? (
        <Line state="wait">{words("noWorker")}</Line>
      ) : null}
      {health.workers.map(({ worker, serial, state, sentence, seenAt }) => {
        const silent = second !== null && second * 1000 - Date.parse(seenAt) > SILENT_AFTER_MS;
        return (
          <Line key={worker} state={silent || state === "stopped" ? "bad" : state === "waiting" ? "wait" : "good"}>
            {words.rich(`${silent ? "workerSilent" : "workerSaid"}${serial ? "On" : ""}`, {
              sentence,
              name: () => <span className="measured">{worker}</span>,
              serial: () => <span className="measured [overflow-wrap:anywhere]">{serial}</span>,
              time: () => <ClockTime at={seenAt} />,
            })}
          </Line>
        );
      })}
    </ul>
  );
}

const MARKS = {
  good: { Icon: CircleCheck, className: "text-ink" },
  wait: { Icon: Clock3, className: "text-wait" },
  bad: { Icon: CircleAlert, className: "text-halt" },
} as const;

function Line({ state, children }: { state: keyof typeof MARKS; children: React.ReactNode }) {
  const { Icon, className } = MARKS[state];
  const words = useWords("desk");
  return (
    <li className="flex gap-2.5">
      <Icon aria-label={words(`mark.${state}`)} className={`mt-0.5 size-5 shrink-0 ${className}`} />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
