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
import { stepTranslations } from "#lib/ceremony/translated";
import { attributeIn, factsIn, fingerprintIn } from "#lib/words/fact-name";
import type { Words } from "#lib/words/words";
import type { RoomBook } from "./room";
import type { Doing, OperationView, StepView } from "./step-view";
import { quorumInWords, type Names } from "./room-names";
import { saidOfStep } from "./room-deviations";
import { haltOf } from "./room-halts";
import { sealsOf } from "./room-seals";
import { workDone } from "./room-work";
import { translatedSentence } from "./translated-sentence";

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
  const approvals = asksQuorum ? approvalsOf(ceremony, state, names) : null;
  const seals = sealsOf(ceremony, state, names, asksQuorum);
  return {
    step: step.step,
    number: state.number,
    title: step.title,
    kind: step.kind,
    status: isExpired(state, book, now) ? "expired" : state.status,
    current,
    say: step.say,
    translations: stepTranslations(step),
    minutes: step.minutes ?? null,
    openedAt: opening?.at ?? null,
    openedBy: opening ? names.name(opening.by) : null,
    code: opening ? chainCode(opening.hash) : null,
    doneAt: state.doneAt,
    expires: asksQuorum || step.kind === "sign-off" ? (opening?.expires ?? null) : null,
    doings: doingsOf(state, names),
    results: resultsOf(ceremony, state, names, book),
    operations: operationViews(ceremony, state, book, names.words),
    approvals,
    seals,
    takes: approvals?.needed ?? (step.kind === "check" ? Math.min(seals.length, READINGS) : seals.length),
    halt: haltOf(ceremony, state, names),
    check: step.kind === "check" ? { value: step.value, expected: step.expected ?? null, physical: step.physical } : null,
    evidence: step.kind === "evidence" ? step.what : null,
    files: bothRead(state) ? filesOf(ceremony, state, names) : [],
    aloud: step.kind === "statement" ? fingerprintFor(ceremony, state, step.aloud, book, names.words) : null,
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

function approvalsOf(ceremony: Ceremony, state: StepState, names: Names): NonNullable<StepView["approvals"]> {
  const rule = quorumRuleOf(ceremony.script, state.step);
  return { needed: rule.approve, approved: state.approvals.length, rule: quorumInWords(ceremony, state.step, names.words) };
}

/** Everything done in the current opening, in order, as words that follow a name. */
function doingsOf(state: StepState, names: Names): readonly Doing[] {
  const who = (person: string) => ({ name: names.name(person), role: names.role(person) });
  const say = names.words.of("room");
  const remark = ({ statement }: Approval) => (statement.remark ? names.text(statement.remark) : null);
  const worker = { name: say("theWorker"), role: "worker" } as const;
  const doings: Doing[] = [
    ...(state.opening
      ? [{ seq: state.opening.seq, at: state.opening.at, ...who(state.opening.by), did: say("did.opened") }]
      : []),
    ...state.deeds.map((deed) => ({ seq: deed.seq, at: deed.at, ...who(deed.by), did: deedInWords(state, deed, names) })),
    ...state.approvals.map((one) => ({ seq: one.seq, at: one.at, ...who(one.person), did: say("did.approved") })),
    ...(state.invitation
      ? [{ seq: state.invitation.seq, at: state.invitation.at, ...worker, did: say("did.called") }]
      : []),
    ...state.parts.map((one) => ({
      seq: one.seq,
      at: one.at,
      ...who(one.person),
      did: say("did.enteredPart", { part: one.part === 1 ? "first" : "second", secret: one.secret }),
    })),
    ...state.refusals.map((one) => ({ seq: one.seq, at: one.at, ...who(one.person), did: refusedInWords(remark(one), names) })),
    ...state.signatures.map((one) => ({
      seq: one.seq,
      at: one.at,
      ...who(one.person),
      did: signedInWords(one.statement.verdict ?? "agree", remark(one), names),
    })),
    ...state.papers.map((one) => ({ seq: one.seq, at: one.at, ...who(one.person), did: say("did.paper") })),
    ...state.outcomes.map((one) => ({
      seq: one.seq,
      at: one.at,
      ...worker,
      did: say(one.recovered ? "did.foundDone" : "did.worked"),
    })),
  ];
  return doings.sort((a, b) => a.seq - b.seq);
}

const SAYING = { agree: "did.agreeSaying", "agree-except-noted": "did.exceptSaying", "do-not-agree": "did.disagreeSaying" } as const;

function signedInWords(verdict: keyof typeof SAYING, remark: string | null, { words }: Names): string {
  const say = words.of("room");
  return remark === null ? say(`did.${verdict}`) : say(SAYING[verdict], { remark });
}

function refusedInWords(remark: string | null, { words }: Names): string {
  const say = words.of("room");
  return remark === null ? say("did.refused") : say("did.refusedSaying", { remark });
}

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
  const say = names.words.of("room");
  switch (deed.kind) {
    case "step-acknowledged":
      return say(state.step.kind === "pause" ? "did.endedPause" : "did.heard");
    case "identity-checked":
      return say("did.checked", { name: names.name(deed.body.person), document: names.text(deed.body.document) });
    case "value-entered":
      return bothRead(state) ? say("did.entered", { value: names.text(deed.body.value) }) : say("did.enteredUnseen");
    case "evidence-noted":
      return say("did.noted", { name: names.text(deed.body.name), kept: names.text(deed.body.kept) });
    case "break-begun":
      return say("did.breakBegun", { n: deed.body.present.length });
    case "break-ended":
      return say("did.breakEnded", { n: deed.body.present.length });
  }
}

