"use client";

import { CircleCheck, Clock3 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { useWords } from "#components/words";
import type { EndorsementLine } from "#lib/conduct/desk";
import { EndorsementSheet } from "./endorsement-sheet";

/** Who has endorsed a roster or a script, who is awaited, and the button for whoever looks, when it is for them. */
export function EndorsementPanel({ line, me }: { line: EndorsementLine; me: string }) {
  const words = useWords("endorsements");
  const router = useRouter();
  const [reading, setReading] = useState(false);
  const [done, setDone] = useState(false);
  const { what, hash, reached, signed, awaited, mine, needed, roster } = line;
  return (
    <section
      aria-label={words(`${what}.panel`)}
      className={`border-l-4 px-5 py-4 ${reached ? "border-ink" : "border-wait bg-wait-wash"}`}
    >
      <p className="font-semibold">
        {reached ? words(`${what}.reached`, { roster }) : words(`${what}.missing`, { n: needed - signed.length, roster })}
      </p>
      <ul className="mt-2 space-y-1">
        {signed.map(({ person, name, title, at }) => (
          <li key={person} className="flex gap-2">
            <CircleCheck aria-label={words("has")} className="mt-1 size-4 shrink-0" />
            <span>
              {name} <span className="text-quiet">{title}</span> · <DayAndTime at={at} />
            </span>
          </li>
        ))}
        {awaited.map(({ person, name, title }) => (
          <li key={person} className="flex gap-2 text-quiet">
            <Clock3 aria-label={words(reached ? "hasNot" : "awaited")} className="mt-1 size-4 shrink-0" />
            <span>
              {name} {title}
            </span>
          </li>
        ))}
      </ul>
      <p role="status" className="sr-only">
        {done ? words("done") : ""}
      </p>
      {mine ? (
        <Button
          look={reached ? "plain" : "turn"}
          className="mt-4"
          onClick={() => {
            setReading(true);
          }}
        >
          {words("read")}
        </Button>
      ) : null}
      {reading ? (
        <EndorsementSheet
          intended={{ what, hash, person: me }}
          onClose={() => {
            setReading(false);
          }}
          onSigned={() => {
            setReading(false);
            setDone(true);
            router.refresh();
          }}
        />
      ) : null}
    </section>
  );
}
