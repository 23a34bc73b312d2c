import { needsQuorum } from "#lib/ceremony/admit-worker";
import {
  coolsUntil,
  peopleIn,
  quorumOf,
  stateOf,
  tokenSerials,
  type Ceremony,
  type Deed,
  type StepState,
} from "#lib/ceremony/ceremony";
import { chainCode } from "#lib/ceremony/chain-code";
import type { Approval } from "#lib/ceremony/quorum";
import { operationsOf, quorumRuleOf } from "#lib/ceremony/script";
import type { Doing, OperationView, RoomBook, StepView } from "./room";
import { quorumInWords, type Names } from "./room-names";
import { halfInWords } from "./room-secrets";
import { saidOfStep } from "./room-deviations";
import { sealsOf } from "./room-seals";
import { workDone } from "./room-work";

/** What a step looks like to everybody: its text, what has been done about it by whom and when, and what came of it. */
export function stepView(
  ceremony: Ceremony,
  state: StepState,
  current: boolean,
  names: Names,
  book: RoomBook,
  now: string,
): StepView {
  const { step, opening } = state;
  const asksQuorum = step.kind === "operation" && needsQuorum(state, book);
  const approvals = asksQuorum ? approvalsOf(ceremony, state) : null;
  const seals = sealsOf(ceremony, state, names, asksQuorum);
  return {
    step: step.step,
    number: state.number,
    title: step.title,
    kind: step.kind,
    status: isExpired(state, book, now) ? "expired" : state.status,
    current,
    say: step.say,
    minutes: step.minutes ?? null,
    openedAt: opening?.at ?? null,
    openedBy: opening ? names.name(opening.by) : null,
    code: opening ? chainCode(opening.hash) : null,
    doneAt: state.doneAt,
    expires: asksQuorum || step.kind === "sign-off" ? (opening?.expires ?? null) : null,
    doings: doingsOf(state, names),
    results: resultsOf(ceremony, state, names, book),
    operations: operationViews(ceremony, state, book),
    approvals,
    seals,
    takes: approvals?.needed ?? (step.kind === "check" ? Math.min(seals.length, READINGS) : seals.length),
    halt: haltOf(state, names),
    check: step.kind === "check" ? { value: step.value, expected: step.expected ?? null, physical: step.physical } : null,
    evidence: step.kind === "evidence" ? step.what : null,
    files: bothRead(state) ? filesOf(ceremony, state, names) : [],
    aloud: step.kind === "statement" ? fingerprintFor(ceremony, state, step.aloud, book) : null,
    coolsUntil: opening ? null : coolsUntil(ceremony, state),
    ...saidOfStep(ceremony, state, names),
  };
}

/** A physical value is read by two people. */
const READINGS = 2;

/** Opened too long ago for the signatures it still waits for: nobody can sign any more, so it must be opened again. */
export function isExpired(state: StepState, book: RoomBook, now: string): boolean {
  if (state.status !== "open" || !state.opening || state.started || now <= state.opening.expires) return false;
  return state.step.kind === "sign-off" || (state.step.kind === "operation" && needsQuorum(state, book));
}

function approvalsOf(ceremony: Ceremony, state: StepState): NonNullable<StepView["approvals"]> {
  const rule = quorumRuleOf(ceremony.script, state.step);
  return { needed: rule.approve, approved: state.approvals.length, rule: quorumInWords(ceremony, state.step) };
}

