import type { ReactNode, SyntheticEvent } from "react";
import type { Carried } from "#lib/carried/carried";
import { TurningCode } from "./turning-code";
import { useWords } from "./words";

/** In the middle of the sheet: its foot stays where it is, and must not cover the code. */
const bringUp = ({ currentTarget }: SyntheticEvent<HTMLDetailsElement>) => {
  if (currentTarget.open) currentTarget.scrollIntoView({ block: "center" });
};

type FoldProps = { carried: Carried; label: string; children?: ReactNode };

/** A code for a second screen, folded away until somebody wants to compare; with the words, where they are not in sight. */
export function CodeFold({ carried, label, children }: FoldProps) {
  const words = useWords("wall");
  return (
    <details onToggle={bringUp}>
      <summary className="font-semibold underline decoration-edge underline-offset-4">{words("compare")}</summary>
      <p className="mt-2 text-sm text-quiet">{words("compareWhy")}</p>
      <TurningCode
        carried={carried}
        label={label}
        counted={(part, parts) => words("codePart", { part: String(part), parts: String(parts) })}
        className="mt-3 max-w-80"
      />
      {children}
    </details>
  );
}
