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
