import { ok, type Result } from "../result";
import { haltedFor } from "./admit-people";
import { checkSignature } from "./admit-signed";
import type { VerifiedAssertion } from "./assertion";
import { breakOn, type Ceremony, type Stopped } from "./ceremony";
import { answerToStop, mustBe } from "./change-step";
import { settled } from "./complete-step";
import type { EntryOf } from "./entry";
import { reachQuorum, type Approval } from "./quorum";
import { no, type Refusal } from "./refusal";

/**
 * A custodian agrees, with their passkey, that the ceremony goes on after this stop as that deviation says. Worth nothing for an
 * operation, for another stop or for another deviation. Nobody signs a no here: who does not agree does not sign, and may stop again.
 */
export function admitResumeApproved(
  ceremony: Ceremony,
  entry: EntryOf<"resume-approved">,
  assertion: VerifiedAssertion | null,
): Result<Ceremony, Refusal> {
  const answer = answered(ceremony, entry.body.statement.deviation ?? null);
  if (!answer.ok) return answer;
  const { stopped, deviation } = answer.value;
  const signed = checkSignature(ceremony, stopped.step, entry, "approve-resume", assertion, ["custodian"]);
  if (!signed.ok) return signed;
  if (resumeApprovals(stopped, deviation).some(({ person }) => person === entry.by)) {
    return no("QUORUM-DISTINCT", { person: entry.by, deviation });
  }
  return ok({ ...ceremony, stopped: { ...stopped, approvals: [...stopped.approvals, signed.value] } });
}

/**
 * Going on needs a deviation noted since the stop and the script's quorum, who agree to going on as it says: a stop is never simply
 * undone, and not by whoever owns app or database. It ends what was agreed to before it: an operation that was open is opened
 * again, and its custodians are asked anew; so are those who had begun to sign at the end. A break that was on goes on: the room is still to be counted.
 */
export function admitResumed(ceremony: Ceremony, entry: EntryOf<"ceremony-resumed">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator"], "resume the ceremony");
  if (!may.ok) return may;
  const answer = answered(ceremony, entry.body.deviation);
  if (!answer.ok) return answer;
  const { stopped, deviation } = answer.value;
  const approvals = resumeApprovals(stopped, deviation);
  const quorum = reachQuorum(ceremony.script.quorum, ceremony.roster, approvals);
  if (!quorum.ok) return no("RESUME-QUORUM", { deviation, ...quorum.refusal.facts });
  const expired = approvals.find(({ statement }) => entry.at > statement.expires);
  if (expired) return no("STATEMENT-EXPIRED", { expires: expired.statement.expires, at: entry.at });
  const resumed: Ceremony = { ...ceremony, phase: breakOn(ceremony) ? "break" : "running", stopped: null };
  return ok(settled(haltedFor(resumed, ["operation", "sign-off"]), entry.at));
}

/** Who has agreed to going on as that deviation says. */
export const resumeApprovals = ({ approvals }: Stopped, deviation: number): readonly Approval[] =>
  approvals.filter(({ statement }) => statement.deviation === deviation);

function answered(ceremony: Ceremony, seq: number | null): Result<{ readonly stopped: Stopped; readonly deviation: number }, Refusal> {
  const { stopped } = ceremony;
  const deviation = answerToStop(ceremony, seq);
  if (!stopped || !deviation) return no("REOPEN-DEVIATION", { deviation: seq, stopped: stopped?.seq ?? null });
  return ok({ stopped, deviation: deviation.seq });
}
