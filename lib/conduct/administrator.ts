import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import type { PeopleStore } from "./people-ports";
import type { Actor } from "./ports";

declare const administrator: unique symbol;

/** Proof that whoever asks may administer people, rosters and scripts. Only the two functions here make one. */
export type Administrator = { readonly [administrator]: true; readonly by: string };

/** An administrator who signed in with a passkey. Objects LOOK-ONLY or ADMINISTRATOR-ONLY. */
export async function asAdministrator(
  people: Pick<PeopleStore, "find">,
  actor: Actor,
): Promise<Result<Administrator, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  return (await isAdministrator(people, actor.person)) ? ok({ by: actor.person } as Administrator) : object("ADMINISTRATOR-ONLY");
}

/** Whoever can run commands on the server with the app's database address: how the first administrator is invited. */
export const atConsole = (): Administrator => ({ by: "console" }) as Administrator;

export async function isAdministrator(people: Pick<PeopleStore, "find">, person: string): Promise<boolean> {
  const known = await people.find(person);
  return known !== null && !known.disabled && known.roles.includes("administrator");
}
