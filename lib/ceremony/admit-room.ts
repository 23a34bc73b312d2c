import { ok, type Result } from "../result";
import { haltedFor } from "./admit-people";
import { breakOn, type Ceremony } from "./ceremony";
import { deviationBy, mustBe } from "./change-step";
import { settled } from "./complete-step";
import type { EntryOf } from "./entry";
import { no, type Refusal } from "./refusal";
import { ROLES } from "./roles";

/** Anybody in the room, at once, an auditor too. */
export function admitStopped(ceremony: Ceremony, entry: EntryOf<"ceremony-stopped">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ROLES, "stop the ceremony");
  return may.ok ? ok({ ...ceremony, phase: "stopped", stoppedBy: entry.seq }) : may;
}

/**
 * Going on needs a deviation noted since the stop: a stop is never simply undone. Nor does it need a signature, so whoever
 * owns app or database could write both in an operator's name. Therefore it ends what was agreed to before it: an operation
 * that was open is opened again, and its custodians are asked anew. A break that was on goes on: the room is still to be counted.
 */
export function admitResumed(ceremony: Ceremony, entry: EntryOf<"ceremony-resumed">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator"], "resume the ceremony");
  if (!may.ok) return may;
  const deviation = deviationBy(ceremony, entry.body.deviation);
  if (!deviation || ceremony.stoppedBy === null || deviation.seq < ceremony.stoppedBy) {
    return no("REOPEN-DEVIATION", { deviation: entry.body.deviation, stopped: ceremony.stoppedBy });
  }
  const resumed: Ceremony = { ...ceremony, phase: breakOn(ceremony) ? "break" : "running", stoppedBy: null };
  return ok(settled(haltedFor(resumed, ["operation"]), entry.at));
}

/** The end without the goal. The record is made all the same. */
export function admitAborted(ceremony: Ceremony, entry: EntryOf<"ceremony-aborted">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator"], "abort the ceremony");
  return may.ok ? ok({ ...ceremony, phase: "aborted" }) : may;
}
