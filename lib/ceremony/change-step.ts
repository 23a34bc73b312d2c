import { ok, type Result } from "../result";
import { currentStep, roleOf, type Ceremony, type Deed, type Deviation, type StepState } from "./ceremony";
import { RECORDER, type EntryOf } from "./entry";
import type { RecorderSigned } from "./examine";
import { no, type Refusal } from "./refusal";
import type { Role } from "./roles";
import type { StepKind } from "./script";

/** The ceremony with one step's state replaced. */
export const withStep = (ceremony: Ceremony, changed: StepState): Ceremony => ({
  ...ceremony,
  steps: ceremony.steps.map((state) => (state.number === changed.number ? changed : state)),
});

/** The current step, if it is the one named, of one of the kinds, and open; else why not. */
export function openStep(ceremony: Ceremony, id: string | null, kinds: readonly StepKind[]): Result<StepState, Refusal> {
  const current = currentStep(ceremony);
  if (!current || (id !== null && current.step.step !== id)) return no("STEP-OPEN", { step: id, current: current?.step.step ?? null });
  if (!kinds.includes(current.step.kind)) return no("STEP-KIND", { step: current.step.step, kind: current.step.kind });
  if (current.status !== "open") return no("STEP-OPEN", { step: current.step.step, status: current.status });
  return ok(current);
}

/** The person's role, if it is one of these; else ROLE-MAY. */
export function mustBe(ceremony: Ceremony, person: string, roles: readonly Role[], act: string): Result<Role, Refusal> {
  const role = roleOf(ceremony, person);
  return role && roles.includes(role) ? ok(role) : no("ROLE-MAY", { person, role, act });
}

/** The step as it is once its last condition is met. */
export const done = (state: StepState, at: string): StepState => ({ ...state, status: "done", doneAt: at });

/** The step with one more thing done in it. */
export function withDeed(state: StepState, entry: EntryOf<Deed["kind"]>): StepState {
  const deed = { kind: entry.kind, seq: entry.seq, at: entry.at, by: entry.by, body: entry.body } as Deed;
  return { ...state, deeds: [...state.deeds, deed] };
}

/** Every entry of the worker carries the signature of the one recorder that attached. */
export function sameRecorder(ceremony: Ceremony, recorder: RecorderSigned | null): Result<null, Refusal> {
  if (!ceremony.recorder) return no("RECORDER-FIRST");
  return recorder?.spki === ceremony.recorder.recorder.spki ? ok(null) : no("RECORDER-SAME");
}

/** Nothing is awaited and nothing kept: at a new opening, and once the operation that asked for secrets has been done or has failed. */
export const NO_SECRETS: Pick<StepState, "invitation" | "parts"> = { invitation: null, parts: [] };

/** The deviation of that number if a person noted it: what the worker notes of itself is no decision to go on. */
export const deviationBy = (ceremony: Ceremony, seq: number | null): Deviation | null =>
  ceremony.deviations.find((deviation) => deviation.seq === seq && deviation.by !== RECORDER) ?? null;

/**
 * The same, if the room is stopped and it was noted since, on a sheet of its own: a stop is answered by what was written down after
 * it, and not by what completes the sheet of two readings that differ, which is about them.
 */
export function answerToStop(ceremony: Ceremony, seq: number | null): Deviation | null {
  const deviation = deviationBy(ceremony, seq);
  const about = deviation !== null && deviation.opened === null;
  return about && ceremony.stopped && deviation.seq > ceremony.stopped.seq ? deviation : null;
}
