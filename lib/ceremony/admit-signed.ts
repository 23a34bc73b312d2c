import { ok, type Result } from "../result";
import { unreadDeviations } from "./admit-sheets";
import type { VerifiedAssertion } from "./assertion";
import { currentStep, type Ceremony, type StepState } from "./ceremony";
import { mustBe, openStep, withStep } from "./change-step";
import { settled } from "./complete-step";
import type { EntryOf } from "./entry";
import type { Approval } from "./quorum";
import { no, type Refusal } from "./refusal";
import type { Role } from "./roles";
import { passkeyOf } from "./roster";
import type { Statement, StatementAct } from "./statement";
import { checkStatement } from "./statement-for";
import { statementHash } from "./statement";

type Signed = EntryOf<
  | ("step-approved" | "step-refused" | "secret-part-entered" | "signed-off")
  | ("step-attested" | "step-papered" | "notebook-released" | "resume-approved")
>;

/** A custodian agrees. Distinct people only, never the one who opened the step, and nothing once the work has begun. */
export function admitApproval(ceremony: Ceremony, entry: EntryOf<"step-approved">, assertion: VerifiedAssertion | null): Result<Ceremony, Refusal> {
  const open = openStep(ceremony, null, ["operation"]);
  if (!open.ok) return open;
  const state = open.value;
  if (state.opening?.by === entry.by) return no("REQUESTER-APPROVES", { person: entry.by, step: state.step.step });
  const signed = checkSigned(ceremony, state, entry, "approve", assertion);
  if (!signed.ok) return signed;
  if (state.approvals.some((approval) => approval.person === entry.by)) {
    return no("QUORUM-DISTINCT", { person: entry.by, step: state.step.step });
  }
  return ok(withStep(ceremony, { ...state, approvals: [...state.approvals, signed.value] }));
}

/** A custodian says no, signed and with a reason. One no blocks the step until it is opened again with a deviation. */
export function admitRefusal(ceremony: Ceremony, entry: EntryOf<"step-refused">, assertion: VerifiedAssertion | null): Result<Ceremony, Refusal> {
  const open = openStep(ceremony, null, ["operation"]);
  if (!open.ok) return open;
  const signed = checkSigned(ceremony, open.value, entry, "refuse", assertion);
  if (!signed.ok) return signed;
  return ok(withStep(ceremony, { ...open.value, status: "refused", refusals: [...open.value.refusals, signed.value] }));
}

/** A participant signs everything up to the opening of the sign-off, agreeing or not; each once. No sheet is newer than that opening. */
export function admitSignature(ceremony: Ceremony, entry: EntryOf<"signed-off">, assertion: VerifiedAssertion | null): Result<Ceremony, Refusal> {
  const unread = currentStep(ceremony)?.step.kind === "sign-off" ? unreadDeviations(ceremony) : [];
  if (unread.length > 0) return no("DEVIATIONS-READ", { unread: unread.map(({ seq }) => String(seq)) });
  const open = openStep(ceremony, null, ["sign-off"]);
  if (!open.ok) return open;
  const state = open.value;
  const signed = checkSigned(ceremony, state, entry, "sign-off", assertion);
  if (!signed.ok) return signed;
  if (state.signatures.some((signature) => signature.person === entry.by)) return no("ACT-ONCE", { person: entry.by, step: state.step.step });
  const after: StepState = { ...state, signatures: [...state.signatures, signed.value] };
  return ok(settled(withStep(ceremony, after), entry.at));
}

const signers = (state: StepState) => (state.step.kind === "sign-off" ? state.step.by : (["custodian"] as const));

/** The same at a step: nothing is signed about what the token is at work on. */
export function checkSigned(
  ceremony: Ceremony,
  state: StepState,
  entry: Signed,
  act: StatementAct,
  assertion: VerifiedAssertion | null,
  roles: readonly Role[] = signers(state),
): Result<Approval, Refusal> {
  const signed = checkSignature(ceremony, state.step.step, entry, act, assertion, roles);
  if (!signed.ok || !state.started) return signed;
  return no("STEP-OPEN", { step: state.step.step, status: "under way" });
}

/** Membership, then what was signed, then who may sign it, then whether it is still good. */
export function checkSignature(
  ceremony: Ceremony,
  step: string,
  entry: Signed,
  act: StatementAct,
  assertion: VerifiedAssertion | null,
  roles: readonly Role[],
): Result<Approval, Refusal> {
  const { statement }: { statement: Statement } = entry.body;
  if (assertion?.challenge !== statementHash(statement)) return no("ASSERTION-CHALLENGE", { step });
  const owner = passkeyOf(ceremony.roster, assertion.credentialId);
  if (!owner) return no("PASSKEY-ROSTER", { passkey: assertion.credentialId });
  if (owner.person.person !== entry.by) return no("PASSKEY-OWNER", { person: entry.by, passkey: assertion.credentialId });
  const may = mustBe(ceremony, entry.by, roles, act);
  if (!may.ok) return may;
  const right = checkStatement(ceremony, entry.by, act, step, statement);
  if (!right.ok) return right;
  if (entry.at > statement.expires) return no("STATEMENT-EXPIRED", { expires: statement.expires, at: entry.at });
  return ok({ seq: entry.seq, at: entry.at, person: entry.by, statement, assertion });
}
