import type { Role } from "#lib/ceremony/roles";
import type { Roster } from "#lib/ceremony/roster";
import { quorumRuleOf, stepsOf, type Script } from "#lib/ceremony/script";
import { commit, type Opening } from "#lib/log/commitment";
import { createSoftwarePasskey, type SoftwarePasskey } from "#cli/demo/software-passkey";

/** Where the rehearsal's passkeys say they are used: no site of anybody's (RFC 2606). */
export const REHEARSAL_SITE = { rpId: "rehearsal.invalid", origin: "https://rehearsal.invalid" } as const;

/** Somebody who does not exist, with a passkey that is no device. */
export type Player = {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly groups: readonly string[];
  readonly passkey: SoftwarePasskey;
};

/** Somebody for every seat that the script asks for, and nobody else. */
export function castOf(script: Script): Player[] {
  const asked = new Set(stepsOf(script).flatMap((step) => ("by" in step ? step.by : [])));
  const groups = groupsOf(script);
  const seats = (role: Role, count: number): Player[] =>
    Array.from({ length: count }, (_, i) => ({
      person: `${role}-${String(i + 1)}`,
      name: count === 1 ? titled(role) : `${titled(role)} ${String(i + 1)}`,
      role,
      groups: role === "custodian" ? groups.filter(({ members }) => i < members).map(({ group }) => group) : [],
      passkey: createSoftwarePasskey(),
    }));
  return [
    ...seats("operator", 1),
    ...seats("custodian", script.quorum.of),
    ...seats("witness", script.witnesses.least),
    ...(asked.has("administrator") ? seats("administrator", 1) : []),
    ...(asked.has("auditor") ? seats("auditor", 1) : []),
  ];
}

const titled = (role: Role): string => role.charAt(0).toUpperCase() + role.slice(1);

/** Every standing group that a rule of the script names, with as many members as the strictest of them asks for. */
function groupsOf(script: Script): { readonly group: string; readonly members: number }[] {
  const members = new Map<string, number>();
  for (const rule of [script.quorum, ...stepsOf(script).map((step) => quorumRuleOf(script, step))]) {
    for (const { group, approve } of rule.and ?? []) members.set(group, Math.max(approve, members.get(group) ?? 0));
  }
  return [...members].map(([group, count]) => ({ group, members: count }));
}

/** The cast as a roster of the mode `rehearsal`, with the openings of its names. `salt` gives 16 random bytes in hex. */
export function rosterOf(
  cast: readonly Player[],
  salt: () => string,
): { readonly roster: Roster; readonly openings: readonly Opening[] } {
  const openings: Opening[] = [];
  const hidden = (path: string, value: string) => {
    const opening = { path, salt: salt(), value };
    openings.push(opening);
    return commit(opening);
  };
  const roster: Roster = {
    v: "claviger/roster/v1",
    version: 1,
    prev: null,
    mode: "rehearsal",
    organisation: hidden("roster/organisation", "Rehearsal"),
    rp: { id: REHEARSAL_SITE.rpId, origins: [REHEARSAL_SITE.origin] },
    quorum: { approve: 2 },
    people: cast.map(({ person, name, role, groups, passkey }) => ({
      person,
      name: hidden(`roster/${person}/name`, name),
      title: hidden(`roster/${person}/title`, titled(role)),
      roles: [role],
      groups: [...groups],
      passkeys: [
        {
          id: passkey.credentialId,
          algorithm: "ES256",
          spki: passkey.spki,
          aaguid: "00000000-0000-0000-0000-000000000000",
          synced: false,
        },
      ],
    })),
  };
  return { roster, openings };
}
