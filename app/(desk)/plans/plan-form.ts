import type { PlanForm } from "#lib/conduct/plan-fields";
import { instantOf, zoneHere } from "./local-time";
import type { Draft } from "./plan-fields";

/** The draft as the interface takes it; what is no time goes as it is, and is refused there. */
export const planForm = ({ title, startsAt, minutes, room, standbyAt, cast }: Draft): PlanForm => ({
  title: title.trim(),
  room: room.trim(),
  startsAt: instantOf(startsAt) ?? startsAt,
  standbyAt: standbyAt === "" ? null : (instantOf(standbyAt) ?? standbyAt),
  minutes: Number(minutes),
  zone: zoneHere(),
  cast: Object.entries(cast).flatMap(([person, role]) => (role ? [{ person, role }] : [])),
});
