import { daysAfter } from "#lib/ceremony/days";
import type { RegisteredKey } from "#lib/register/registered-key";
import { endsAt as endOf, type PlanFields } from "./plan";
import { WARNED_DAYS } from "./register-view";
import { morning } from "./working-time";

/** A key whose time can end. */
export type EndingKey = RegisteredKey & { readonly endsAt: string };

/** Whether its time will end, or has, and nobody has put it out of use. */
export const isEnding = (key: RegisteredKey): key is EndingKey =>
  (key.state === "active" || key.state === "suspended") && key.endsAt !== null;

/**
 * So many days before a key's end the ceremony of its successor is drafted: `asked` days, but at most a third of its cryptoperiod,
 * so that a key of weeks is not replaced from its first day on; and never later than it is warned of.
 */
export const leadDays = ({ cryptoperiodDays }: Pick<RegisteredKey, "cryptoperiodDays">, asked: number): number =>
  Math.max(WARNED_DAYS, Math.min(asked, Math.floor((cryptoperiodDays ?? 0) / 3)));

/** From when on its successor's ceremony is drafted. */
export const draftedFrom = (key: EndingKey, asked: number): string => daysAfter(key.endsAt, -leadDays(key, asked));

/** So many working days' notice people get where there is time for it. */
const NOTICE = 5;
/** Working days from the ceremony to the day held in reserve. */
const TO_STANDBY = 2;
/** And from there to the day on which the new key becomes active: it is published first. */
const TO_ACTIVATION = 1;

/**
 * When the ceremony should be: so that the new key is active before anybody is warned of the old one's end, even if the day held in
 * reserve is needed. Where that is too soon for people to come, as soon as they can; and where even that is too late, the next working
 * day. Never in the past, and maybe after the end: then there is a gap, which the overlap says.
 */
export function proposeDates(end: string, zone: string, now: string): { readonly startsAt: string; readonly standbyAt: string } {
  const wanted = morning(zone, daysAfter(end, -WARNED_DAYS), -(TO_STANDBY + TO_ACTIVATION + 1));
  const noticed = morning(zone, now, NOTICE);
  const inTime = morning(zone, noticed, TO_STANDBY + TO_ACTIVATION) < end;
  const startsAt = wanted >= noticed ? wanted : inTime ? noticed : morning(zone, now, 1);
  return { startsAt, standbyAt: morning(zone, startsAt, TO_STANDBY) };
}

/** When which of the two keys does what. */
export type Overlap = {
  /** From when the new key may protect. */
  readonly activateAt: string;
  /** Until when the old one may. */
  readonly until: string;
  /** Whether the new key comes after the old one's end, so that for a while neither protects. */
  readonly gap: boolean;
  /** Until when what the old one protected is verified, decrypted and unwrapped; null where nobody has set it. */
  readonly processedUntil: string | null;
  /** When the new key's time ends, with the same cryptoperiod. */
  readonly nextEndsAt: string | null;
};

/**
 * The overlap of a key with the one that the planned ceremony makes: active from the working day after the day held in reserve, or
 * where the old one's end comes before that, after the ceremony itself.
 */
export function overlapOf(key: EndingKey, plan: Pick<PlanFields, "startsAt" | "minutes" | "standbyAt" | "zone">): Overlap {
  const { startsAt, standbyAt, zone } = plan;
  const days = [standbyAt ?? startsAt, startsAt].map((day) => morning(zone, day, TO_ACTIVATION));
  const activateAt = days.find((day) => day < key.endsAt) ?? endOf(plan);
  const { endsAt: until, processedUntil, cryptoperiodDays } = key;
  const nextEndsAt = cryptoperiodDays === null ? null : daysAfter(activateAt, cryptoperiodDays);
  return { activateAt, until, gap: activateAt > until, processedUntil, nextEndsAt };
}
