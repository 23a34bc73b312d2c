import { canonicalText, hashOf, type Json } from "../log/canonical";
import type { Commitment } from "../log/commitment";
import { ok, type Result } from "../result";
import { remainingOperations, roleOf, stateOf, tokenSerials, type Ceremony, type StepState } from "./ceremony";
import { answerToStop } from "./change-step";
import { no, type InvariantName, type Refusal } from "./refusal";
import { isOfDone, SAID_WITHIN_MS } from "./signing-time";
import type { PaperClaim, SecretPart, Statement, StatementAct } from "./statement";
import { operationsOf, type OperationRequest } from "./script";

/** What a person decides; everything else in their statement follows from the ceremony. */
export type Decision = {
  readonly act: StatementAct;
  readonly step: string;
  readonly verdict: Statement["verdict"];
  readonly remark: Commitment | null;
  /** enter-part only: which part of which secret, and the hash of its ciphertext. */
  readonly part?: SecretPart | undefined;
  /** paper only: what was done on paper. */
  readonly paper?: PaperClaim | undefined;
  /** release-notebook only: the hash of the pages. */
  readonly pages?: string | undefined;
  /** approve-resume only: as which deviation says the ceremony goes on. */
  readonly deviation?: number | undefined;
};

/**
 * The one statement this person can sign now for this decision, or null where there is none (no recorder yet, step not
 * opened, person not in the ceremony). Browser, app, worker and verifier all make it from the transcript.
 */
export function statementFor(ceremony: Ceremony, person: string, decision: Decision): Statement | null {
  const role = roleOf(ceremony, person);
  const state = stateOf(ceremony, decision.step);
  const goesOn = decision.act === "approve-resume";
  // A room may be stopped before a token was found, and has to be able to go on.
  const token = tokenSerials(ceremony) ?? (goesOn ? { serial: "" } : null);
  const place = state && (goesOn ? placeOfStop(ceremony, decision) : placeOf(state, decision.act));
  if (!role || !place || !token) return null;
  const what = [...whatOf(state, decision.act)];
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
    ...place,
    person,
    role,
    verdict: decision.verdict,
    remark: decision.remark,
    ...(decision.part && { part: decision.part }),
    ...(decision.paper && { paper: decision.paper }),
    ...(decision.pages !== undefined && { pages: decision.pages }),
    ...(decision.deviation !== undefined && { deviation: decision.deviation }),
  };
}

/** Whoever agrees to going on signs for this stop, and for everything up to the deviation that answers it. */
function placeOfStop(ceremony: Ceremony, { step, deviation }: Decision): Pick<Statement, "head" | "nonce" | "expires"> | null {
  const { stopped, script } = ceremony;
  const answer = answerToStop(ceremony, deviation ?? null);
  if (!stopped || !answer || step !== stopped.step) return null;
  const expires = new Date(Date.parse(answer.at) + script.expires.minutes * 60_000).toISOString();
  return { head: answer.hash, nonce: stopped.hash, expires };
}

/** Which moment of the transcript is signed, and until when; null where the step has not come so far. */
function placeOf({ opening, doneAt, doneHash }: StepState, act: StatementAct): Pick<Statement, "head" | "nonce" | "expires"> | null {
  if (!opening) return null;
  if (!isOfDone(act)) return { head: opening.hash, nonce: opening.nonce, expires: opening.expires };
  if (doneAt === null || doneHash === null) return null;
  return { head: doneHash, nonce: opening.nonce, expires: new Date(Date.parse(doneAt) + SAID_WITHIN_MS).toISOString() };
}

function whatOf(state: StepState, act: StatementAct): readonly OperationRequest[] {
  if (act === "sign-off" || act === "release-notebook" || act === "approve-resume") return [];
  return act === "attest" ? operationsOf(state.step) : remainingOperations(state);
}

/** Whether verdict and remark are those that the act takes: a no always says why, a witness may add something. */
function isWellDecided(act: StatementAct, verdict: Statement["verdict"], remark: Statement["remark"]): boolean {
  if (act === "sign-off") return verdict === "agree" || (verdict !== null && remark !== null);
  return verdict === null && (act === "attest" || (act === "refuse") === (remark !== null));
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
  const { verdict, remark, part, paper, pages, deviation } = signed;
  const expected = statementFor(ceremony, person, { act, step, verdict, remark, part, paper, pages, deviation });
  if (!expected) return no("STEP-OPEN", { step });
  for (const [invariant, members] of MEMBERS) {
    for (const member of members) {
      if (canonicalText(signed[member] as Json) !== canonicalText(expected[member] as Json)) {
        return no(invariant, { member, step });
      }
    }
  }
  if (!isWellDecided(act, verdict, remark)) return no("STATEMENT-ACT", { member: "verdict", step });
  if ((act === "enter-part") !== (part !== undefined)) return no("STATEMENT-ACT", { member: "part", step });
  if ((act === "paper") !== (paper !== undefined)) return no("STATEMENT-ACT", { member: "paper", step });
  if ((act === "release-notebook") !== (pages !== undefined)) return no("STATEMENT-ACT", { member: "pages", step });
  if ((act === "approve-resume") !== (deviation !== undefined)) return no("STATEMENT-ACT", { member: "deviation", step });
  return ok(expected);
}
