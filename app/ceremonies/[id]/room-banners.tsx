import Link from "next/link";
import { ClockTime } from "#components/moment";
import { Notice } from "#components/notice";
import type { RoomView } from "#lib/conduct/room";
import type { LiveRoom } from "./use-room";

const SIGNED_OUT = ["NOT-SIGNED-IN", "SIGNED-OUT"];

/** What everybody must know before anything else, always in sight: not connected, stopped, only looking on. */
export function RoomBanners({ view, lost }: { view: RoomView; lost: LiveRoom["lost"] }) {
  return (
    <>
      {lost ? (
        <Notice
          look="wait"
          title={SIGNED_OUT.includes(lost.problem.code) ? "Signed out." : "Not connected."}
          alert
          className="no-print py-2 md:px-6"
        >
          <p>
            {lost.problem.sentence}{" "}
            {SIGNED_OUT.includes(lost.problem.code) ? (
              <Link href={`/sign-in?next=/ceremonies/${view.id}`} className="font-semibold underline underline-offset-4">
                Sign in again.
              </Link>
            ) : null}{" "}
            What you see is as it was at <ClockTime at={lost.since} />; this page tries again by itself.
          </p>
        </Notice>
      ) : null}
      {view.stopped ? (
        <Notice look="halt" title={`Stopped by ${view.stopped.name}.`} alert className="py-2 md:px-6">
          <p>
            At <ClockTime at={view.stopped.at} />: {view.stopped.reason} What was done so far stands.
          </p>
        </Notice>
      ) : null}
      {view.me === null ? (
        <Notice look="plain" title="You are looking on." className="py-2 md:px-6">
          <p>You have no part in this ceremony: you see everything and can change nothing.</p>
        </Notice>
      ) : null}
    </>
  );
}
