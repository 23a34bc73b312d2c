import { canonicalText } from "../log/canonical";
import { ok, type Result } from "../result";
import { haltedFor } from "./admit-people";
import { currentStep, nextSheet, performed, quorumOf, tokenSerials, type Ceremony, type Performed, type StepState } from "./ceremony";
import { withMark } from "./admit-stamps";
import { done, NO_SECRETS, openStep, sameRecorder, withStep } from "./change-step";
import type { EntryOf } from "./entry";
import type { RecorderSigned } from "./examine";
import { NO_SERIAL, type OperationBook } from "./operation";
import { ckaIdOf } from "./quorum";
import { no, type Refusal } from "./refusal";
import { awaitedParts, halvesAfter } from "./secret-parts";
import { operationsOf, stepsOf, type OperationRequest, type Script } from "./script";

/** The worker has found script, roster and token to be what it knows, and binds the ceremony to that token and its key. */
export function admitRecorder(ceremony: Ceremony, entry: EntryOf<"recorder-attached">, hash: string, book: OperationBook): Result<Ceremony, Refusal> {
  const { body, at, seq } = entry;
  if (ceremony.recorder) return no("RECORDER-FIRST", { problem: "attached already" });
  if (body.scriptHash !== ceremony.scriptHash) return no("SCRIPT-HASH", { found: body.scriptHash });
  if (body.rosterHash !== ceremony.rosterHash) return no("ROSTER-HASH", { found: body.rosterHash });
  const named = otherTokensOf(ceremony.script, book);
  const found = (body.others ?? []).map(({ name }) => name);
  if (named.join() !== found.join()) return no("RECORDER-TOKENS", { named, found });
  // Two names for one device: a copy would lie where the original lies, and people would think it elsewhere.
  const serials = [body.token.serial, ...(body.others ?? []).map(({ serial }) => serial)].filter((serial) => serial !== NO_SERIAL);
  if (new Set(serials).size !== serials.length) return no("RECORDER-TOKENS", { serials });
  return ok({ ...withMark(ceremony, "opening", entry, hash), recorder: { ...body, at, seq } });
}

/** The other tokens that a script's operations work on, by name, sorted. */
export const otherTokensOf = (script: Script, book: OperationBook): readonly string[] =>
  [...new Set(stepsOf(script).flatMap(operationsOf).flatMap((request) => book.find(request.operation)?.tokens?.(request) ?? []))].sort();

/**
 * The intent, written before the token is touched. Needs a quorum unless the operation only reads; the request must be
 * the script's own, and the id it may use follows from what authorised it.
 */
export function admitStarted(ceremony: Ceremony, entry: EntryOf<"operation-started">, recorder: RecorderSigned | null, book: OperationBook): Result<Ceremony, Refusal> {
  const { body } = entry;
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  const open = openStep(ceremony, body.step, ["operation"]);
  if (!open.ok) return open;
  const state = open.value;
  const scripted = operationsOf(state.step)[body.index];
  if (state.started || body.index !== state.outcomes.length || !scripted) {
    return no("OPERATION-ORDER", { step: body.step, index: body.index, next: state.outcomes.length });
  }
  if (!sameRequest(body.request as OperationRequest, scripted)) return no("STATEMENT-WHAT", { step: body.step, index: body.index });

  const authority = authorise(ceremony, state, entry, book);
  if (!authority.ok) return authority;
  if (body.ckaId !== ckaIdOf(authority.value, body.index)) return no("OPERATION-ID", { step: body.step, found: body.ckaId });
  const awaited = awaitedParts(state, book);
  if (awaited.length > 0) return no("SECRET-COMPLETE", { step: body.step, awaited: awaited.map(({ secret, part }) => `${secret} ${String(part)}`) });
  return ok(withStep(ceremony, { ...state, started: { ...body, seq: entry.seq, at: entry.at } }));
}

