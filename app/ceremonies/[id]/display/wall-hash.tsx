import { inFours, inPairs } from "#components/hash-block";

/** A whole hash for the wall: words in pairs, and hex in fours. */
export function WallHash({ of, hex }: { of: string; hex: string }) {
  return (
    <figure>
      <figcaption className="text-[max(1rem,1.5vw)] text-quiet">{of}</figcaption>
      <ol className="spoken mt-[0.5vw] grid grid-cols-2 gap-x-[2vw] gap-y-[0.3vw] text-[max(1.1rem,1.9vw)] md:grid-cols-4">
        {inPairs(hex).map((pair, i) => (
          <li key={i}>{pair}</li>
        ))}
      </ol>
      <p className="measured mt-[0.8vw] flex flex-wrap gap-x-[1ch] text-[max(1rem,1.6vw)]">
        {inFours(hex).map((four, i) => (
          <span key={i}>{four}</span>
        ))}
      </p>
    </figure>
  );
}
