import { inPairs } from "#components/hash-block";
import { SealInWords, SealMark, useSealWords } from "#components/seal-row";
import { useWords } from "#components/words";
import type { Seal, StepView } from "#lib/conduct/step-view";
import { ExpiryCountdown } from "../expiry-countdown";

type WallSealsProps = {
  seals: readonly Seal[];
  takes: number;
  expires: string | null;
  /** By passkey: then each has words to compare. */
  signed: boolean;
};

/** Of a step, once it is open. */
export function WallSealsOf({ step: { seals, takes, expires, openedAt, approvals, kind } }: { step: StepView }) {
  if (openedAt === null) return null;
  return <WallSeals seals={seals} takes={takes} expires={expires} signed={approvals !== null || kind === "sign-off"} />;
}

/**
 * Who has and who has not; where signatures are asked, the words that each person's own device must show. The longest pair of
 * words fits one line of a card, so that the height of the wall does not depend on which words a hash has.
 */
export function WallSeals({ seals, takes, expires, signed }: WallSealsProps) {
  const words = useWords("wall");
  if (seals.length === 0) return null;
  const done = seals.filter(({ state }) => state === "done" || state === "approved").length;
  return (
    <section className="flex flex-wrap items-center gap-x-[3vw] gap-y-[1.5vw]" aria-label={words("who")}>
      <div className="flex flex-wrap items-baseline gap-x-[2vw]">
        <p className="text-[max(1.6rem,4.4vw)] leading-none font-semibold whitespace-nowrap">
          <span className="clock">{done}</span>
          <span className="text-[0.5em] text-quiet"> {words("ofNeeded")} </span>
          <span className="clock">{takes}</span>
        </p>
        {expires ? (
          <p className="text-[max(1rem,1.4vw)] leading-snug first-letter:uppercase">
            <ExpiryCountdown expires={expires} />
          </p>
        ) : null}
      </div>
      {signed ? (
        <ul className="grid min-w-0 grow basis-full grid-cols-[repeat(auto-fit,minmax(max(10rem,14vw),1fr))] gap-[1vw]">
          {seals.map((seal) => (
            <SealCard key={seal.person} seal={seal} />
          ))}
        </ul>
      ) : (
        <ul className="flex flex-wrap gap-[1.4vw]">
          {seals.map((seal) => (
            <li key={seal.person}>
              <SealMark seal={seal} size="large" />
              <span className="sr-only">
                <SealInWords seal={seal} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SealCard({ seal }: { seal: Seal }) {
  const { state } = useSealWords(seal);
  const hash = seal.statementHash ?? seal.toSign;
  return (
    <li
      className={`@container border-2 px-[0.9vw] py-[0.7vw] ${seal.state === "approved" ? "border-ink bg-sheet" : seal.state === "refused" ? "border-halt bg-halt-wash" : "border-dashed border-edge"}`}
    >
      <p className="text-[max(1rem,1.3vw)] leading-tight font-semibold">{seal.name}</p>
      <p className={`text-[max(0.9rem,1.1vw)] ${seal.state === "refused" ? "font-semibold text-halt" : "text-quiet"}`}>
        {state}
      </p>
      {hash ? (
        <ol className="spoken mt-[0.4vw] text-[max(0.9rem,min(1.45vw,9.6cqi))] leading-[1.3]">
          {inPairs(hash)
            .slice(0, 4)
            .map((pair, i) => (
              <li key={i}>{pair}</li>
            ))}
        </ol>
      ) : null}
    </li>
  );
}