/** What the operation derives its id from: the quorum that agreed, or, where nothing but reading is asked, the opening. */
function authorise(ceremony: Ceremony, state: StepState, entry: EntryOf<"operation-started">, book: OperationBook): Result<string, Refusal> {
  const { body } = entry;
  if (!needsQuorum(state, book)) {
    return body.quorumHash === null && body.approvals.length === 0
      ? ok(state.opening?.hash ?? "")
      : no("OPERATION-QUORUM", { step: body.step, problem: "claims approvals it does not need" });
  }
  const quorum = quorumOf(ceremony, state);
  if (!quorum.ok) return quorum;
  if (quorum.value.hash !== body.quorumHash || quorum.value.approvals.join() !== body.approvals.join()) {
    return no("OPERATION-QUORUM", { step: body.step, approvals: body.approvals.map(String) });
  }
  // Judged by the recorder's own clock, for every operation of the step: a long stop between two of them counts.
  const expires = state.opening?.expires ?? "";
  if (entry.at > expires) return no("STATEMENT-EXPIRED", { expires, at: entry.at });
  return ok(quorum.value.hash);
}

/** A step needs a quorum as soon as one of its operations does more than read. An unknown operation counts as the worst. */
export const needsQuorum = (state: StepState, book: OperationBook): boolean =>
  operationsOf(state.step).some((request) => book.find(request.operation)?.effect !== "reads");

/** The outcome, as the recorder signed it; refused when it contradicts the request or an earlier outcome. */
export function admitDone(
  ceremony: Ceremony, entry: EntryOf<"operation-done">, hash: string, recorder: RecorderSigned | null, book: OperationBook,
): Result<Ceremony, Refusal> {
  const { body } = entry;
  const flight = inFlight(ceremony, body, recorder);
  if (!flight.ok) return flight;
  const { state, started } = flight.value;
  const request = started.request as OperationRequest;
  const problems = book.find(request.operation)?.recheck(request, body.outcome, {
    ceremony: ceremony.id,
    ckaId: started.ckaId,
    startedAt: started.at,
    earlier: performed(ceremony),
    others: tokenSerials(ceremony)?.others,
  }) ?? ["unknown operation"];
  if (problems[0]) return no("OUTCOME-MATCHES", { step: body.step, problem: problems[0] });
  const serial = serialIn(body.outcome);
  const renewed = book.find(request.operation)?.renews === true ? renewedToken(ceremony, request, body.outcome) : ceremony;
  if (!renewed) return no("OUTCOME-MATCHES", { step: body.step, problem: "a new token that is not one of its own" });
  if (serial !== null && renewed === ceremony && serial !== serialFor(ceremony, request)) return no("OUTCOME-MATCHES", { step: body.step, serial });

  const outcome: Performed = {
    index: body.index,
    request,
    ckaId: started.ckaId,
    approvals: started.approvals,
    startedAt: started.at,
    seq: entry.seq,
    at: entry.at,
    outcome: body.outcome,
    milliseconds: body.milliseconds,
    recovered: body.recovered,
  };
  const after: StepState = { ...state, ...NO_SECRETS, started: null, outcomes: [...state.outcomes, outcome] };
  const all = after.outcomes.length === operationsOf(state.step).length;
  const facts = book.find(request.operation)?.differs?.(request, body.outcome, performed(ceremony)) ?? null;
  const owed = facts && ({ class: "D", step: body.step, code: "inventory-differs", facts } as const);
  const halves = halvesAfter(ceremony, state, request, book);
  const marked = (book.find(request.operation)?.makes(request).length ?? 0) > 0 ? withMark(renewed, "key", entry, hash) : renewed;
  return ok({ ...withStep(marked, all ? done(after, entry.at) : after), owed, halves });
}

/**
 * What a token is called is its own to say: one that was initialised may have another serial number and label, which are the
 * ones that people sign from then on. Null when the outcome names none, or one that another token of the ceremony has.
 */
function renewedToken(ceremony: Ceremony, request: OperationRequest, outcome: Performed["outcome"]): Ceremony | null {
  const { recorder } = ceremony;
  const serial = serialIn(outcome);
  const others = recorder?.others?.filter(({ name }) => name !== request["token"]) ?? [];
  const renewed = recorder?.others?.find(({ name }) => name === request["token"]);
  if (!recorder || !renewed || serial === null || [recorder.token, ...others].some((token) => token.serial === serial)) return null;
  const label = labelIn(outcome) ?? renewed.label;
  return { ...ceremony, recorder: { ...recorder, others: recorder.others?.map((one) => (one === renewed ? { ...one, serial, label } : one)) } };
}