function resultsOf(ceremony: Ceremony, state: StepState, names: Names, book: RoomBook): readonly string[] {
  const { deeds, step } = state;
  const say = names.words.of("room");
  if (state.status !== "done") return [];
  if (state.papers.length > 0) return [say("came.paper", { n: state.papers.length })];
  switch (step.kind) {
    case "statement":
      return [say("came.heard", { n: deeds.length })];
    case "attendance":
      return [say("came.identities", { n: ceremony.participants.length })];
    case "check":
      return deeds
        .slice(-1)
        .map((deed) =>
          say(step.physical ? "came.valueTwice" : "came.value", {
            what: step.value,
            value: deed.kind === "value-entered" ? names.text(deed.body.value) : "",
          }),
        );
    case "evidence":
      return deeds.map((deed) =>
        deed.kind === "evidence-noted"
          ? say("came.evidence", { name: names.text(deed.body.name), kept: names.text(deed.body.kept) })
          : "",
      );
    case "sign-off":
      return [say("came.signed", { n: peopleIn(ceremony, step.by).length })];
    case "operation":
      return state.outcomes.map((outcome) => workDone(outcome, book, names.words));
    case "pause":
      return [];
  }
}

function operationViews(ceremony: Ceremony, state: StepState, book: RoomBook, words: Words): readonly OperationView[] {
  const token = tokenSerials(ceremony) ?? { serial: "not yet known" };
  return operationsOf(state.step).map((request, index) => {
    const rules = book.find(request.operation);
    const done = state.outcomes.find((outcome) => outcome.index === index) ?? null;
    const started = state.started?.index === index ? state.started : null;
    const told = (done && rules?.tell(request, done.outcome)) ?? null;
    return {
      operation: request.operation,
      sentence: rules?.sentence(request, token) ?? `An operation this program does not know: ${request.operation}.`,
      translation: translatedSentence(rules, request, token, words.language),
      facts: factsIn(rules?.facts(request) ?? [], words, rules?.rowsIn),
      state: done ? "done" : started ? "started" : "waiting",
      startedAt: done?.startedAt ?? started?.at ?? null,
      doneAt: done?.at ?? null,
      milliseconds: done?.milliseconds ?? null,
      recovered: done?.recovered ?? false,
      outcome: factsIn(told?.facts ?? [], words, rules?.rowsIn),
      attributes: (told?.attributes ?? []).map(({ text, needless }) => ({ text: attributeIn(text, words, rules?.rowsIn), needless })),
      fingerprint: fingerprintIn(told?.fingerprint ?? null, words, rules?.rowsIn),
    };
  });
}

/** The fingerprint that the named operation step came to, or the one just before; null where there is none. */
function fingerprintFor(
  ceremony: Ceremony,
  state: StepState,
  step: string | undefined,
  book: RoomBook,
  words: Words,
): StepView["aloud"] {
  const from = step === undefined ? ceremony.steps[state.number - 2] : stateOf(ceremony, step);
  const last = from?.outcomes.at(-1);
  if (!last) return null;
  const rules = book.find(last.request.operation);
  return fingerprintIn(rules?.tell(last.request, last.outcome).fingerprint ?? null, words, rules?.rowsIn);
}

/** Whether the people asked for have agreed, so that it is the worker's turn. */
export const isApproved = (ceremony: Ceremony, state: StepState, book: RoomBook): boolean =>
  !needsQuorum(state, book) || quorumOf(ceremony, state).ok;
