import { Fragment } from "react";

/** As lib/store/desk-search.ts marks what was looked for. */
const MARKED = /\u0001([^\u0002]*)\u0002/;

/** A piece of what was found, with what was looked for marked in it. */
export function FoundPiece({ piece }: { piece: string }) {
  return (
    <span className="block text-sm text-quiet [overflow-wrap:anywhere]">
      {piece.split(MARKED).map((part, i) =>
        i % 2 === 1 ? (
          <mark key={i} className="bg-wait-wash font-semibold text-ink">
            {part}
          </mark>
        ) : (
          <Fragment key={i}>{part}</Fragment>
        ),
      )}
    </span>
  );
}
