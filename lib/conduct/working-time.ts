import { DAY_MS } from "#lib/ceremony/days";

/** When a day's work begins, by the clock on the wall. */
const MORNING = 9;

/**
 * Nine o'clock in a zone (IANA), so many working days after the day on which `at` falls there; before it, where `days` is negative.
 * Working days are Monday to Friday: nobody has told us which of them are holidays.
 */
export function morning(zone: string, at: string, days: number): string {
  const step = Math.sign(days) * DAY_MS;
  let day = wallTime(zone, Date.parse(at));
  for (let left = Math.abs(days); left > 0; ) {
    day += step;
    if (isWorkingDay(day)) left -= 1;
  }
  const wall = Math.floor(day / DAY_MS) * DAY_MS + MORNING * (DAY_MS / 24);
  // The offset of a zone is that of the instant itself: asked twice, it is right on days on which clocks are changed too.
  const near = wall - offset(zone, wall);
  return new Date(wall - offset(zone, near)).toISOString();
}

/** Saturday and Sunday are none. */
const isWorkingDay = (wall: number): boolean => ![0, 6].includes(new Date(wall).getUTCDay());

/** What calendar and clock of the zone show at an instant, as if they were those of UTC. */
function wallTime(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

const offset = (zone: string, at: number): number => wallTime(zone, at) - Math.floor(at / 1000) * 1000;
