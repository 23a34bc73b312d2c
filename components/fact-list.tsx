"use client";

import type { Fact } from "#lib/ceremony/operation";
import { useWords } from "./words";

/** What is true, in rows: the name in words, the value in the voice it was come by. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="grid grid-cols-[fit-content(42%)_1fr] gap-x-5 gap-y-1">
      {facts.map(({ name, value, measured }, i) => (
        <div key={i} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className={measured ? "measured min-w-0 [overflow-wrap:anywhere]" : "min-w-0"}>
            {value.length > LONG ? <Long value={value} /> : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Longer than this, a value is a list, or a block such as a certificate, that nobody reads at a glance. */
const LONG = 160;

function Long({ value }: { value: string }) {
  const words = useWords("parts");
  return (
    <details>
      <summary>
        {value.includes("\n") ? words("lines", { n: value.split("\n").length }) : words("entries", { n: value.split(", ").length })}
      </summary>
      <span className="whitespace-pre-wrap">{value}</span>
    </details>
  );
}
