/** The hatched border round the whole viewport and the word, wherever what happens is a rehearsal. Production has none. */
export function RehearsalFrame() {
  return (
    <div className="rehearsal-frame">
      <p className="absolute bottom-0 left-1/2 -translate-x-1/2 rounded-t-[3px] bg-[var(--hatch)] px-3 py-0.5 text-xs font-bold tracking-[0.2em] text-white print:static print:translate-none print:border print:text-center print:text-black">
        REHEARSAL
      </p>
    </div>
  );
}
