import { canonicalText, type Json } from "../log/canonical";
import type { Commitment } from "../log/commitment";
import type { Roster, RosterPerson } from "./roster";

/**
 * What a roster says otherwise than the version that was trusted before it, a line each: its organisation, quorum, people, names,
 * titles, roles, groups, passkeys, and the places they may be used at. A passkey added to somebody known is the quiet way into a
 * quorum, and another name at a known passkey the quiet way into a record; here they are said aloud. `valueOf` gives the text of
 * a commitment, null where nobody has shown it: then nothing can be said to have stayed, unless the commitment itself did.
 */
export function rosterChanges(before: Roster, after: Roster, valueOf: (commitment: Commitment) => string | null): string[] {
  const nameOf = ({ person, name }: RosterPerson) => valueOf(name) ?? person;
  const lines: string[] = [];
  const text = (what: string, one: Commitment, other: Commitment): string[] => {
    if (one.committed === other.committed) return [];
    const [was, is] = [valueOf(one), valueOf(other)];
    if (was !== null && was === is) return [];
    return [`${what} ${is ?? "not shown"}; before, ${was ?? "not shown"}`];
  };
  lines.push(...text("The organisation is called", before.organisation, after.organisation));
  const places = ({ rp }: Roster) => `${rp.id} at ${rp.origins.join(", ")}`;
  if (places(before) !== places(after)) lines.push(`Passkeys now count for ${places(after)}; before, for ${places(before)}`);
  if (before.quorum.approve !== after.quorum.approve) {
    lines.push(
      `${String(after.quorum.approve)} custodians must endorse what comes after it; before, ${String(before.quorum.approve)}`,
    );
  }
  for (const person of after.people) {
    const known = before.people.find((one) => one.person === person.person);
    if (!known) lines.push(`${nameOf(person)} is new: ${person.roles.join(", ")}; ${counted(person.passkeys.length, "passkey")}`);
    else {
      const said = [...text("is called", known.name, person.name), ...text("title", known.title, person.title)];
      lines.push(...[...said, ...personChanges(known, person)].map((change) => `${nameOf(person)}: ${change}`));
    }
  }
  for (const person of before.people)
    if (!after.people.some((one) => one.person === person.person)) lines.push(`${nameOf(person)} is no longer on it`);
  return lines;
}

function personChanges(before: RosterPerson, after: RosterPerson): string[] {
  const sorted = (words: readonly string[]) => [...words].sort().join(", ") || "none";
  const lines: string[] = [];
  for (const what of ["roles", "groups"] as const) {
    if (sorted(before[what]) !== sorted(after[what]))
      lines.push(`${what} ${sorted(after[what])}; before, ${sorted(before[what])}`);
  }
  const among = ({ passkeys }: RosterPerson, passkey: RosterPerson["passkeys"][number]) =>
    passkeys.some((one) => canonicalText(one as unknown as Json) === canonicalText(passkey as unknown as Json));
  for (const passkey of after.passkeys) if (!among(before, passkey)) lines.push(`a NEW PASSKEY, ${passkey.id.slice(0, 16)}…`);
  for (const passkey of before.passkeys)
    if (!among(after, passkey)) lines.push(`the passkey ${passkey.id.slice(0, 16)}… was taken out`);
  return lines;
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? "" : "s"}`;
