import { quorumOf, type Ceremony, type StepState } from "#lib/ceremony/ceremony";
import { whyNotReady } from "#lib/ceremony/readiness";
import { passkeyOf, personOf, type Roster } from "#lib/ceremony/roster";
import type { Block } from "./followed-ceremony";

/**
 * Why those whose approvals would authorise the next operation are not, by now, whom the worker trusts: ROSTER-NEWEST for somebody who is
 * no custodian of its newest roster any more, or whose passkey or group is not theirs there; a rule of readiness when what they accepted or
 * tested has grown too old by the worker's own clock. Null when all of them are, and where no quorum is reached. A ceremony that was opened
 * long ago, in reserve, so gives nobody back what was taken from them; a room whose people are unchanged does not notice.
 */
export function noLongerTrusted(ceremony: Ceremony, state: StepState, newest: Roster, now: Date): Block | null {
  const quorum = quorumOf(ceremony, state);
  if (!quorum.ok) return null;
  const overtaken = (person: string): Block => ({
    code: "ROSTER-NEWEST",
    facts: { version: ceremony.roster.version, newest: newest.version, person },
  });
  const counted = state.approvals.filter(({ seq }) => quorum.value.approvals.includes(seq));
  for (const { person, assertion } of counted) {
    const used = passkeyOf(ceremony.roster, assertion.credentialId)?.passkey;
    const today = personOf(newest, person);
    if (!today?.roles.includes("custodian") || !today.passkeys.some(({ spki }) => spki === used?.spki)) return overtaken(person);
    const unready = whyNotReady(ceremony, person, now.toISOString());
    if (unready) return { code: unready.invariant, facts: { ...unready.facts, seq: state.opening?.seq ?? 0 } };
  }
  const [first] = counted;
  return first && !quorumOf({ ...ceremony, roster: newest }, { ...state, approvals: counted }).ok ? overtaken(first.person) : null;
}
