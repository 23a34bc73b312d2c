"use client";

import { CircleCheck, Clock3 } from "lucide-react";
import { DayAndTime } from "#components/moment";
import { useWords } from "#components/words";
import type { OwnLine } from "#lib/conduct/readiness-view";

/** When somebody last signed, and whether that counts still: a sign, and the same in words. */
export function OwnMark({ line: { at, counts }, said }: { line: OwnLine; said: "accepted" | "tested" }) {
  const words = useWords("readiness");
  const Mark = counts ? CircleCheck : Clock3;
  return (
    <span className={`inline-flex items-baseline gap-1.5 ${counts ? "" : "text-wait"}`}>
      <Mark aria-hidden="true" className="size-4 shrink-0 self-center" />
      <span>
        {at === null ? words("never") : words.rich(said, { at: () => <DayAndTime at={at} /> })}
        {at !== null && !counts ? `, ${words("tooOld")}` : ""}
      </span>
    </span>
  );
}
