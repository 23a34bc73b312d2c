import { dutiesToAccept, passkeyToTest } from "#lib/ceremony/endorsement";
import type { Roster } from "#lib/ceremony/roster";
import type { Person } from "./person";
import { endorse, need } from "./test";

/** Accepts the duties of a script and tests the person's own passkey, by no page: what production asks of its custodians. */
export async function makeReady(person: Person, says: string): Promise<void> {
  const duties = dutiesToAccept(says).hash;
  const { roster } = need(await person.http("GET", `/api/endorsements/duties/${duties}`)) as { roster: string };
  const mine = (JSON.parse(roster) as Roster).people.find((one) => one.person === person.person)?.passkeys[0];
  if (!mine) throw new Error(`${person.name} has no passkey in the roster.`);
  await endorse(person, "duties", duties);
  await endorse(person, "passkey", passkeyToTest(mine, "").hash);
}