/** Everything done in the current opening, in order, as words that follow a name. */
function doingsOf(state: StepState, names: Names): readonly Doing[] {
  const who = (person: string) => ({ name: names.name(person), role: names.role(person) });
  const remark = (approval: Approval) => (approval.statement.remark ? `: ${names.text(approval.statement.remark)}` : "");
  const worker = { name: "The worker", role: "worker" } as const;
  const doings: Doing[] = [
    ...(state.opening
      ? [{ seq: state.opening.seq, at: state.opening.at, ...who(state.opening.by), did: "opened the step" }]
      : []),
    ...state.deeds.map((deed) => ({ seq: deed.seq, at: deed.at, ...who(deed.by), did: deedInWords(state, deed, names) })),
    ...state.approvals.map((one) => ({ seq: one.seq, at: one.at, ...who(one.person), did: "approved" })),
    ...(state.invitation
      ? [{ seq: state.invitation.seq, at: state.invitation.at, ...worker, did: "called for the secrets" }]
      : []),
    ...state.parts.map((one) => ({
      seq: one.seq,
      at: one.at,
      ...who(one.person),
      did: `entered the ${halfInWords(one.part)} of ${one.secret}`,
    })),
    ...state.refusals.map((one) => ({ seq: one.seq, at: one.at, ...who(one.person), did: `refused${remark(one)}` })),
    ...state.signatures.map((one) => ({
      seq: one.seq,
      at: one.at,
      ...who(one.person),
      did: `${VERDICT[one.statement.verdict ?? "agree"]}${remark(one)}`,
    })),
    ...state.papers.map((one) => ({ seq: one.seq, at: one.at, ...who(one.person), did: "signed that it was done on PAPER" })),
    ...state.outcomes.map((one) => ({
      seq: one.seq,
      at: one.at,
      ...worker,
      did: one.recovered ? "found the work done" : "did the work",
    })),
  ];
  return doings.sort((a, b) => a.seq - b.seq);
}

const VERDICT = {
  agree: "signed",
  "agree-except-noted": "signed, except as noted",
  "do-not-agree": "signed that they do not agree",
} as const;

/** Two people read a physical value apart: nobody sees the first reading before the second is in. */
const bothRead = (state: StepState): boolean => !(state.step.kind === "check" && state.step.physical) || state.deeds.length > 1;

/** Every file of the step, those of an earlier opening too. */
const filesOf = (ceremony: Ceremony, { step }: StepState, names: Names): StepView["files"] =>
  ceremony.files
    .filter((file) => file.step === step.step)
    .map(({ name, by, sha256, size, mediaType, held }) => ({
      ...{ name: names.text(name), by: names.name(by) },
      ...{ sha256, size, mediaType, held },
    }));

function deedInWords(state: StepState, deed: Deed, names: Names): string {
  switch (deed.kind) {
    case "step-acknowledged":
      return state.step.kind === "pause" ? "ended the pause" : "heard and acknowledged it";
    case "identity-checked":
      return `checked the identity of ${names.name(deed.body.person)}: ${names.text(deed.body.document)}`;
    case "value-entered":
      return bothRead(state) ? `entered ${names.text(deed.body.value)}` : "entered a value";
    case "evidence-noted":
      return `noted ${names.text(deed.body.name)}, kept at ${names.text(deed.body.kept)}`;
    case "break-begun":
      return `began the break with ${String(deed.body.present.length)} people counted out`;
    case "break-ended":
      return `ended the break with ${String(deed.body.present.length)} people counted in`;
  }
}

function resultsOf(ceremony: Ceremony, state: StepState, names: Names, book: RoomBook): readonly string[] {
  const { deeds, step } = state;
  if (state.status !== "done") return [];
  switch (step.kind) {
    case "statement":
      return [`Heard and acknowledged by all ${String(deeds.length)}.`];
    case "attendance":
      return [`All ${String(ceremony.participants.length)} identities checked.`];
    case "check":
      return deeds
        .slice(-1)
        .map(
          (deed) =>
            `${step.value}: ${deed.kind === "value-entered" ? names.text(deed.body.value) : ""}${step.physical ? ", read alike by two people" : ""}`,
        );
    case "evidence":
      return deeds.map((deed) =>
        deed.kind === "evidence-noted" ? `${names.text(deed.body.name)}, kept at ${names.text(deed.body.kept)}` : "",
      );
    case "sign-off":
      return [`Signed by all ${String(peopleIn(ceremony, step.by).length)}.`];
    case "operation":
      return state.outcomes.map((outcome) => workDone(outcome, book));
    case "pause":
      return [];
  }
}

