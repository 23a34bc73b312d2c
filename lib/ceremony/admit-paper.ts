import { canonicalText } from "../log/canonical";
import { ok, type Result } from "../result";
import { NOTING } from "./admit-sheets";
import { checkSigned } from "./admit-signed";
import type { VerifiedAssertion } from "./assertion";
import { roleOf, type Ceremony, type StepState } from "./ceremony";
import { deviationBy, done, openStep, withStep } from "./change-step";
import type { EntryOf } from "./entry";
import { no, type Refusal } from "./refusal";
import type { Step, StepKind } from "./script";
import type { PaperClaim } from "./statement";

/**
 * The kinds of step that people alone perform. What the token does is never done on paper; and a signature over the transcript
 * cannot be given without it.
 */
const PAPER_KINDS: readonly StepKind[] = ["statement", "attendance", "check", "evidence", "pause"];

/**
 * Whether the step may be said to have been done on paper. A break is begun and ended by counting, whenever that is written down:
 * on paper the head-count, the seals and the worker's logging out would all be passed by.
 */
export const canBePapered = (step: Step): boolean => PAPER_KINDS.includes(step.kind) && !(step.kind === "pause" && step.break);

/**
 * One of the two people who say, each with their passkey, what was done at the open step on the printed script. Two roles, one
 * account of it; with the second the step is done.
 */
export function admitPapered(ceremony: Ceremony, entry: EntryOf<"step-papered">, assertion: VerifiedAssertion | null): Result<Ceremony, Refusal> {
  const open = openStep(ceremony, null, PAPER_KINDS);
  if (!open.ok) return open;
  const state = open.value;
  if (!canBePapered(state.step)) return no("STEP-KIND", { step: state.step.step, kind: "break" });
  const signed = checkSigned(ceremony, state, entry, "paper", assertion, NOTING);
  if (!signed.ok) return signed;
  const claim = checkClaim(ceremony, state, signed.value.statement.paper, entry.at);
  if (!claim.ok) return claim;
  const first = state.papers[0];
  if (first && roleOf(ceremony, first.person) === roleOf(ceremony, entry.by)) {
    return no("PAPER-TWO-PEOPLE", { first: first.person, second: entry.by });
  }
  const after: StepState = { ...state, papers: [...state.papers, signed.value] };
  return ok(withStep(ceremony, first ? done(after, entry.at) : after));
}

/** It happened within the ceremony, a deviation says why on paper, and the second person says nothing else than the first. */
function checkClaim(ceremony: Ceremony, state: StepState, claim: PaperClaim | undefined, at: string): Result<null, Refusal> {
  const { step } = state.step;
  if (!claim || claim.began < ceremony.openedAt || claim.ended < claim.began || claim.ended > at) {
    return no("PAPER-CLAIM", { step, began: claim?.began ?? null, ended: claim?.ended ?? null });
  }
  const deviation = deviationBy(ceremony, claim.deviation);
  if (!deviation || (deviation.body.step !== null && deviation.body.step !== step)) {
    return no("PAPER-CLAIM", { step, deviation: claim.deviation });
  }
  const first = state.papers[0]?.statement.paper;
  const same = !first || canonicalText(first) === canonicalText(claim);
  return same ? ok(null) : no("PAPER-CLAIM", { step, problem: "another account than the first one" });
}

/** What was signed about a step on paper, once two people have; null for every step that was done here. */
export const paperOf = ({ papers }: StepState): PaperClaim | null => (papers.length > 1 && papers[0]?.statement.paper) || null;
