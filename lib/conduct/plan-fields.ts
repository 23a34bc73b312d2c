import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import type { CastMember, PlanFields } from "./plan";
import type { PlanPorts } from "./plan-ports";
import { isZone } from "./plan-times";
import { readableText } from "./readable-text";

export type PlanForm = PlanFields & { readonly cast: readonly CastMember[] };

/** A day at most, and no shorter than anybody could open a room. */
const MINUTES = { least: 5, most: 1440 } as const;

/**
 * What an organiser typed, checked: texts the record could print, times that lie ahead, and a cast of people who may have
 * those roles, each in one. Objects with the field that is wrong.
 */
export async function planFields(ports: PlanPorts, form: PlanForm): Promise<Result<PlanForm, Objection>> {
  const title = readableText(ports.world, "title", form.title, "name");
  if (!title.ok) return title;
  const room = readableText(ports.world, "room", form.room, "line");
  if (!room.ok) return room;
  const now = ports.world.now().toISOString();
  const startsAt = instant(form.startsAt);
  const standbyAt = form.standbyAt === null ? null : instant(form.standbyAt);
  if (startsAt === null || startsAt <= now) return object("PLAN-PAST", { field: "startsAt" });
  if (form.standbyAt !== null && (standbyAt === null || standbyAt <= startsAt)) return object("PLAN-PAST", { field: "standbyAt" });
  if (form.minutes < MINUTES.least || form.minutes > MINUTES.most) return object("FORM", { field: "minutes" });
  if (!isZone(form.zone)) return object("FORM", { field: "zone" });
  const cast = await checkedCast(ports, form.cast);
  if (!cast.ok) return cast;
  return ok({ title: title.value, room: room.value, startsAt, standbyAt, minutes: form.minutes, zone: form.zone, cast: cast.value });
}

async function checkedCast({ people }: PlanPorts, cast: readonly CastMember[]): Promise<Result<readonly CastMember[], Objection>> {
  const seen = new Set<string>();
  for (const { person, role } of cast) {
    const known = await people.find(person);
    if (!known || known.disabled) return object("PERSON-UNKNOWN", { person });
    if (seen.has(person) || !known.roles.includes(role)) return object("PLAN-CAST", { person, role });
    seen.add(person);
  }
  return cast.length > 0 ? ok(cast) : object("FORM", { field: "cast" });
}

/** The instant, to the minute, as it is kept; null when it is none. */
export function instant(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(Math.floor(at / 60_000) * 60_000).toISOString();
}
