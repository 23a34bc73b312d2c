import { HashHex } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { useLanguage, useWords } from "#components/words";
import type { RehearsedView, RoomView } from "#lib/conduct/room";
import { listed } from "#lib/words/list";

/** Which rehearsal passed, when, with whom and what differed; in production also that there was none. */
export function RehearsalNote({ view: { rehearsed, mode, script } }: { view: RoomView }) {
  const words = useWords("rehearsed");
  if (!rehearsed && mode === "rehearsal") return null;
  return (
    <div>
      <dt className="text-quiet">{words("title")}</dt>
      <dd>{rehearsed ? <Told rehearsed={rehearsed} planned={script.minutes} /> : words("none")}</dd>
    </div>
  );
}

function Told({ rehearsed: { ceremony, closedAt, head, told }, planned }: { rehearsed: RehearsedView; planned: number }) {
  const words = useWords("rehearsed");
  const language = useLanguage();
  return (
    <div className="space-y-1">
      <p className="[overflow-wrap:anywhere]">{words.rich("passed", { id: ceremony, at: () => <DayAndTime at={closedAt} /> })}</p>
      {told ? (
        <p>
          {words("took", { minutes: told.minutes, planned })} {words("people", { people: listed(told.people, language) })}
        </p>
      ) : null}
      {told && told.differed.length > 0 ? (
        <>
          <p>{words("differed")}</p>
          <ul className="list-disc pl-5">
            {told.differed.map((sentence, i) => (
              <li key={i}>{sentence}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>{words(told ? "alike" : "untold")}</p>
      )}
      <details>
        <summary className="underline decoration-edge underline-offset-4">{words("head")}</summary>
        <HashHex hex={head} className="mt-1" />
      </details>
      <p className="text-quiet">{words("word")}</p>
    </div>
  );
}
