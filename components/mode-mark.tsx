import type { Mode } from "#lib/ceremony/roles";

/** Which of the two a ceremony is, in words; never by colour alone. */
export function ModeMark({ mode }: { mode: Mode }) {
  return mode === "rehearsal" ? (
    <span className="inline-block border-2 border-dashed border-[var(--hatch)] px-1.5 text-xs leading-5 font-bold tracking-[0.12em] whitespace-nowrap text-ink uppercase">
      Rehearsal
    </span>
  ) : (
    <span className="inline-block border-2 border-ink px-1.5 text-xs leading-5 font-bold tracking-[0.12em] whitespace-nowrap text-ink uppercase">
      Production
    </span>
  );
}
