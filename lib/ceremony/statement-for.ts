import { canonicalText, hashOf, type Json } from "../log/canonical";
import type { Commitment } from "../log/commitment";
import { ok, type Result } from "../result";
import { remainingOperations, roleOf, stateOf, tokenSerials, type Ceremony } from "./ceremony";
import { no, type InvariantName, type Refusal } from "./refusal";
import type { SecretPart, Statement, StatementAct } from "./statement";

/** What a person decides; everything else in their statement follows from the ceremony. */
export type Decision = {
  readonly act: StatementAct;
  readonly step: string;
  readonly verdict: Statement["verdict"];
  readonly remark: Commitment | null;
  /** enter-part only: which part of which secret, and the hash of its ciphertext. */
  readonly part?: SecretPart | undefined;
};

/**
 * The one statement this person can sign now for this decision, or null where there is none (no recorder yet, step not
 * opened, person not in the ceremony). Browser, app, worker and verifier all make it from the transcript.
 */
export function statementFor(ceremony: Ceremony, person: string, decision: Decision): Statement | null {
  const role = roleOf(ceremony, person);
  const state = stateOf(ceremony, decision.step);
  const token = tokenSerials(ceremony);
  if (!role || !state?.opening || !token) return null;
  const what = decision.act === "sign-off" ? [] : [...remainingOperations(state)];
  return {
    v: "claviger/statement/v1",
    act: decision.act,
    ceremony: ceremony.id,
    mode: ceremony.mode,
    scriptHash: ceremony.scriptHash,
    step: decision.step,
    what,
    whatHash: hashOf(what),
    token,
    head: state.opening.hash,
    nonce: state.opening.nonce,
    expires: state.opening.expires,
    person,
    role,
    verdict: decision.verdict,
    remark: decision.remark,
    ...(decision.part && { part: decision.part }),
  };
}

/** Which rule speaks when a member of a signed statement is not what the transcript says it must be, in this order. */
const MEMBERS: readonly (readonly [InvariantName, readonly (keyof Statement)[]])[] = [
  ["STATEMENT-CEREMONY", ["v", "ceremony"]],
  ["STATEMENT-MODE", ["mode"]],
  ["STATEMENT-SCRIPT", ["scriptHash"]],
  ["STATEMENT-STEP", ["step"]],
  ["STATEMENT-WHAT", ["what", "whatHash"]],
  ["STATEMENT-TOKEN", ["token"]],
  ["STATEMENT-NONCE", ["nonce"]],
  ["STATEMENT-HEAD", ["head", "expires"]],
  ["STATEMENT-PERSON", ["person", "role"]],
  ["STATEMENT-ACT", ["act", "verdict", "remark"]],
];

/**
 * Whether a signed statement is, member by member, the one this person can sign now. `act` is what its entry claims it
 * to be: a refusal never counts as an approval. Refuses with the rule of the first member that differs.
 */
export function checkStatement(ceremony: Ceremony, person: string, act: StatementAct, step: string, signed: Statement): Result<Statement, Refusal> {
  const { verdict, remark, part } = signed;
  const wellDecided = act === "sign-off" ? verdict !== null : verdict === null && (act === "refuse") === (remark !== null);
  const expected = statementFor(ceremony, person, { act, step, verdict, remark, part });
  if (!expected) return no("STEP-OPEN", { step });
  for (const [invariant, members] of MEMBERS) {
    for (const member of members) {
      if (canonicalText(signed[member] as Json) !== canonicalText(expected[member] as Json)) {
        return no(invariant, { member, step });
      }
    }
  }
  if (!wellDecided) return no("STATEMENT-ACT", { member: "verdict", step });
  if ((act === "enter-part") !== (part !== undefined)) return no("STATEMENT-ACT", { member: "part", step });
  return ok(expected);
}