/** The token refused or broke; nothing of the operation is on it. The step waits for a re-opening with a deviation. */
export function admitFailed(ceremony: Ceremony, entry: EntryOf<"operation-failed">, recorder: RecorderSigned | null): Result<Ceremony, Refusal> {
  const flight = inFlight(ceremony, entry.body, recorder);
  if (!flight.ok) return flight;
  return ok(withStep(ceremony, { ...flight.value.state, ...NO_SECRETS, status: "failed", started: null, failure: { ...entry.body, seq: entry.seq } }));
}

/**
 * What the worker saw itself: a restart, a token that went away, half a key found and destroyed; or that a listing differs, which
 * it says once, when that follows from the outcome and in the words that do.
 */
export function admitNoted(
  ceremony: Ceremony,
  entry: EntryOf<"worker-noted">,
  hash: string,
  recorder: RecorderSigned | null,
): Result<Ceremony, Refusal> {
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  const { seq, at, by, body } = entry;
  const pays = body.code === "inventory-differs";
  if (pays && (!ceremony.owed || canonicalText(body) !== canonicalText(ceremony.owed))) {
    return no("INVENTORY-NOTED", { step: body.step, problem: ceremony.owed ? "not what the listing shows" : "no listing asks for it" });
  }
  const sheet = { number: nextSheet(ceremony), opened: null, seq, hash, at, by, body, initials: [], withheld: [] };
  const deviations = [...ceremony.deviations, sheet];
  return ok(haltedFor({ ...ceremony, owed: pays ? null : ceremony.owed, deviations }, ["sign-off"]));
}

/** The last entry: every step done and signed, or the ceremony aborted, and no operation in flight. */
export function admitClosed(ceremony: Ceremony, entry: EntryOf<"ceremony-closed">, recorder: RecorderSigned | null): Result<Ceremony, Refusal> {
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  const { body } = entry;
  const current = currentStep(ceremony);
  const expected = ceremony.phase === "aborted" ? "aborted" : "completed";
  if (body.result !== expected || body.entries !== entry.seq + 1) return no("CLOSE-COMPLETE", { result: body.result, entries: body.entries });
  if (expected === "completed" && current) return no("CLOSE-COMPLETE", { step: current.step.step, status: current.status });
  if (ceremony.steps.some((state) => state.started)) return no("CLOSE-COMPLETE", { problem: "an operation is under way" });
  return ok({ ...ceremony, phase: "closed", closed: { at: entry.at, result: body.result } });
}

type Flight = { readonly state: StepState; readonly started: NonNullable<StepState["started"]> };

function inFlight(ceremony: Ceremony, place: { step: string; index: number }, recorder: RecorderSigned | null): Result<Flight, Refusal> {
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  const state = ceremony.steps.find((candidate) => candidate.started !== null);
  if (!state?.started || state.step.step !== place.step || state.started.index !== place.index) {
    return no("OPERATION-ORDER", { step: place.step, index: place.index, problem: "no such intent was written" });
  }
  return ok({ state, started: state.started });
}

/** The serial an outcome says it was done on; null for the operations of a book whose outcomes do not say. */
function serialIn(outcome: Performed["outcome"]): string | null {
  const { token } = outcome;
  return typeof token === "object" && token !== null && "serial" in token && typeof token.serial === "string" ? token.serial : null;
}

/** What the token of an outcome calls itself; null where it does not say. */
function labelIn({ token }: Performed["outcome"]): string | null {
  return typeof token === "object" && token !== null && "label" in token && typeof token.label === "string" ? token.label : null;
}

/** Where an operation works: on the token its parameter `token` names, else on the ceremony's own. */
function serialFor(ceremony: Ceremony, { token }: OperationRequest): string | undefined {
  const serials = tokenSerials(ceremony);
  return typeof token === "string" ? serials?.others?.[token] : serials?.serial;
}

const sameRequest = (a: OperationRequest, b: OperationRequest): boolean => canonicalText(a) === canonicalText(b);
