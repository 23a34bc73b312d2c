import { canonicalText, type Json } from "../log/canonical";
import type { Commitment } from "../log/commitment";
import type { Role } from "./roles";
import type { Passkey, Roster, RosterPerson } from "./roster";

/** What stands where something else stood before. */
type Instead<T> = { readonly is: T; readonly was: T };
/** Where passkeys may be used. */
type Places = { readonly id: string; readonly origins: readonly string[] };

/** One thing that a roster says otherwise than another; `name` is whom it is about. A text that nobody has shown is null. */
export type RosterChange =
  | ({ readonly change: "organisation" } & Instead<string | null>)
  | ({ readonly change: "places" } & Instead<Places>)
  | ({ readonly change: "quorum" } & Instead<number>)
  | { readonly change: "person-new"; readonly name: string; readonly roles: readonly Role[]; readonly passkeys: number }
  | { readonly change: "person-gone"; readonly name: string }
  | ({ readonly change: "name" | "title"; readonly name: string } & Instead<string | null>)
  | ({ readonly change: "roles"; readonly name: string } & Instead<readonly Role[]>)
  | ({ readonly change: "groups"; readonly name: string } & Instead<readonly string[]>)
  | { readonly change: "passkey-new" | "passkey-gone"; readonly name: string; readonly passkey: string };

/**
 * What a roster says otherwise than the version that was trusted before it: its organisation, quorum, people, names, titles,
 * roles, groups, passkeys, and the places they may be used at. A passkey added to somebody known is the quiet way into a quorum,
 * and another name at a known passkey the quiet way into a record; here they are told. `valueOf` gives the text of a commitment,
 * null where nobody has shown it: then nothing can be said to have stayed, unless the commitment itself did.
 */
export function rosterChanges(before: Roster, after: Roster, valueOf: (commitment: Commitment) => string | null): RosterChange[] {
  const nameOf = ({ person, name }: RosterPerson) => valueOf(name) ?? person;
  const text = (one: Commitment, other: Commitment): Instead<string | null>[] => {
    if (one.committed === other.committed) return [];
    const [was, is] = [valueOf(one), valueOf(other)];
    return was !== null && was === is ? [] : [{ is, was }];
  };
  const changes: RosterChange[] = [];
  for (const said of text(before.organisation, after.organisation)) changes.push({ change: "organisation", ...said });
  if (!alike(before.rp, after.rp)) changes.push({ change: "places", is: after.rp, was: before.rp });
  if (before.quorum.approve !== after.quorum.approve) {
    changes.push({ change: "quorum", is: after.quorum.approve, was: before.quorum.approve });
  }
  for (const person of after.people) {
    const known = before.people.find((one) => one.person === person.person);
    const name = nameOf(person);
    if (!known) changes.push({ change: "person-new", name, roles: person.roles, passkeys: person.passkeys.length });
    else {
      changes.push(
        ...text(known.name, person.name).map((said) => ({ change: "name" as const, name, ...said })),
        ...text(known.title, person.title).map((said) => ({ change: "title" as const, name, ...said })),
        ...personChanges(name, known, person),
      );
    }
  }
  for (const person of before.people) {
    if (!after.people.some((one) => one.person === person.person)) changes.push({ change: "person-gone", name: nameOf(person) });
  }
  return changes;
}

function personChanges(name: string, before: RosterPerson, after: RosterPerson): RosterChange[] {
  const changes: RosterChange[] = [];
  const [roles, groups] = [sorted(before.roles, after.roles), sorted(before.groups, after.groups)];
  if (!alike(roles.is, roles.was)) changes.push({ change: "roles", name, ...roles });
  if (!alike(groups.is, groups.was)) changes.push({ change: "groups", name, ...groups });
  const lacks = ({ passkeys }: RosterPerson) => (passkey: Passkey) => !passkeys.some((one) => alike(one, passkey));
  for (const { id } of after.passkeys.filter(lacks(before))) changes.push({ change: "passkey-new", name, passkey: id });
  for (const { id } of before.passkeys.filter(lacks(after))) changes.push({ change: "passkey-gone", name, passkey: id });
  return changes;
}

const sorted = <T extends string>(was: readonly T[], is: readonly T[]): Instead<readonly T[]> => ({
  is: [...is].sort(),
  was: [...was].sort(),
});

const alike = (one: unknown, other: unknown): boolean => canonicalText(one as Json) === canonicalText(other as Json);
