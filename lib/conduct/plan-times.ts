import { REGION, type Language } from "#lib/words/language";

/** Whether that is the name of a time zone here (IANA). */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/** "Tuesday 1 December 2026", in a zone. */
export const dayIn = (language: Language, timeZone: string, at: string): string =>
  new Intl.DateTimeFormat(REGION[language], { timeZone, weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(at));

const clockIn = (language: Language, timeZone: string, at: string): string =>
  new Intl.DateTimeFormat(REGION[language], { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));

/** "Tuesday 1 December 2026, 09:00–13:00 (Europe/Vienna), 08:00–12:00 UTC": nobody who reads it has to reckon. */
export function spanIn(language: Language, zone: string, from: string, to: string): string {
  const span = (timeZone: string) => `${clockIn(language, timeZone, from)}–${clockIn(language, timeZone, to)}`;
  const utc = zone === "UTC" ? "" : `, ${span("UTC")} UTC`;
  const day = dayIn(language, "UTC", from) === dayIn(language, zone, from) || zone === "UTC" ? "" : ` (${dayIn(language, "UTC", from)})`;
  return `${dayIn(language, zone, from)}, ${span(zone)} (${zone})${utc}${utc === "" ? "" : day}`;
}
