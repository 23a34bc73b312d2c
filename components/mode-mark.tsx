"use client";

import type { Mode } from "#lib/ceremony/roles";
import { useWords } from "./words";

/** Which of the two a ceremony is, in words; never by colour alone. */
export function ModeMark({ mode }: { mode: Mode }) {
  const words = useWords("parts");
  return mode === "rehearsal" ? (
    <span className="inline-block border-2 border-dashed border-[var(--hatch)] px-1.5 text-xs leading-5 font-bold tracking-[0.12em] whitespace-nowrap text-ink uppercase">
      {words("rehearsal")}
    </span>
  ) : (
    <span className="inline-block border-2 border-ink px-1.5 text-xs leading-5 font-bold tracking-[0.12em] whitespace-nowrap text-ink uppercase">
      {words("production")}
    </span>
  );
}
