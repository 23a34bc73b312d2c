"use client";

import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { classNames } from "./class-names";
import { useWords } from "./words";

export const inFours = (hex: string): string[] => hex.match(/.{1,4}/g) ?? [];
/** Two words a piece, as they are read aloud: one of two syllables, one of three. */
export const inPairs = (hex: string): string[] => {
  const words = hashWords(fromHex(hex));
  return Array.from({ length: Math.ceil(words.length / 2) }, (_, i) => words.slice(2 * i, 2 * i + 2).join(" "));
};

/** A hash as hex in fours, to be compared by eye across a table. */
export function HashHex({ hex, className }: { hex: string; className?: string }) {
  return (
    <span className={classNames("measured inline-flex flex-wrap gap-x-[0.75ch] gap-y-0.5 break-normal", className)}>
      <span className="sr-only">{inFours(hex).join(" ")}</span>
      {inFours(hex).map((four, i) => (
        <span key={i} aria-hidden="true">
          {four}
        </span>
      ))}
    </span>
  );
}

/** The same hash as words in pairs, to be read aloud; the first eight words are what the wall shows. */
export function HashWords({ hex, emphasise = 0, className }: { hex: string; emphasise?: number; className?: string }) {
  const words = useWords("parts");
  return (
    <div className={classNames("@container", className)}>
      <ol
        className="grid gap-x-3 gap-y-1 @min-[21rem]:grid-cols-2 @min-[40rem]:grid-cols-4"
        aria-label={words("hashInWords")}
      >
        {inPairs(hex).map((pair, i) => (
          <li key={i} className={classNames("flex gap-1.5", i < emphasise ? "font-semibold" : emphasise > 0 && "text-quiet")}>
            <span className="clock w-5 shrink-0 text-right text-xs leading-[inherit] text-quiet" aria-hidden="true">
              {i + 1}
            </span>
            <span lang="en" className="spoken">
              {pair}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Hex and words together, under what it is the hash of. */
export function HashBlock({ of, hex }: { of: string; hex: string }) {
  return (
    <figure className="print-whole">
      <figcaption className="text-sm text-quiet">{of}</figcaption>
      <HashHex hex={hex} className="mt-1" />
      <HashWords hex={hex} className="mt-2 text-[0.95rem]" />
    </figure>
  );
}
