import { ok, type Result } from "../result";
import { breakStep } from "./admit-break";
import { initialsOwed, unreadDeviations } from "./admit-sheets";
import { breakOn, coolsUntil, currentStep, nextSheet, roleOf, type Ceremony, type EvidenceFile, type Reading, type StepState } from "./ceremony";
import { deviationBy, done, mustBe, NO_SECRETS, openStep, withDeed, withStep } from "./change-step";
import { isChecked, settled } from "./complete-step";
import type { EntryOf } from "./entry";
import { unansweredLines } from "./readiness";
import { no, type Refusal } from "./refusal";
import type { Role } from "./roles";

/** The operator opens the next step, or opens a refused, failed or expired one again with a deviation that says why. */
export function admitStepOpened(ceremony: Ceremony, entry: EntryOf<"step-opened">, hash: string): Result<Ceremony, Refusal> {
  const { body } = entry;
  if (!ceremony.recorder) return no("RECORDER-FIRST", { kind: entry.kind });
  const operator = mustBe(ceremony, entry.by, ["operator"], "open a step");
  if (!operator.ok) return operator;
  const red = unansweredLines(ceremony);
  if (red.length > 0) return no("GO-NO-GO", { step: body.step, red });

  const current = currentStep(ceremony);
  if (current?.step.step !== body.step) return no("STEP-ORDER", { step: body.step, next: current?.step.step ?? null });
  if (current.started) return no("STEP-ORDER", { step: body.step, problem: "an operation is under way" });
  if (breakOn(ceremony) && !breakStep(ceremony, "ends")) return no("PHASE-BREAK", { phase: "break", kind: entry.kind, step: body.step });
  if (current.opening) {
    const deviation = deviationBy(ceremony, body.deviation);
    if (!deviation || deviation.seq < lastOf(current) || deviation.body.step !== body.step) {
      return no("REOPEN-DEVIATION", { step: body.step, deviation: body.deviation });
    }
  } else if (body.deviation !== null) {
    return no("REOPEN-DEVIATION", { step: body.step, deviation: body.deviation, problem: "not opened before" });
  }

  const unread = current.step.kind === "sign-off" ? unreadDeviations(ceremony) : [];
  if (unread.length > 0) return no("DEVIATIONS-READ", { step: body.step, unread: unread.map(({ seq }) => String(seq)) });
  const bare = current.step.kind === "sign-off" ? ceremony.deviations.filter((sheet) => initialsOwed(ceremony, sheet).length > 0) : [];
  if (bare[0]) {
    const sheets = bare.map(({ seq }) => String(seq));
    return no("INITIALS-ALL", { step: body.step, sheets, people: [...new Set(bare.flatMap((sheet) => initialsOwed(ceremony, sheet)))] });
  }
  const cool = coolsUntil(ceremony, current);
  if (cool !== null && entry.at < cool) return no("COOLING-OVER", { step: body.step, until: cool });
  if (ceremony.nonces.includes(body.nonce)) return no("NONCE-ONCE", { step: body.step });
  const latest = Date.parse(entry.at) + ceremony.script.expires.minutes * 60_000;
  if (body.expires <= entry.at || Date.parse(body.expires) > latest) return no("EXPIRY-SANE", { expires: body.expires });

  const opening = { seq: entry.seq, hash, by: entry.by, at: entry.at, nonce: body.nonce, expires: body.expires };
  const opened: StepState = { ...current, status: "open", opening, deeds: [], approvals: [], refusals: [], signatures: [], papers: [], ...NO_SECRETS, failure: null };
  return ok({ ...withStep(ceremony, opened), nonces: [...ceremony.nonces, body.nonce] });
}

/** The last thing that happened under the current opening: what a deviation must answer, it cannot have been noted before. */
export const lastOf = ({ opening, deeds, approvals, refusals, papers, invitation, parts, failure }: StepState): number =>
  Math.max(opening?.seq ?? 0, invitation?.seq ?? 0, failure?.seq ?? 0, ...[...deeds, ...approvals, ...refusals, ...papers, ...parts].map(({ seq }) => seq));

/** A sentence heard, or a pause ended: each person of the step's roles once. A break is begun and ended by counting. */
export function admitAcknowledged(ceremony: Ceremony, entry: EntryOf<"step-acknowledged">): Result<Ceremony, Refusal> {
  const open = performable(ceremony, entry.body.step, entry.by, ["statement", "pause"]);
  if (!open.ok) return open;
  const state = open.value;
  if (breakStep(ceremony, "begins")) return no("STEP-KIND", { step: state.step.step, kind: "break" });
  if (state.deeds.some((deed) => deed.by === entry.by)) return no("ACT-ONCE", { person: entry.by, step: state.step.step });
  return ok(settled(withStep(ceremony, withDeed(state, entry)), entry.at));
}

