"use client";

import { createContext, useContext } from "react";
import { ClockTime, useSecond } from "#components/moment";
import { useWords } from "#components/words";

/** By how many milliseconds this device's clock is ahead of the server's, by which approvals expire. */
export const ClockAhead = createContext(0);

/** Less is not worth a word: two clocks in one room. */
const WORTH_SAYING_MS = 2_000;

/** How long a step can still be signed, counted down by the server's clock whatever this device's says. */
export function ExpiryCountdown({ expires }: { expires: string }) {
  const words = useWords("connection");
  const ahead = useContext(ClockAhead);
  const now = useSecond();
  const at = () => <ClockTime at={expires} />;
  if (now === null) return words.rich("expiry.until", { at, b: () => null, left: "" });
  const left = Math.max(0, Math.ceil((Date.parse(expires) - (now * 1000 - ahead)) / 1000));
  const drift = Math.round(Math.abs(ahead) / 1000);
  const spelled = clock(left);
  return (
    <span className={left < 60 ? "text-halt" : undefined} data-left={left}>
      {left === 0
        ? words.rich("expiry.over", { at })
        : words.rich("expiry.until", { at, left: spelled, b: (text) => <strong className="clock">{text}</strong> })}
      {Math.abs(ahead) < WORTH_SAYING_MS ? null : (
        <> {words("expiry.drift", { seconds: drift, direction: ahead > 0 ? "ahead" : "behind" })}</>
      )}
      <Aloud left={left} />
    </span>
  );
}

/** "1:05:09", "4:30", "0:09". */
function clock(seconds: number): string {
  const two = (count: number) => String(count).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}` : `${String(minutes)}:${two(seconds % 60)}`;
}

/** Said to screen readers at these moments and at no other: a clock read aloud would drown the room. */
const SAID_AT = [0, 30, 60, 300] as const;

function Aloud({ left }: { left: number }) {
  const words = useWords("connection");
  const at = SAID_AT.find((moment) => left <= moment);
  return (
    <span role="status" className="sr-only">
      {at === undefined
        ? ""
        : at === 0
          ? words("expiry.overAloud")
          : at < 60
            ? words("expiry.seconds", { seconds: at })
            : words("expiry.minutes", { minutes: at / 60 })}
    </span>
  );
}
