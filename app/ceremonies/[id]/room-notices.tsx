import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { drift, isOff } from "./clock-drift";

/** What is better known early: an emergency, too few people for the rest of the script, a clock of one's own that is off. */
export function RoomNotices({ view, clock }: { view: RoomView; clock: number | null }) {
  const words = useWords("presence");
  const leading = useWords("console");
  const { emergency } = view.script;
  return (
    <>
      {emergency ? (
        <Notice look="halt" title={words("emergencyTitle")} className="py-2 md:px-6">
          <p>{words("emergency", emergency)}</p>
        </Notice>
      ) : null}
      {view.shortages.length > 0 ? (
        <Notice look="wait" title={words("shortTitle")} className="no-print py-2 md:px-6">
          <p>{view.shortages.join(" ")}</p>
        </Notice>
      ) : null}
      {clock !== null && isOff(clock) ? (
        <Notice look="wait" title={leading("clockHereOff", drift(clock))} className="no-print py-2 md:px-6" />
      ) : null}
    </>
  );
}
