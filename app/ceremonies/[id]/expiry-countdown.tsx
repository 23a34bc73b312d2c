"use client";

import { createContext, useContext } from "react";
import { ClockTime, useSecond } from "#components/moment";
import { useWords } from "#components/words";
import { spell } from "./pace";

/** By how many milliseconds this device's clock is ahead of the server's, by which approvals expire. */
export const ClockAhead = createContext(0);

/** Less is not worth a word: two clocks in one room. */
const WORTH_SAYING_MS = 2_000;

/** Whole seconds until then, by the server's clock, where this device's is that far ahead of it; none below zero. */
export const secondsLeft = (expires: string, second: number, ahead: number): number =>
  Math.max(0, Math.ceil((Date.parse(expires) - (second * 1000 - ahead)) / 1000));

/** How long a step can still be signed, counted down by the server's clock whatever this device's says. */
export function ExpiryCountdown({ expires }: { expires: string }) {
  const words = useWords("connection");
  const ahead = useContext(ClockAhead);
  const now = useSecond();
  const at = () => <ClockTime at={expires} />;
  if (now === null) return words.rich("expiry.until", { at, b: () => null, left: "" });
  const left = secondsLeft(expires, now, ahead);
  const drift = Math.round(Math.abs(ahead) / 1000);
  return (
    <span className={left < 60 ? "inline-block font-semibold text-halt" : "inline-block"} data-left={left}>
      {left === 0
        ? words.rich("expiry.over", { at })
        : words.rich("expiry.until", { at, left: spell(left * 1000), b: (text) => <strong className="clock">{text}</strong> })}
      {Math.abs(ahead) < WORTH_SAYING_MS ? null : (
        <> {words("expiry.drift", { seconds: drift, direction: ahead > 0 ? "ahead" : "behind" })}</>
      )}
    </span>
  );
}
