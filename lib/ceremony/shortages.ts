import { needsQuorum } from "./admit-worker";
import { peopleThere, type Ceremony, type StepState } from "./ceremony";
import type { OperationBook } from "./operation";
import type { Role } from "./roles";
import { personOf } from "./roster";
import { quorumRuleOf, type QuorumRule } from "./script";

/** Too few people of a role, or of a group among the custodians, for what is still to be done; `step` is the first that asks for them. */
export type Shortage = {
  readonly role: Role;
  readonly group: string | null;
  readonly needed: number;
  readonly there: number;
  readonly step: number;
};

/**
 * Whom the rest of the script needs and the room does not have: an impossible quorum is said as soon as it is one, not when the
 * step is opened, and while the room is stopped also of those who would have to agree to going on. People who are noted as away do not count; stand-ins count once they have come. One for each role and group, the
 * greatest lack.
 */
export function shortages(ceremony: Ceremony, book: OperationBook): readonly Shortage[] {
  const worst = new Map<string, Shortage>();
  const { stopped, script } = ceremony;
  for (const state of ceremony.steps) {
    const toGoOn = state.step.step === stopped?.step ? custodiansFor(script.quorum) : [];
    const asked = state.status === "done" ? [] : needsOf(ceremony, state, book);
    for (const { role, group, needed } of [...toGoOn, ...asked]) {
      const there = peopleThere(ceremony, [role]).filter((person) => group === null || isIn(ceremony, person, group)).length;
      const key = `${role}/${group ?? ""}`;
      const known = worst.get(key);
      if (there < needed && (!known || known.needed < needed)) worst.set(key, { role, group, needed, there, step: known?.step ?? state.number });
    }
  }
  return [...worst.values()];
}

type Need = Pick<Shortage, "role" | "group" | "needed">;

function needsOf(ceremony: Ceremony, state: StepState, book: OperationBook): readonly Need[] {
  const { step } = state;
  const { quorum, witnesses } = ceremony.script;
  const one = (role: Role): Need => ({ role, group: null, needed: 1 });
  if (step.kind === "operation") {
    if (!needsQuorum(state, book)) return [one("operator")];
    return [one("operator"), ...custodiansFor(quorumRuleOf(ceremony.script, step))];
  }
  const least = { custodian: quorum.approve, witness: witnesses.least } as { readonly [role in Role]?: number };
  const many = (role: Role): Need => ({ role, group: null, needed: step.kind === "sign-off" ? (least[role] ?? 1) : 1 });
  return [one("operator"), ...step.by.map(many)];
}

const custodiansFor = ({ approve, and = [] }: QuorumRule): readonly Need[] => [
  { role: "custodian", group: null, needed: approve },
  ...and.map((one): Need => ({ role: "custodian", group: one.group, needed: one.approve })),
];

const isIn = ({ roster }: Ceremony, person: string, group: string): boolean => personOf(roster, person)?.groups.includes(group) ?? false;