/** A witness has compared a person with their document. Nobody checks themselves; the step is done when all are checked. */
export function admitIdentity(ceremony: Ceremony, entry: EntryOf<"identity-checked">): Result<Ceremony, Refusal> {
  const { step, person } = entry.body;
  if (step === null) return admitLater(ceremony, entry);
  const open = performable(ceremony, step, entry.by, ["attendance"]);
  if (!open.ok) return open;
  if (roleOf(ceremony, person) === null) return no("ROLE-MAY", { person, act: "be checked in: not a participant" });
  if (person === entry.by) return no("IDENTITY-OTHER", { person });
  if (isChecked(open.value, person)) return no("ACT-ONCE", { person, step });
  return ok(settled(nowChecked(withStep(ceremony, withDeed(open.value, entry)), person), entry.at));
}

/** Somebody who was late, or stands in for somebody: a witness checks them when they come, whatever step is open. */
function admitLater(ceremony: Ceremony, { by, body: { person } }: EntryOf<"identity-checked">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, by, ["witness"], "check an identity");
  if (!may.ok) return may;
  if (person === by) return no("IDENTITY-OTHER", { person });
  return ceremony.unchecked.includes(person) ? ok(nowChecked(ceremony, person)) : no("ACT-ONCE", { person, step: null });
}

const nowChecked = (ceremony: Ceremony, person: string): Ceremony => ({
  ...ceremony,
  unchecked: ceremony.unchecked.filter((one) => one !== person),
});

/**
 * A value read off something. A physical one is read by the operator and a witness, each for themselves; their
 * commitments share a salt, so equal values have equal commitments. A difference blocks the step and opens an exception
 * sheet, in the same entry: whatever crashes after it, the sheet is there.
 */
export function admitValue(ceremony: Ceremony, entry: EntryOf<"value-entered">): Result<Ceremony, Refusal> {
  const open = performable(ceremony, entry.body.step, entry.by, ["check"]);
  if (!open.ok) return open;
  const state = open.value;
  const photographed = withFiles(ceremony, entry, entry.body.photo ? [entry.body.photo] : []);
  if (!photographed.ok) return photographed;
  const { value: after } = photographed;
  const physical = state.step.kind === "check" && state.step.physical;
  if (!physical) return ok(withStep(after, done(withDeed(state, entry), entry.at)));

  const first = state.deeds[0];
  if (!first) return ok(withStep(after, withDeed(state, entry)));
  if (first.by === entry.by || roleOf(ceremony, first.by) === roleOf(ceremony, entry.by)) {
    return no("VALUE-TWO-PEOPLE", { first: first.by, second: entry.by });
  }
  const both = withDeed(state, entry);
  const readings = both.deeds.flatMap(({ kind, seq, by, body }): Reading[] => (kind === "value-entered" ? [{ seq, by, value: body.value }] : []));
  const same = readings.every(({ value }) => value.committed === entry.body.value.committed);
  if (same) return ok(withStep(after, done(both, entry.at)));
  const openSheet = { number: nextSheet(after), step: state.step.step, at: entry.at, readings };
  return ok(withStep({ ...after, openSheet }, { ...both, status: "refused" }));
}

/** Something kept outside the transcript (a film, a photograph) is named, with its hash when there is one already. */
export function admitEvidence(ceremony: Ceremony, entry: EntryOf<"evidence-noted">): Result<Ceremony, Refusal> {
  const open = performable(ceremony, entry.body.step, entry.by, ["evidence"]);
  if (!open.ok) return open;
  const named = withFiles(ceremony, entry, entry.body.files ?? []);
  return named.ok ? ok(withStep(named.value, done(withDeed(open.value, entry), entry.at))) : named;
}

/** A file is evidence of one thing, once: not a photograph of one bag shown for another, nor one photograph of two readers. */
function withFiles(
  ceremony: Ceremony,
  { seq, by, body }: EntryOf<"evidence-noted" | "value-entered">,
  files: readonly EvidenceFile[],
): Result<Ceremony, Refusal> {
  let named = ceremony.files;
  for (const file of files) {
    const before = named.find(({ sha256 }) => sha256 === file.sha256);
    if (before) return no("EVIDENCE-ONCE", { sha256: file.sha256, step: before.step });
    named = [...named, { ...file, step: body.step, seq, by }];
  }
  return ok({ ...ceremony, files: named });
}

function performable(ceremony: Ceremony, step: string, person: string, kinds: readonly StepState["step"]["kind"][]): Result<StepState, Refusal> {
  const open = openStep(ceremony, step, kinds);
  if (!open.ok) return open;
  const by: readonly Role[] = "by" in open.value.step ? open.value.step.by : [];
  const may = mustBe(ceremony, person, by, `perform ${step}`);
  return may.ok ? open : may;
}
