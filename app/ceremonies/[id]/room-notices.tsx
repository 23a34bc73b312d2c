import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import { CLOCK_STEP_MS } from "#lib/ceremony/admit-people";
import type { RoomView } from "#lib/conduct/room";

/** What is better known early: too few people for the rest of the script, and a clock of one's own that is off. */
export function RoomNotices({ view, clock }: { view: RoomView; clock: number | null }) {
  const words = useWords("presence");
  const seconds = Math.round(Math.abs(clock ?? 0) / 100) / 10;
  return (
    <>
      {view.shortages.length > 0 ? (
        <Notice look="wait" title={words("shortTitle")} className="no-print py-2 md:px-6">
          <p>{view.shortages.join(" ")}</p>
        </Notice>
      ) : null}
      {clock !== null && Math.abs(clock) > CLOCK_STEP_MS ? (
        <Notice look="wait" title={words(clock > 0 ? "clockAhead" : "clockBehind", { seconds })} className="no-print py-2 md:px-6" />
      ) : null}
    </>
  );
}
