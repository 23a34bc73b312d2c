import type { Role } from "#lib/ceremony/roles";
import { quorumRuleOf, stepsOf, type Script } from "#lib/ceremony/script";
import type { KnownInvitation } from "./plan";

/** One thing a script needs people for, and how many of those invited can still be counted on for it. */
export type PlanNeed = {
  readonly role: Role;
  /** Those of a standing group among the custodians; null for the role itself. */
  readonly group: string | null;
  /** With fewer the script cannot be performed: of custodians M of the strictest rule, not N. */
  readonly needed: number;
  /** How many a ceremony must be opened with, where that is more: the N custodians of the script. */
  readonly cast: number;
  readonly invited: number;
  /** Invited, and neither declined nor asking for another time. */
  readonly expected: number;
  readonly accepted: number;
};

/**
 * What is left when some are away: every role and every group that the script needs, as the rule book counts them (CAST-COMPLETE,
 * QUORUM-REACHED). `groupsOf` tells a person's standing groups.
 */
export function planNeeds(
  script: Script,
  invitations: readonly KnownInvitation[],
  groupsOf: (person: string) => readonly string[],
): PlanNeed[] {
  const steps = stepsOf(script);
  const named = new Set(steps.flatMap((step) => ("by" in step ? step.by : [])));
  const rules = [script.quorum, ...steps.map((step) => quorumRuleOf(script, step))];
  const least: Readonly<Record<Role, number>> = {
    administrator: named.has("administrator") ? 1 : 0,
    operator: 1,
    custodian: Math.max(...rules.map(({ approve }) => approve)),
    witness: Math.max(script.witnesses.least, named.has("witness") ? 1 : 0),
    auditor: named.has("auditor") ? 1 : 0,
  };
  const counted = (role: Role, group: string | null, needed: number, cast: number): PlanNeed => {
    const those = invitations.filter((one) => one.role === role && (group === null || groupsOf(one.person).includes(group)));
    const expected = those.filter(({ answer }) => answer === null || answer === "accepted");
    const accepted = those.filter(({ answer }) => answer === "accepted");
    return { role, group, needed, cast, invited: those.length, expected: expected.length, accepted: accepted.length };
  };
  const groups = new Map<string, number>();
  for (const { group, approve } of rules.flatMap(({ and }) => and ?? [])) groups.set(group, Math.max(approve, groups.get(group) ?? 0));
  const roles = (Object.keys(least) as Role[]).filter((role) => least[role] > 0);
  return [
    ...roles.map((role) => counted(role, null, least[role], role === "custodian" ? script.quorum.of : least[role])),
    ...[...groups].map(([group, needed]) => counted("custodian", group, needed, needed)),
  ];
}

/** How it stands: everybody needed has accepted; can still be; or cannot be performed with those who are left. */
export type Attendance = "sure" | "open" | "impossible";

export function attendanceOf(needs: readonly PlanNeed[]): Attendance {
  if (needs.some(({ expected, needed }) => expected < needed)) return "impossible";
  return needs.every(({ accepted, needed }) => accepted >= needed) ? "sure" : "open";
}
