import { never, ok, type Result } from "../result";
import { admitInvited, admitPart } from "./admit-secrets";
import { admitApproval, admitRefusal, admitSignature } from "./admit-signed";
import { admitAcknowledged, admitEvidence, admitIdentity, admitStepOpened, admitValue } from "./admit-step";
import { admitBreakBegun, admitBreakEnded, admitLoggedIn, admitLoggedOut } from "./admit-break";
import { admitClock, admitPresence, admitReplaced, checkPresence } from "./admit-people";
import { admitResumeApproved, admitResumed } from "./admit-resume";
import { admitAborted, admitStopped } from "./admit-room";
import { admitDeviation, admitDeviationInitials, admitRead, admitWithheld } from "./admit-sheets";
import { admitNotebook } from "./admit-notebook";
import { admitPapered } from "./admit-paper";
import { admitAttested, admitInitials } from "./admit-witness";
import { admitClosed, admitDone, admitFailed, admitNoted, admitRecorder, admitStarted } from "./admit-worker";
import { admitMissed, admitStamped } from "./admit-stamps";
import { openCeremony } from "./admit-opened";
import type { Ceremony, StepState } from "./ceremony";
import { RECORDER, type Entry } from "./entry";
import type { CheckedEntry } from "./examine";
import type { OperationBook } from "./operation";
import { checkSigner } from "./passkey-policy";
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
  const there = checkPresence(ceremony, entry);
  if (!there.ok) return there;
  const loggedIn = checkLoggedIn(ceremony, entry);
  if (!loggedIn.ok) return loggedIn;
  const noted = checkOwed(ceremony, entry);
  if (!noted.ok) return noted;
  const signer = checkSigner(ceremony, checked.assertion);
  if (!signer.ok) return signer;
  const next = judge(ceremony, checked, book);
  return next.ok ? ok({ ...withDoneHash(ceremony, next.value, hash), head: { hash, seq: entry.seq, at: entry.at } }) : next;
}

/** The step that this entry completed, if it did, is known by it from now on. */
function withDoneHash(before: Ceremony, after: Ceremony, hash: string): Ceremony {
  if (before.steps === after.steps || !after.steps.some(isUnmarked)) return after;
  return { ...after, steps: after.steps.map((state) => (isUnmarked(state) ? { ...state, doneHash: hash } : state)) };
}

const isUnmarked = ({ status, doneHash }: StepState): boolean => status === "done" && doneHash === null;

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
  const truth = ["operation-done", "operation-failed", "worker-noted", "deviation-noted", "deviation-initialled", "initials-withheld", "token-logged-in"];
  const stamps = ["time-stamped", "time-stamp-missed"];
  const later = entry.kind === "identity-checked" && entry.body.step === null ? [entry.kind] : [];
  const people = ["presence-noted", "person-replaced", "clock-compared", "token-logged-out", ...later];
  const witnessed = ["step-initialled", "step-attested", "notebook-released"];
  switch (ceremony.phase) {
    case "running":
      return ["resume-approved", "ceremony-resumed"].includes(entry.kind) ? no("PHASE-STOPPED", { phase: "running", kind: entry.kind }) : ok(null);
    case "break":
      // A step is opened only to come back by: admitStepOpened sees to it.
      return [...truth, ...stamps, ...witnessed, ...people, "step-opened", "break-ended", "ceremony-stopped", "ceremony-aborted"].includes(entry.kind)
        ? ok(null)
        : no("PHASE-BREAK", { phase: "break", kind: entry.kind });
    case "stopped":
      return [...truth, ...stamps, ...witnessed, ...people, "resume-approved", "ceremony-resumed", "ceremony-aborted"].includes(entry.kind)
        ? ok(null)
        : no("PHASE-STOPPED", { phase: "stopped", kind: entry.kind });
    case "aborted":
      return [...truth, ...stamps, "ceremony-closed"].includes(entry.kind) ? ok(null) : no("PHASE-ENDED", { phase: "aborted", kind: entry.kind });
    case "closed":
      return no("PHASE-ENDED", { phase: "closed", kind: entry.kind });
    default:
      return never(ceremony.phase);
  }
}

/** Between logging out and logging in the recorder signs nothing else: its key is on the token. */
function checkLoggedIn({ loggedOut }: Ceremony, entry: Entry): Result<null, Refusal> {
  if (!loggedOut || entry.by !== RECORDER || entry.kind === "token-logged-in") return ok(null);
  return no("TOKEN-OUT", { kind: entry.kind, since: loggedOut.seq });
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
      return admitRecorder(ceremony, entry, checked.hash, book);
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
      return admitPart(ceremony, entry, checked.assertion, book);
    case "deviation-noted":
      return admitDeviation(ceremony, entry, checked.hash);
    case "deviation-initialled":
      return admitDeviationInitials(ceremony, entry);
    case "initials-withheld":
      return admitWithheld(ceremony, entry);
    case "deviations-read":
      return admitRead(ceremony, entry);
    case "step-initialled":
      return admitInitials(ceremony, entry);
    case "step-attested":
      return admitAttested(ceremony, entry, checked.assertion);
    case "step-papered":
      return admitPapered(ceremony, entry, checked.assertion);
    case "notebook-released":
      return admitNotebook(ceremony, entry, checked.assertion);
    case "presence-noted":
      return admitPresence(ceremony, entry);
    case "person-replaced":
      return admitReplaced(ceremony, entry);
    case "break-begun":
      return admitBreakBegun(ceremony, entry);
    case "break-ended":
      return admitBreakEnded(ceremony, entry, checked.hash);
    case "clock-compared":
      return admitClock(ceremony, entry);
    case "token-logged-out":
      return admitLoggedOut(ceremony, entry, checked.recorder);
    case "token-logged-in":
      return admitLoggedIn(ceremony, entry, checked.recorder);
    case "ceremony-stopped":
      return admitStopped(ceremony, entry, checked.hash);
    case "resume-approved":
      return admitResumeApproved(ceremony, entry, checked.assertion);
    case "ceremony-resumed":
      return admitResumed(ceremony, entry);
    case "ceremony-aborted":
      return admitAborted(ceremony, entry);
    case "operation-started":
      return admitStarted(ceremony, entry, checked.recorder, book);
    case "operation-done":
      return admitDone(ceremony, entry, checked.hash, checked.recorder, book);
    case "operation-failed":
      return admitFailed(ceremony, entry, checked.recorder);
    case "worker-noted":
      return admitNoted(ceremony, entry, checked.hash, checked.recorder);
    case "time-stamped":
      return admitStamped(ceremony, entry, checked.recorder);
    case "time-stamp-missed":
      return admitMissed(ceremony, entry, checked.recorder);
    case "ceremony-closed":
      return admitClosed(ceremony, entry, checked.recorder);
    default:
      return never(entry);
  }
}
