/** A word across the whole wall, behind everything, seen from the back of the room and on the film. */
export function AcrossWall({ children }: { children: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 160 90"
      preserveAspectRatio="xMidYMid slice"
      className="pointer-events-none fixed inset-0 -z-10 size-full"
    >
      <text
        x="80"
        y="45"
        transform="rotate(-24 80 45)"
        textAnchor="middle"
        dominantBaseline="central"
        textLength="150"
        lengthAdjust="spacingAndGlyphs"
        className="fill-[var(--hatch)] text-[26px] font-bold opacity-[0.13]"
      >
        {children}
      </text>
    </svg>
  );
}
