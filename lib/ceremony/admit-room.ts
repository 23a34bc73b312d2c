import { ok, type Result } from "../result";
import { currentStep, type Ceremony } from "./ceremony";
import { deviationBy, mustBe, withStep } from "./change-step";
import type { EntryOf } from "./entry";
import { no, type Refusal } from "./refusal";
import { ROLES } from "./roles";

/** Anything not as scripted, noted when noticed, by anyone who takes part. An auditor looks on and changes nothing. */
export function admitDeviation(ceremony: Ceremony, entry: EntryOf<"deviation-noted">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator", "custodian", "witness"], "note a deviation");
  if (!may.ok) return may;
  const { seq, at, by, body } = entry;
  return ok({ ...ceremony, deviations: [...ceremony.deviations, { seq, at, by, body }] });
}

/** Anybody in the room, at once, an auditor too. */
export function admitStopped(ceremony: Ceremony, entry: EntryOf<"ceremony-stopped">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ROLES, "stop the ceremony");
  return may.ok ? ok({ ...ceremony, phase: "stopped", stoppedBy: entry.seq }) : may;
}

/**
 * Going on needs a deviation noted since the stop: a stop is never simply undone. Nor does it need a signature, so whoever
 * owns app or database could write both in an operator's name. Therefore it ends what was agreed to before it: an operation
 * that was open is opened again, and its custodians are asked anew.
 */
export function admitResumed(ceremony: Ceremony, entry: EntryOf<"ceremony-resumed">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator"], "resume the ceremony");
  if (!may.ok) return may;
  const deviation = deviationBy(ceremony, entry.body.deviation);
  if (!deviation || ceremony.stoppedBy === null || deviation.seq < ceremony.stoppedBy) {
    return no("REOPEN-DEVIATION", { deviation: entry.body.deviation, stopped: ceremony.stoppedBy });
  }
  const resumed: Ceremony = { ...ceremony, phase: "running", stoppedBy: null };
  const current = currentStep(ceremony);
  const agreedBefore = current?.status === "open" && current.step.kind === "operation";
  return ok(agreedBefore ? withStep(resumed, { ...current, status: "refused" }) : resumed);
}

/** The end without the goal. The record is made all the same. */
export function admitAborted(ceremony: Ceremony, entry: EntryOf<"ceremony-aborted">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator"], "abort the ceremony");
  return may.ok ? ok({ ...ceremony, phase: "aborted" }) : may;
}
