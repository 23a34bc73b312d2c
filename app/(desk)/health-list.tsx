"use client";

import { CircleAlert, CircleCheck, Clock3 } from "lucide-react";
import { ClockTime, useSecond } from "#components/moment";
import type { Health } from "#lib/conduct/desk";

const SILENT_AFTER_MS = 20_000;

/** Whether the database answers and which workers have spoken lately, each in a sentence. */
export function HealthList({ health }: { health: Health }) {
  const second = useSecond();
  return (
    <ul className="space-y-2">
      <Line state={health.database.ok ? "good" : "bad"}>{health.database.sentence}</Line>
      {health.workers.length === 0 ? (
        <Line state="wait">No worker has reported so far. Ceremonies can be prepared; nothing can be done at a token.</Line>
      ) : null}
      {health.workers.map(({ worker, serial, state, sentence, seenAt }) => {
        const silent = second !== null && second * 1000 - Date.parse(seenAt) > SILENT_AFTER_MS;
        return (
          <Line key={worker} state={silent || state === "stopped" ? "bad" : state === "waiting" ? "wait" : "good"}>
            Worker <span className="measured">{worker}</span>
            {serial ? (
              <>
                {" on token "}
                <span className="measured [overflow-wrap:anywhere]">{serial}</span>
              </>
            ) : null}
            : {silent ? "silent since " : `${sentence} Seen at `}
            <ClockTime at={seenAt} />.
          </Line>
        );
      })}
    </ul>
  );
}

const MARKS = {
  good: { Icon: CircleCheck, className: "text-ink", word: "Well:" },
  wait: { Icon: Clock3, className: "text-wait", word: "Waiting:" },
  bad: { Icon: CircleAlert, className: "text-halt", word: "Trouble:" },
} as const;

function Line({ state, children }: { state: keyof typeof MARKS; children: React.ReactNode }) {
  const { Icon, className, word } = MARKS[state];
  return (
    <li className="flex gap-2.5">
      <Icon aria-label={word} className={`mt-0.5 size-5 shrink-0 ${className}`} />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
