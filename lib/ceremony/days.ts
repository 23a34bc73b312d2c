/** Scripts and plans count in days of 24 hours. */
export const DAY_MS = 86_400_000;

/** The time (ISO 8601) so many days after another. */
export const daysAfter = (at: string, days: number): string => new Date(Date.parse(at) + days * DAY_MS).toISOString();

/** Whether `then` is at most so many days before `now`. Written so that a time that is no time is too old. */
export const isWithinDays = (then: string, days: number, now: string): boolean => Date.parse(now) - Date.parse(then) <= days * DAY_MS;
