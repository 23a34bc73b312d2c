import type { Role } from "#lib/ceremony/roles";
import { personOf, type Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import type { KnownPerson } from "./people-ports";
import type { CastMember } from "./plan";
import { planNeeds } from "./plan-needs";

type Sources = {
  readonly script: Script;
  readonly roster: Roster;
  readonly people: readonly Pick<KnownPerson, "person" | "roles" | "disabled">[];
  /** Who had which role when the key was made, as far as its plan says. */
  readonly before: readonly CastMember[];
  /** Whether a custodian could be one on that day, by what they have signed so far. */
  readonly isReady: (person: string) => boolean;
};

/**
 * Who would likely perform a script: of the people of the roster, as many in each role as it needs, each in one role only. Whoever is
 * ready comes first, then whoever had that role the last time. The groups that it asks for are among its custodians where there are such
 * people. Fewer, where there are no more: the plan shows what is lacking.
 */
export function likelyCast({ script, roster, people, before, isReady }: Sources): CastMember[] {
  const able = (role: Role) =>
    people.filter(({ person, roles, disabled }) => {
      const listed = personOf(roster, person);
      const signs = role !== "custodian" || (listed?.passkeys.length ?? 0) > 0;
      return !disabled && roles.includes(role) && signs && listed?.roles.includes(role) === true;
    });
  const needs = planNeeds(script, [], () => []);
  const roles = needs.filter(({ group }) => group === null).map(({ role, cast }) => ({ role, cast, able: able(role) }));
  const cast: CastMember[] = [];
  const isFree = (person: string) => !cast.some((one) => one.person === person);
  // Whoever could do more than one thing is needed most where there are fewest.
  for (const { role, cast: places, able: those } of roles.sort((a, b) => a.able.length - a.cast - (b.able.length - b.cast))) {
    const rank = ({ person, roles: all }: (typeof those)[number]): number =>
      (role === "custodian" && !isReady(person) ? 100 : 0) +
      (before.some((one) => one.person === person && one.role === role) ? 0 : 10) +
      all.length;
    const free = those.filter(({ person }) => isFree(person)).sort((a, b) => rank(a) - rank(b) || (a.person < b.person ? -1 : 1));
    const groups = role === "custodian" ? needs.flatMap(({ group, needed }) => (group === null ? [] : [{ group, needed }])) : [];
    const wanted = groups.flatMap(({ group, needed }) =>
      free.filter(({ person }) => personOf(roster, person)?.groups.includes(group)).slice(0, needed),
    );
    const chosen = [...new Set([...wanted, ...free])].slice(0, places);
    cast.push(...chosen.map(({ person }) => ({ person, role })));
  }
  return cast;
}