function operationViews(ceremony: Ceremony, state: StepState, book: RoomBook): readonly OperationView[] {
  const token = tokenSerials(ceremony) ?? { serial: "not yet known" };
  return operationsOf(state.step).map((request, index) => {
    const rules = book.find(request.operation);
    const done = state.outcomes.find((outcome) => outcome.index === index) ?? null;
    const started = state.started?.index === index ? state.started : null;
    const told = (done && rules?.tell(request, done.outcome)) ?? null;
    return {
      operation: request.operation,
      sentence: rules?.sentence(request, token) ?? `An operation this program does not know: ${request.operation}.`,
      facts: rules?.facts(request) ?? [],
      state: done ? "done" : started ? "started" : "waiting",
      startedAt: done?.startedAt ?? started?.at ?? null,
      doneAt: done?.at ?? null,
      milliseconds: done?.milliseconds ?? null,
      recovered: done?.recovered ?? false,
      outcome: told?.facts ?? [],
      attributes: told?.attributes ?? [],
      fingerprint: told?.fingerprint ?? null,
    };
  });
}

/** The fingerprint that the named operation step came to, or the one just before; null where there is none. */
function fingerprintFor(ceremony: Ceremony, state: StepState, step: string | undefined, book: RoomBook): StepView["aloud"] {
  const from = step === undefined ? ceremony.steps[state.number - 2] : stateOf(ceremony, step);
  const last = from?.outcomes.at(-1);
  return (last && book.find(last.request.operation)?.tell(last.request, last.outcome).fingerprint) ?? null;
}

function haltOf(state: StepState, names: Names): string | null {
  if (state.status === "failed" && state.failure) {
    const { call, name } = state.failure.fault;
    const kind = (SECRET_FAILURES as { readonly [name: string]: string })[name];
    if (kind !== undefined) return kind;
    return `The token did not do it: ${call} answered ${name}. Nothing of this operation is on the token.`;
  }
  if (state.status !== "refused") return null;
  const refusal = state.refusals[0];
  if (!refusal && state.step.kind === "operation")
    return "The ceremony was stopped while this step was open. It is opened again, and everybody is asked anew.";
  if (!refusal) return "Two people read different values. The step waits until the operator opens it again with a deviation.";
  const reason = refusal.statement.remark ? names.text(refusal.statement.remark) : "no reason given";
  return `${names.name(refusal.person)} refused: ${reason}`;
}

/** Whether the people asked for have agreed, so that it is the worker's turn. */
export const isApproved = (ceremony: Ceremony, state: StepState, book: RoomBook): boolean =>
  !needsQuorum(state, book) || quorumOf(ceremony, state).ok;

/** Why an operation with secrets was not done, where the token's own answer does not say it. */
const SECRET_FAILURES = {
  INTERRUPTED:
    "It was interrupted, and whether it was done is not known: its secrets are used once and never again. Look at the token before the step is opened again.",
  "PART-UNREADABLE":
    "A part of a secret was not what its custodian signed, or could not be opened. The token was not asked. Enter the parts anew.",
  "PART-TOO-SHORT": "A part of a secret was too short. The token was not asked. Enter the parts anew.",
  "PART-TOO-LONG": "A part of a secret was too long. The token was not asked. Enter the parts anew.",
  "PART-CHARACTERS":
    "A part of a secret had signs that not every keyboard gives alike. The token was not asked. Enter the parts anew.",
  CKR_PIN_INCORRECT:
    "The token refused the PIN that was entered, once, and was not asked again. A few more wrong ones may lock it.",
  CKR_PIN_LOCKED: "The token has locked this PIN. Its security officer, or its maker's tool, has to help.",
  "PIN-UNCHANGED": "The new PIN is the old one. The token was not asked.",
  "PINS-ALIKE": "The security officer and the user would have had the same PIN. The token was not asked.",
} as const;
