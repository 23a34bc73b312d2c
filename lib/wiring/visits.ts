import { roleOf, type Ceremony } from "#lib/ceremony/ceremony";
import { looksOn } from "#lib/conduct/room-sight";
import { sharedReader } from "#lib/conduct/shared-reader";
import { Visits } from "#lib/conduct/visits";
import { writeAudit } from "#lib/store/audit-events";
import { now } from "../clock";
import { database } from "./database";

/** On globalThis, one per process: see database.ts. Each replica notes the visits that are made to it. */
const parts = ((globalThis as { clavigerVisits?: { visits?: Visits } }).clavigerVisits ??= {});

/** Notes the visit of whoever looks on: an auditor of the ceremony, or an administrator or auditor from outside of it. */
export async function noteLook(ceremony: Ceremony, person: string): Promise<void> {
  const { id, participants, phase } = ceremony;
  if (person === sharedReader(id) || !looksOn(person, participants)) return;
  const as = roleOf(ceremony, person) ?? "onlooker";
  const event = { kind: "ceremony-looked-into", by: person, facts: { ceremony: id, as, phase } } as const;
  await (parts.visits ??= new Visits()).look(`${person} ${id}`, now(), () => writeAudit(database(), event));
}

/** What a device says of its clock: by how many milliseconds it is ahead of this server's. */
export type DeviceClock = { readonly device: string; readonly milliseconds: number };

/**
 * Notes the clock of an onlooker's device, once a visit: who only looks on leaves nothing in a transcript. False for those who take
 * part, whose devices stand there.
 */
export async function noteOnlookerClock({ id, participants }: Ceremony, person: string, said: DeviceClock): Promise<boolean> {
  if (person === sharedReader(id) || !looksOn(person, participants)) return false;
  const event = { kind: "onlooker-clock-compared", by: person, facts: { ceremony: id, ...said } } as const;
  await (parts.visits ??= new Visits()).look(`${person} ${id} ${said.device}`, now(), () => writeAudit(database(), event));
  return true;
}
