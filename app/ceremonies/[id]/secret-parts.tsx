import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { SecretsView } from "#lib/conduct/room";

const HALF = { 1: "first", 2: "second" } as const;

/** Who has entered which half of which secret, and which are awaited. Nobody is shown any of them. */
export function SecretParts({ secrets, className = "" }: { secrets: SecretsView; className?: string }) {
  const words = useWords("halves");
  return (
    <section aria-label={words("label")} className={className}>
      <ul className="space-y-[0.8em]">
        {secrets.list.map(({ secret, title, parts, apart }) => (
          <li key={secret}>
            <p className="font-semibold">{title.charAt(0).toUpperCase() + title.slice(1)}</p>
            <ul className="mt-[0.25em] flex flex-wrap gap-x-[2em] gap-y-[0.25em]">
              {parts.map(({ part, name, at }) => (
                <li key={part}>
                  {words(HALF[part])}:{" "}
                  {name !== null && at !== null ? (
                    <>
                      {words("enteredBy", { name })} <ClockTime at={at} />
                    </>
                  ) : (
                    <span className="text-wait">{words("awaited")}</span>
                  )}
                </li>
              ))}
            </ul>
            {apart.length === 0 ? null : <p className="mt-[0.25em] text-quiet">{words("apart", { names: apart.join(", ") })}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
