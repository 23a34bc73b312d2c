import { currentStep, peopleIn, type Ceremony, type StepState } from "./ceremony";
import { done, withStep } from "./change-step";
import type { Role } from "./roles";

/**
 * The ceremony with its current step done, if everybody whom it waits for has acted. Who is noted as away is not waited for, but
 * of each role that is asked one person at least must have acted. Called whenever somebody acts, and whenever somebody leaves.
 */
export function settled(ceremony: Ceremony, at: string): Ceremony {
  const state = currentStep(ceremony);
  if (state?.status !== "open" || ceremony.phase !== "running" || !isComplete(ceremony, state)) return ceremony;
  const after = withStep(ceremony, done(state, at));
  return state.step.kind === "attendance" ? { ...after, unchecked: lateComers(ceremony, state) } : after;
}

function isComplete(ceremony: Ceremony, state: StepState): boolean {
  const { step } = state;
  switch (step.kind) {
    case "statement":
    case "pause":
      return allDid(ceremony, step.by, (person) => state.deeds.some(({ by }) => by === person));
    case "attendance":
      return state.deeds.length > 0 && ceremony.participants.every(({ person }) => isChecked(state, person) || ceremony.away.includes(person));
    case "sign-off":
      return enoughSigned(ceremony, state, step.by);
    default:
      return false;
  }
}

const allDid = (ceremony: Ceremony, roles: readonly Role[], did: (person: string) => boolean): boolean =>
  peopleIn(ceremony, roles).every((person) => did(person) || ceremony.away.includes(person)) &&
  roles.every((role) => peopleIn(ceremony, [role]).some(did));

/** Whoever owns the app can note people as away, and cannot do without more signatures than the script's least numbers leave. */
function enoughSigned(ceremony: Ceremony, state: StepState, roles: readonly Role[]): boolean {
  const did = (person: string) => state.signatures.some((signature) => signature.person === person);
  const signedAs = (role: Role) => peopleIn(ceremony, [role]).filter(did).length;
  const { quorum, witnesses } = ceremony.script;
  return (
    allDid(ceremony, roles, did) &&
    (!roles.includes("custodian") || signedAs("custodian") >= quorum.approve) &&
    (!roles.includes("witness") || signedAs("witness") >= witnesses.least)
  );
}

/** Whether somebody was compared with their document under the step's current opening. */
export const isChecked = ({ deeds }: StepState, person: string): boolean =>
  deeds.some((deed) => deed.kind === "identity-checked" && deed.body.person === person);

/** Who was away when the others were checked is checked when they come. */
const lateComers = (ceremony: Ceremony, state: StepState): readonly string[] =>
  ceremony.participants.map(({ person }) => person).filter((person) => !isChecked(state, person));
