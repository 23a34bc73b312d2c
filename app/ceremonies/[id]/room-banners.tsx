import Link from "next/link";
import { Button } from "#components/button";
import { ClockTime } from "#components/moment";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { GoingOnView, RoomView } from "#lib/conduct/room";
import { ExpiryCountdown } from "./expiry-countdown";
import { HandBanner } from "./hand-dock";
import { isLeft } from "./line-lost";
import type { LiveRoom } from "./use-room";

const SIGNED_OUT = ["NOT-SIGNED-IN", "SIGNED-OUT"];

export type Line = Pick<LiveRoom, "lost" | "unconfirmed" | "earlier">;

/** What everybody must know before anything else, always in sight: not connected, not confirmed, stopped, only looking on. */
export function RoomBanners({ view, line }: { view: RoomView; line: Line }) {
  const words = useWords("connection");
  return (
    <>
      <LostLine view={view} lost={line.lost} />
      <NotConfirmed line={line} />
      {view.stopped ? (
        <Notice look="halt" title={words("stoppedTitle", { name: view.stopped.name })} alert className="py-2 md:px-6">
          <p>{words.rich("stopped", { at: () => <ClockTime at={view.stopped?.at ?? ""} />, reason: view.stopped.reason })}</p>
          {view.stopped.goingOn ? <GoingOn of={view.stopped.goingOn} /> : null}
        </Notice>
      ) : null}
      {view.hands ? <HandBanner view={view} /> : null}
      {view.me === null && view.hands === null ? (
        <Notice look="plain" title={words("lookingOnTitle")} className="py-2 md:px-6">
          <p>{words("lookingOn")}</p>
        </Notice>
      ) : null}
    </>
  );
}

/** How many of how many agree to going on as which sheet says, who they are, and how long that can be agreed to. */
function GoingOn({ of: { sheet, needed, rule, seals, expires } }: { of: GoingOnView }) {
  const words = useWords("connection");
  const agreed = seals.filter(({ state }) => state === "approved");
  const names = agreed.map(({ name }) => name).join(", ");
  return (
    <p>
      {words.rich("goingOn", { sheet, agreed: agreed.length, needed, rule, b: (text) => <strong className="clock">{text}</strong> })}{" "}
      {names === "" ? null : `${words("goingOnBy", { names })} `}
      <ExpiryCountdown expires={expires} />
    </p>
  );
}

function LostLine({ view, lost }: { view: RoomView; lost: Line["lost"] }) {
  const words = useWords("connection");
  if (!lost) return null;
  if (isLeft(lost)) {
    return (
      <Notice look="wait" title={words("leftTitle")} alert className="no-print py-2 md:px-6">
        <p>{words.rich("left", { at: () => <ClockTime at={lost.since} /> })}</p>
      </Notice>
    );
  }
  const signedOut = SIGNED_OUT.includes(lost.problem.code);
  return (
    <Notice look="wait" title={words(signedOut ? "signedOutTitle" : "lostTitle")} alert className="no-print py-2 md:px-6">
      <p>
        {words.rich("lost", { sentence: lost.problem.sentence, at: () => <ClockTime at={lost.since} /> })}{" "}
        {signedOut ? (
          <Link href={`/sign-in?next=/ceremonies/${view.id}`} className="font-semibold underline underline-offset-4">
            {words("signInAgain")}
          </Link>
        ) : null}
      </p>
    </Notice>
  );
}

/** The acts that have a name of their own here; for any other it is “your last act”. */
const NAMED = [
  "open-step",
  "acknowledge",
  "check-identity",
  "enter-value",
  "note-evidence",
  "sign",
  "note-deviation",
  "stop",
  "resume",
  "abort",
] as const;

/** Of what I did: that it is not certain, and later what came of it. */
function NotConfirmed({ line: { unconfirmed, earlier } }: { line: Line }) {
  const words = useWords("connection");
  const named = (act: string) => words(`act.${NAMED.find((one) => one === act) ?? "other"}`);
  if (unconfirmed) {
    return (
      <Notice look="wait" title={words("unconfirmedTitle")} alert className="no-print py-2 md:px-6">
        <p>{words.rich("unconfirmed", { act: named(unconfirmed.act), at: () => <ClockTime at={unconfirmed.since} /> })}</p>
      </Notice>
    );
  }
  if (!earlier) return null;
  const { written, act } = earlier;
  return (
    <Notice
      look={written ? "plain" : "wait"}
      title={words(written ? "earlierWrittenTitle" : "earlierNotTitle")}
      alert
      className="no-print py-2 md:px-6"
    >
      <p>{written ? words("earlierWritten", { act: named(act), seq: written.seq }) : words("earlierNot", { act: named(act) })}</p>
      <Button size="small" onClick={earlier.forget}>
        {words("understood")}
      </Button>
    </Notice>
  );
}
