import { hunksOf, lineDiff, type DiffLine } from "#lib/script-source/line-diff";

/**
 * Two texts, line by line: what went, what came, and enough round it to find it. Told by signs and words, not by colour alone.
 */
export function TextChanges({ before, after, empty }: { before: string; after: string; empty: string }) {
  const hunks = hunksOf(lineDiff(before, after));
  if (hunks.length === 0) return <p className="text-quiet">{empty}</p>;
  return (
    <div
      role="region"
      aria-label="Changed lines"
      tabIndex={0}
      className="measured overflow-x-auto border border-rule bg-sheet text-[0.8rem] leading-relaxed"
    >
      {hunks.map((hunk, i) => (
        <table key={i} className="w-full border-b border-rule last:border-b-0">
          <caption className="sr-only">
            Change {i + 1} of {hunks.length}
          </caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Line before</th>
              <th scope="col">Line after</th>
              <th scope="col">Change</th>
              <th scope="col">Text</th>
            </tr>
          </thead>
          <tbody>
            {hunk.map((line, n) => (
              <ChangedLine key={n} line={line} />
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

const LOOKS = {
  same: { sign: "", said: "unchanged", row: "text-quiet" },
  gone: { sign: "−", said: "gone", row: "bg-halt-wash" },
  new: { sign: "+", said: "new", row: "bg-turn-wash" },
} as const;

function ChangedLine({ line: { kind, text, before, after } }: { line: DiffLine }) {
  const { sign, said, row } = LOOKS[kind];
  return (
    <tr className={row}>
      <td className="w-10 px-1.5 text-right align-top text-quiet select-none">{before === 0 ? "" : before}</td>
      <td className="w-10 px-1.5 text-right align-top text-quiet select-none">{after === 0 ? "" : after}</td>
      <td className="w-5 text-center align-top font-semibold select-none">
        <span aria-hidden="true">{sign}</span>
        <span className="sr-only">{said}</span>
      </td>
      <td className="px-1.5 whitespace-pre-wrap">{text}</td>
    </tr>
  );
}
