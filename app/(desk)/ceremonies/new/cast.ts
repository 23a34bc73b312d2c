import type { Role } from "#lib/ceremony/roles";
import { stepsOf, type Script } from "#lib/ceremony/script";
import type { RosterLine } from "#lib/conduct/desk";
import type { AreaWords } from "#lib/words/words";

type Candidate = RosterLine["people"][number];
export type Cast = Readonly<Record<string, Role | null>>;

/** How many people of each role a script asks for; `exactly` where more are wrong, too. */
export type Need = { readonly role: Role; readonly least: number; readonly exactly: boolean };

/** What a cast must have to perform a script. The rule book judges again when the ceremony is opened. */
export function needsOf(script: Script): readonly Need[] {
  const named = new Set(stepsOf(script).flatMap((step) => ("by" in step ? step.by : [])));
  const least = (role: Role) => (named.has(role) ? 1 : 0);
  const needs: Need[] = [
    { role: "administrator", least: least("administrator"), exactly: false },
    { role: "operator", least: 1, exactly: false },
    { role: "custodian", least: script.quorum.of, exactly: true },
    { role: "witness", least: Math.max(script.witnesses.least, least("witness")), exactly: false },
    { role: "auditor", least: least("auditor"), exactly: false },
  ];
  return needs.filter((need) => need.least > 0);
}

/** Roles a person of the roster can take here: those they have, and without a passkey only the auditor's. */
export const rolesFor = (person: Candidate): readonly Role[] =>
  person.roles.filter((role) => person.passkeys > 0 || role === "auditor");

/** A first proposal: whoever opens leads, then each role is filled by those who have it and are still free. */
export function proposeCast(people: readonly Candidate[], needs: readonly Need[], me: string): Cast {
  const cast: Record<string, Role | null> = Object.fromEntries(people.map(({ person }) => [person, null]));
  const opener = people.find(({ person }) => person === me);
  const leading = opener && rolesFor(opener).find((role) => role === "operator" || role === "administrator");
  if (opener && leading) cast[me] = leading;
  for (const { role, least } of [...needs].sort((a, b) => choices(people, a.role) - choices(people, b.role))) {
    for (const one of people) {
      if (count(cast, role) >= least) break;
      if (cast[one.person] === null && rolesFor(one).includes(role)) cast[one.person] = role;
    }
  }
  for (const one of people) if (cast[one.person] === null && one.roles.includes("auditor")) cast[one.person] = "auditor";
  return cast;
}

const choices = (people: readonly Candidate[], role: Role): number =>
  people.filter((person) => rolesFor(person).includes(role)).length;
export const count = (cast: Cast, role: Role): number => Object.values(cast).filter((one) => one === role).length;

/** What keeps this cast from performing, in sentences of the reader's language; none when it can. */
export function problemsOf(cast: Cast, needs: readonly Need[], me: string, words: AreaWords<"opening">): string[] {
  const lead = cast[me];
  return [
    ...(lead === "operator" || lead === "administrator" ? [] : [words("lead")]),
    ...needs.flatMap(({ role, least, exactly }) => {
      const found = count(cast, role);
      if (found < least) return [words("more", { n: least - found, counted: counted(words, least - found, role) })];
      return exactly && found > least ? [words("exactly", { counted: counted(words, least, role), found })] : [];
    }),
  ];
}

/** "1 witness", "3 witnesses". */
export const counted = (words: AreaWords<"opening">, n: number, role: Role): string => words(`counted.${role}`, { n });
