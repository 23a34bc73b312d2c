import { ClockTime } from "#components/moment";
import { Notice } from "#components/notice";
import type { RoomView } from "#lib/conduct/room";
import type { LiveRoom } from "./use-room";

/** What everybody must know before anything else on the page: not connected, stopped, not taking part. */
export function RoomBanners({ view, lost }: { view: RoomView; lost: LiveRoom["lost"] }) {
  return (
    <>
      {lost ? (
        <Notice look="wait" title="Not connected." alert className="no-print">
          <p>
            {lost.problem.sentence} What you see is as it was at <ClockTime at={lost.since} /> and may be old. Nothing is lost; this page tries again by itself.
          </p>
        </Notice>
      ) : null}
      {view.stopped ? (
        <Notice look="halt" title={`Stopped by ${view.stopped.name}.`} alert>
          <p>
            At <ClockTime at={view.stopped.at} />: {view.stopped.reason} Nothing done so far is lost.
          </p>
        </Notice>
      ) : null}
      {view.me === null ? (
        <Notice look="plain" title="You are looking on.">
          <p>You have no part in this ceremony: you see everything and can change nothing.</p>
        </Notice>
      ) : null}
    </>
  );
}
