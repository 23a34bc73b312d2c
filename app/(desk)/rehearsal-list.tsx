"use client";

import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { useLanguage, useWords } from "#components/words";
import { listed } from "#lib/words/list";
import type { RehearsalLine } from "#lib/conduct/rehearsal-line";

/**
 * Which rehearsals of the same text there were: when, with whom, and what differed. Told by the app, and no part of any record.
 */
export function RehearsalList({ lines }: { lines: readonly RehearsalLine[] }) {
  const words = useWords("desk");
  if (lines.length === 0) return <p className="text-quiet">{words("rehearsedNever")}</p>;
  return (
    <ul className="divide-y divide-rule border-y border-rule">
      {lines.map((line) => (
        <RehearsalEntry key={line.id} line={line} />
      ))}
    </ul>
  );
}

function RehearsalEntry({ line: { id, title, closedAt, passed, people, minutes, planned, differed } }: { line: RehearsalLine }) {
  const words = useWords("desk");
  const language = useLanguage();
  const Mark = passed ? CircleCheck : CircleX;
  return (
    <li className="space-y-0.5 py-2">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="inline-flex items-center gap-1.5 font-semibold">
          <Mark aria-hidden="true" className="size-4 self-center" /> {words(passed ? "rehearsedWell" : "rehearsedPartly")}
        </span>
        <DayAndTime at={closedAt} />
        {people === null ? (
          title
        ) : (
          <Link href={`/ceremonies/${id}`} className="underline decoration-edge underline-offset-4 hover:decoration-ink">
            {title}
          </Link>
        )}
      </p>
      <p className="text-sm text-quiet">
        {people === null
          ? words("rehearsalTook", { minutes, planned })
          : words("rehearsalWith", { minutes, planned, people: listed(people, language) })}
      </p>
      {differed.length === 0 ? (
        <p className="text-sm">{words("rehearsalAlike")}</p>
      ) : (
        <ul className="list-disc pl-5 text-sm">
          {differed.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
