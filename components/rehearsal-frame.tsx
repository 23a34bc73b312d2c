"use client";

import { useWords } from "./words";

/** The hatched border round the whole viewport and the word, wherever what happens is a rehearsal. Production has none. */
export function RehearsalFrame() {
  const words = useWords("parts");
  return (
    <aside aria-label={words("mode")} className="rehearsal-frame">
      <p className="absolute top-0 left-1/2 h-[var(--frame-top)] -translate-x-1/2 bg-paper px-4 text-sm leading-[var(--frame-top)] font-bold tracking-[0.25em] text-ink print:static print:h-auto print:translate-none print:border print:text-center print:leading-normal">
        {words("rehearsalFrame")}
      </p>
    </aside>
  );
}
