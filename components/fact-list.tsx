import type { Fact } from "#lib/ceremony/operation";

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
  return (
    <details>
      <summary>{value.includes("\n") ? `${String(value.split("\n").length)} lines` : `${String(value.split(", ").length)} entries`}</summary>
      <span className="whitespace-pre-wrap">{value}</span>
    </details>
  );
}
