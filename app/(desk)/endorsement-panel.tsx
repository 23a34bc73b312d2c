"use client";

import { CircleCheck, Clock3 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import type { EndorsementLine } from "#lib/conduct/desk";
import { EndorsementSheet } from "./endorsement-sheet";

/** What the signatures under a document come to, in a sentence. */
function sentenceOf({ what, signed, needed, reached, roster }: EndorsementLine): string {
  const missing = needed - signed.length;
  const people = `custodian${missing === 1 ? "" : "s"} of roster version ${String(roster)}`;
  if (what === "script") {
    return reached
      ? `Endorsed for production by custodians of roster version ${String(roster)}.`
      : `Not for production yet: ${String(missing)} more ${people} must endorse it.`;
  }
  return reached
    ? `Endorsed by the quorum of version ${String(roster)}; the worker trusts it by itself.`
    : `It does not count yet: ${String(missing)} more ${people} must endorse it.`;
}

/** Who has endorsed a roster or a script, who is awaited, and the button for whoever looks, when it is for them. */
export function EndorsementPanel({ line, me }: { line: EndorsementLine; me: string }) {
  const router = useRouter();
  const [reading, setReading] = useState(false);
  const [done, setDone] = useState(false);
  const { what, hash, reached, signed, awaited, mine } = line;
  return (
    <section
      aria-label={`Endorsements of this ${what}`}
      className={`border-l-4 px-5 py-4 ${reached ? "border-ink" : "border-wait bg-wait-wash"}`}
    >
      <p className="font-semibold">{sentenceOf(line)}</p>
      <ul className="mt-2 space-y-1">
        {signed.map(({ person, name, title, at }) => (
          <li key={person} className="flex gap-2">
            <CircleCheck aria-label="Has endorsed:" className="mt-1 size-4 shrink-0" />
            <span>
              {name} <span className="text-quiet">{title}</span> · <DayAndTime at={at} />
            </span>
          </li>
        ))}
        {awaited.map(({ person, name, title }) => (
          <li key={person} className="flex gap-2 text-quiet">
            <Clock3 aria-label={reached ? "Has not endorsed:" : "Awaited:"} className="mt-1 size-4 shrink-0" />
            <span>
              {name} {title}
            </span>
          </li>
        ))}
      </ul>
      <p role="status" className="sr-only">
        {done ? "You have endorsed it." : ""}
      </p>
      {mine ? (
        <Button
          look={reached ? "plain" : "turn"}
          className="mt-4"
          onClick={() => {
            setReading(true);
          }}
        >
          Read and endorse …
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
