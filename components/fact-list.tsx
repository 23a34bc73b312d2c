import type { Fact } from "#lib/ceremony/operation";

/** What is true, in rows: the name in words, the value in the voice it was come by. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
      {facts.map(({ name, value, measured }, i) => (
        <div key={i} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className={measured ? "measured mb-1.5 [overflow-wrap:anywhere] sm:mb-0" : "mb-1.5 sm:mb-0"}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
