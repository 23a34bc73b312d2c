import { never, ok, type Result } from "../result";
import { admitInvited, admitPart } from "./admit-secrets";
import { admitApproval, admitRefusal, admitSignature } from "./admit-signed";
import { admitAcknowledged, admitEvidence, admitIdentity, admitStepOpened, admitValue } from "./admit-step";
import { admitAborted, admitDeviation, admitResumed, admitStopped } from "./admit-room";
import { admitClosed, admitDone, admitFailed, admitNoted, admitRecorder, admitStarted } from "./admit-worker";
import { openCeremony } from "./admit-opened";
import type { Ceremony } from "./ceremony";
import type { Entry } from "./entry";
import type { CheckedEntry } from "./examine";
import type { OperationBook } from "./operation";
import { no, type Refusal } from "./refusal";

/**
 * The rule book. Takes the ceremony so far (null before its first entry) and one examined entry; answers the ceremony
 * that follows, or the refusal that names the rule. Pure: no clock, no randomness, no I/O. The app asks it before it
 * appends, the worker asks it about the whole transcript before it touches the token, the verifier years later.
 */
export function admit(ceremony: Ceremony | null, checked: CheckedEntry, book: OperationBook): Result<Ceremony, Refusal> {
  const { entry, hash } = checked;
  if (!ceremony) return openCeremony(checked, book);

  const link = checkLink(ceremony, entry);
  if (!link.ok) return link;
  const phase = checkPhase(ceremony, entry);
  if (!phase.ok) return phase;
  const noted = checkOwed(ceremony, entry);
  if (!noted.ok) return noted;
  const next = judge(ceremony, checked, book);
  return next.ok ? ok({ ...next.value, head: { hash, seq: entry.seq, at: entry.at } }) : next;
}

function checkLink(ceremony: Ceremony, entry: Entry): Result<null, Refusal> {
  const { head } = ceremony;
  if (entry.ceremony !== ceremony.id) return no("CHAIN-CEREMONY", { expected: ceremony.id, found: entry.ceremony });
  if (entry.seq !== head.seq + 1) return no("CHAIN-SEQ", { expected: head.seq + 1, found: entry.seq });
  if (entry.prev !== head.hash) return no("CHAIN-PREV", { expected: head.hash, found: entry.prev });
  if (entry.at < head.at) return no("TIME-ORDER", { before: head.at, found: entry.at });
  return ok(null);
}

/** What may still be said once the room has been stopped, aborted or closed: the truth about work in flight, and the way out. */
function checkPhase(ceremony: Ceremony, entry: Entry): Result<null, Refusal> {
  const truth = ["operation-done", "operation-failed", "worker-noted", "deviation-noted"];
  switch (ceremony.phase) {
    case "running":
      return entry.kind === "ceremony-resumed" ? no("PHASE-STOPPED", { phase: "running", kind: entry.kind }) : ok(null);
    case "stopped":
      return [...truth, "ceremony-resumed", "ceremony-aborted"].includes(entry.kind)
        ? ok(null)
        : no("PHASE-STOPPED", { phase: "stopped", kind: entry.kind });
    case "aborted":
      return [...truth, "ceremony-closed"].includes(entry.kind) ? ok(null) : no("PHASE-ENDED", { phase: "aborted", kind: entry.kind });
    case "closed":
      return no("PHASE-ENDED", { phase: "closed", kind: entry.kind });
    default:
      return never(ceremony.phase);
  }
}

/** What the token was found to hold, and nobody accounts for, stands in the transcript before anything else is begun or ended. */
function checkOwed({ owed }: Ceremony, entry: Entry): Result<null, Refusal> {
  const waits = ["step-opened", "operation-started", "ceremony-closed"].includes(entry.kind);
  return owed && waits ? no("INVENTORY-NOTED", { kind: entry.kind, step: owed.step }) : ok(null);
}

function judge(ceremony: Ceremony, checked: CheckedEntry, book: OperationBook): Result<Ceremony, Refusal> {
  const { entry } = checked;
  switch (entry.kind) {
    case "ceremony-opened":
      return no("OPENED-FIRST", { kind: entry.kind });
    case "recorder-attached":
      return admitRecorder(ceremony, entry, book);
    case "step-opened":
      return admitStepOpened(ceremony, entry, checked.hash);
    case "step-acknowledged":
      return admitAcknowledged(ceremony, entry);
    case "identity-checked":
      return admitIdentity(ceremony, entry);
    case "value-entered":
      return admitValue(ceremony, entry);
    case "evidence-noted":
      return admitEvidence(ceremony, entry);
    case "step-approved":
      return admitApproval(ceremony, entry, checked.assertion);
    case "step-refused":
      return admitRefusal(ceremony, entry, checked.assertion);
    case "signed-off":
      return admitSignature(ceremony, entry, checked.assertion);
    case "secrets-invited":
      return admitInvited(ceremony, entry, checked.hash, checked.recorder, book);
    case "secret-part-entered":
      return admitPart(ceremony, entry, checked.assertion);
    case "deviation-noted":
      return admitDeviation(ceremony, entry);
    case "ceremony-stopped":
      return admitStopped(ceremony, entry);
    case "ceremony-resumed":
      return admitResumed(ceremony, entry);
    case "ceremony-aborted":
      return admitAborted(ceremony, entry);
    case "operation-started":
      return admitStarted(ceremony, entry, checked.recorder, book);
    case "operation-done":
      return admitDone(ceremony, entry, checked.recorder, book);
    case "operation-failed":
      return admitFailed(ceremony, entry, checked.recorder);
    case "worker-noted":
      return admitNoted(ceremony, entry, checked.recorder);
    case "ceremony-closed":
      return admitClosed(ceremony, entry, checked.recorder);
    default:
      return never(entry);
  }
}
