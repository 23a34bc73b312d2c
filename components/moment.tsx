"use client";

import { useSyncExternalStore } from "react";
import { REGION, type Language } from "#lib/words/language";
import type { AreaWords } from "#lib/words/words";
import { useLanguage, useWords } from "./words";

const part = (language: Language, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(REGION[language], { hourCycle: "h23", ...options });
const LOCAL_CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
const LOCAL_DAY = { day: "numeric", month: "short", year: "numeric" } as const;

const never = () => () => undefined;

/** The zone of this room is the zone of the device that shows it; the server cannot know it and says UTC. */
function useLocal(at: string, options: Intl.DateTimeFormatOptions): string | null {
  const language = useLanguage();
  return useSyncExternalStore(never, () => part(language, options).format(new Date(at)), () => null);
}

const zoneName = () =>
  part("en", { timeZoneName: "short" })
    .formatToParts(new Date())
    .find(({ type }) => type === "timeZoneName")?.value ?? "";
export const useZone = (): string => useSyncExternalStore(never, zoneName, () => "UTC");

/** "14:03:22", in the room's zone, the full instant in UTC on hover and for machines. */
export function ClockTime({ at }: { at: string }) {
  const local = useLocal(at, LOCAL_CLOCK);
  return (
    <time dateTime={at} title={`${at.slice(0, 10)} ${at.slice(11, 19)} UTC`} className="clock whitespace-nowrap">
      {local ?? at.slice(11, 19)}
    </time>
  );
}

/** "22 Nov 2026, 14:03", in the room's zone. */
export function DayAndTime({ at }: { at: string }) {
  const day = useLocal(at, LOCAL_DAY);
  const time = useLocal(at, { hour: "2-digit", minute: "2-digit" });
  return (
    <time dateTime={at} title={`${at.slice(0, 10)} ${at.slice(11, 19)} UTC`} className="whitespace-nowrap">
      {day ?? at.slice(0, 10)}, <span className="clock">{time ?? at.slice(11, 16)}</span>
    </time>
  );
}

/** "14:03", in the room's zone. */
export function HourAndMinute({ at }: { at: string }) {
  const local = useLocal(at, { hour: "2-digit", minute: "2-digit" });
  return (
    <time dateTime={at} title={`${at.slice(0, 10)} ${at.slice(11, 19)} UTC`} className="clock whitespace-nowrap">
      {local ?? at.slice(11, 16)}
    </time>
  );
}

const subscribe = (tick: () => void) => {
  const timer = setInterval(tick, 500);
  return () => {
    clearInterval(timer);
  };
};
const second = () => Math.floor(Date.now() / 1000);

/** The current second, ticking; null while the server renders. */
export const useSecond = (): number | null => useSyncExternalStore(subscribe, second, () => null);

/** The clock on the wall: local time with its zone, UTC beside it. */
export function WallClock({ className = "" }: { className?: string }) {
  const now = useSecond();
  const zone = useZone();
  const language = useLanguage();
  const words = useWords("frame");
  const local = now === null ? "--:--:--" : part(language, LOCAL_CLOCK).format(new Date(now * 1000));
  const utc = now === null ? "--:--:--" : new Date(now * 1000).toISOString().slice(11, 19);
  return (
    <span className={className} role="timer" aria-label={words("clock")} aria-live="off">
      <span className="clock font-semibold">{local}</span> <span className="text-quiet">{zone}</span>
      {zone === "UTC" ? null : (
        <span className="text-quiet">
          {" · "}
          <span className="clock">{utc}</span> UTC
        </span>
      )}
    </span>
  );
}

/** "28 ms", "1.8 s", "48 s", "3 min 12 s". */
function duration(milliseconds: number, words: AreaWords<"parts">): string {
  if (milliseconds < 1000) return words("duration.ms", { n: milliseconds });
  if (milliseconds < 10_000) return words("duration.s", { n: Math.round(milliseconds / 100) / 10 });
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return words("duration.s", { n: seconds });
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? words("duration.min", { minutes, seconds: seconds % 60 })
    : words("duration.h", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** How long something took, in the reader's language. */
export function Duration({ milliseconds }: { milliseconds: number }) {
  return duration(milliseconds, useWords("parts"));
}
