import type { Language } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { hunksOf, lineDiff, type DiffLine } from "#lib/script-source/line-diff";

type ChangesProps = { before: string; after: string; empty: string; language: Language };

/**
 * Two texts, line by line: what went, what came, and enough round it to find it. Told by signs and words, not by colour alone.
 */
export function TextChanges({ before, after, empty, language }: ChangesProps) {
  const words = wordsIn(language).of("scripts");
  const hunks = hunksOf(lineDiff(before, after));
  if (hunks.length === 0) return <p className="text-quiet">{empty}</p>;
  return (
    <div
      role="region"
      aria-label={words("changes.lines")}
      tabIndex={0}
      className="measured overflow-x-auto border border-rule bg-sheet text-[0.8rem] leading-relaxed"
    >
      {hunks.map((hunk, i) => (
        <table key={i} className="w-full border-b border-rule last:border-b-0">
          <caption className="sr-only">{words("changes.hunk", { n: i + 1, of: hunks.length })}</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">{words("changes.lineBefore")}</th>
              <th scope="col">{words("changes.lineAfter")}</th>
              <th scope="col">{words("changes.change")}</th>
              <th scope="col">{words("changes.text")}</th>
            </tr>
          </thead>
          <tbody>
            {hunk.map((line, n) => (
              <ChangedLine key={n} line={line} said={words(`changes.${line.kind}`)} />
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

const LOOKS = {
  same: { sign: "", row: "text-quiet" },
  gone: { sign: "−", row: "bg-halt-wash" },
  new: { sign: "+", row: "bg-turn-wash" },
} as const;

function ChangedLine({ line: { kind, text, before, after }, said }: { line: DiffLine; said: string }) {
  const { sign, row } = LOOKS[kind];
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
