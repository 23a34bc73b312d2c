import { ok, type Result } from "../result";
import { checkSigned } from "./admit-signed";
import type { VerifiedAssertion } from "./assertion";
import { stateOf, type Ceremony, type StepState } from "./ceremony";
import { mustBe, withStep } from "./change-step";
import type { EntryOf } from "./entry";
import { no, type Refusal } from "./refusal";

/** A witness has followed a step to its end and puts their initials to it, each once, as in the column of the paper script. */
export function admitInitials(ceremony: Ceremony, entry: EntryOf<"step-initialled">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["witness"], "initial a step");
  if (!may.ok) return may;
  const finished = doneStep(ceremony, entry.body.step);
  if (!finished.ok) return finished;
  const { seq, at, by } = entry;
  const state = finished.value;
  if (state.initials.some(({ person }) => person === by)) return no("ACT-ONCE", { person: by, step: state.step.step });
  return ok(withStep(ceremony, { ...state, initials: [...state.initials, { person: by, seq, at }] }));
}

/** A witness signs, with their passkey, that a step was done as the transcript has it: everything up to the entry by which it was. */
export function admitAttested(ceremony: Ceremony, entry: EntryOf<"step-attested">, assertion: VerifiedAssertion | null): Result<Ceremony, Refusal> {
  const finished = doneStep(ceremony, entry.body.statement.step);
  if (!finished.ok) return finished;
  const state = finished.value;
  const signed = checkSigned(ceremony, state, entry, "attest", assertion, ["witness"]);
  if (!signed.ok) return signed;
  if (state.attestations.some(({ person }) => person === entry.by)) return no("ACT-ONCE", { person: entry.by, step: state.step.step });
  return ok(withStep(ceremony, { ...state, attestations: [...state.attestations, signed.value] }));
}

/** The step of that id, if it is done; else STEP-DONE. */
export function doneStep(ceremony: Ceremony, step: string): Result<StepState, Refusal> {
  const state = stateOf(ceremony, step);
  return state?.status === "done" ? ok(state) : no("STEP-DONE", { step, status: state?.status ?? null });
}
