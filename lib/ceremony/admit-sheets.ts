import { ok, type Result } from "../result";
import { haltedFor } from "./admit-people";
import { currentStep, nextSheet, roleOf, type Ceremony, type Deviation } from "./ceremony";
import { mustBe } from "./change-step";
import { RECORDER, type EntryOf } from "./entry";
import { PRINTED_SHEETS } from "./exception-sheets";
import { no, type Refusal } from "./refusal";
import type { Role } from "./roles";

/** Whoever may note a deviation, decide on one and initial it. An auditor looks on and changes nothing. */
export const NOTING: readonly Role[] = ["administrator", "operator", "custodian", "witness"];

/** Whoever may say of somebody else that they do not initial a sheet. */
export const WITHHOLDING: readonly Role[] = ["administrator", "operator", "witness"];

/**
 * Anything not as scripted, noted when noticed, by anyone who takes part, with those who decided what was done about it. While people
 * sign it voids what they have signed, which was not about it; once all have signed, the room is stopped before another is noted.
 * Where a difference has opened a sheet at that step, this completes it, under its number, and says who decided.
 */
export function admitDeviation(ceremony: Ceremony, entry: EntryOf<"deviation-noted">, hash: string): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, NOTING, "note a deviation");
  if (!may.ok) return may;
  const { seq, at, by, body } = entry;
  const decided = body.decidedBy ?? [];
  for (const [i, person] of decided.entries()) {
    const role = roleOf(ceremony, person);
    if (!role || !NOTING.includes(role)) return no("DEVIATION-DECIDED", { person, role });
    if (decided.indexOf(person) !== i) return no("DEVIATION-DECIDED", { person, problem: "named twice" });
  }
  const signed = currentStep(ceremony) === null && ceremony.phase !== "stopped" && ceremony.phase !== "aborted";
  if (signed) return no("DEVIATIONS-READ", { problem: "everybody has signed" });
  const opened = ceremony.openSheet?.step === body.step ? ceremony.openSheet : null;
  if (opened && decided.length === 0) return no("DEVIATION-DECIDED", { sheet: opened.number, problem: "nobody decided" });
  const number = opened?.number ?? nextSheet(ceremony);
  const sheet: Deviation = { number, opened, seq, hash, at, by, body, initials: [], withheld: [] };
  const noted = { ...ceremony, deviations: [...ceremony.deviations, sheet], openSheet: opened ? null : ceremony.openSheet };
  return ok(haltedFor(noted, ["sign-off"]));
}

/** A person's initials under sheets that somebody else wrote: whoever writes one has put their name to it already. */
export function admitDeviationInitials(ceremony: Ceremony, entry: EntryOf<"deviation-initialled">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, NOTING, "initial a deviation");
  if (!may.ok) return may;
  const { seq, at, by, body } = entry;
  const sheets = bareSheets(ceremony, body.deviations, by);
  if (!sheets.ok) return sheets;
  const initials = { person: by, seq, at };
  return ok(withSheets(ceremony, sheets.value, (sheet) => ({ ...sheet, initials: [...sheet.initials, initials] })));
}

/**
 * Somebody who is there does not initial these sheets, and why: by themselves, or by whoever leads or witnesses. It takes nothing from
 * anybody, who may still initial them.
 */
export function admitWithheld(ceremony: Ceremony, entry: EntryOf<"initials-withheld">): Result<Ceremony, Refusal> {
  const { seq, at, by, body } = entry;
  const { deviations, person, reason } = body;
  const may = mustBe(ceremony, by, by === person ? NOTING : WITHHOLDING, "say who does not initial a deviation");
  if (!may.ok) return may;
  const theirs = mustBe(ceremony, person, NOTING, "initial a deviation");
  if (!theirs.ok) return theirs;
  const sheets = bareSheets(ceremony, deviations, person);
  if (!sheets.ok) return sheets;
  if (sheets.value.some(({ withheld }) => withheld.some((one) => one.person === person))) return no("ACT-ONCE", { person, act: "said before" });
  const said = { person, reason, seq, at, by };
  return ok(withSheets(ceremony, sheets.value, (sheet) => ({ ...sheet, withheld: [...sheet.withheld, said] })));
}

/** Those sheets, each named once and without the person's name; else DEVIATION-KNOWN or ACT-ONCE. */
function bareSheets(ceremony: Ceremony, deviations: readonly number[], person: string): Result<readonly Deviation[], Refusal> {
  const sheets: Deviation[] = [];
  for (const seq of deviations) {
    const sheet = ceremony.deviations.find((deviation) => deviation.seq === seq);
    if (!sheet) return no("DEVIATION-KNOWN", { deviation: seq });
    if (sheets.includes(sheet) || hasInitialled(sheet, person)) return no("ACT-ONCE", { person, deviation: seq });
    sheets.push(sheet);
  }
  return ok(sheets);
}

const withSheets = (ceremony: Ceremony, sheets: readonly Deviation[], change: (sheet: Deviation) => Deviation): Ceremony => ({
  ...ceremony,
  deviations: ceremony.deviations.map((one) => (sheets.includes(one) ? change(one) : one)),
});

/** Whether the person's name stands under the sheet: as its writer's, or by their initials. */
export const hasInitialled = ({ by, initials }: Pick<Deviation, "by" | "initials">, person: string): boolean =>
  by === person || initials.some((one) => one.person === person);

/** Those who take part, may initial the sheet and have not. The recorder writes sheets; only people initial them. */
export const initialsMissing = (ceremony: Ceremony, sheet: Deviation): readonly string[] =>
  ceremony.participants
    .filter(({ person, role }) => NOTING.includes(role) && person !== RECORDER && !hasInitialled(sheet, person))
    .map(({ person }) => person);

/** Who did not initial the sheet, and why; not of those who have initialled it since. */
export const withheldFrom = (sheet: Deviation): Deviation["withheld"] => sheet.withheld.filter(({ person }) => !hasInitialled(sheet, person));

/** Those who are there and whose initials are missing under the sheet, with nothing said about why: before that nobody signs off. */
export const initialsOwed = (ceremony: Ceremony, sheet: Deviation): readonly string[] =>
  initialsMissing(ceremony, sheet).filter(
    (person) => !ceremony.away.includes(person) && !sheet.withheld.some((one) => one.person === person),
  );

/**
 * Every sheet has been read aloud, in its order, and the printed ones that nobody needed were closed in sight of all. At the end,
 * before the signatures, so that everybody signs for what they have heard.
 */
export function admitRead(ceremony: Ceremony, entry: EntryOf<"deviations-read">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator"], "read out the deviations");
  if (!may.ok) return may;
  const { seq, at, by, body } = entry;
  const current = currentStep(ceremony);
  if (current?.step.kind !== "sign-off") return no("DEVIATIONS-READ", { problem: "not before the sign-off", step: current?.step.step ?? null });
  const noted = ceremony.deviations.map((deviation) => deviation.seq);
  if (body.deviations.join() !== noted.join()) return no("DEVIATIONS-READ", { read: body.deviations.map(String), noted: noted.map(String) });
  if (body.unused.some((number, i) => i > 0 && number <= (body.unused[i - 1] ?? 0))) {
    return no("DEVIATIONS-READ", { problem: "an unused sheet is closed once, in order", unused: body.unused.map(String) });
  }
  if (body.unused.some((number) => !PRINTED_SHEETS.includes(number))) {
    return no("DEVIATIONS-READ", { problem: "a copy has no such printed sheet", unused: body.unused.map(String) });
  }
  return ok({ ...ceremony, readOut: { seq, at, by, unused: body.unused } });
}

/** The sheets that were noted since the last reading, or ever: nobody signs off before they have been read out. */
export const unreadDeviations = ({ deviations, readOut }: Ceremony): readonly Deviation[] =>
  deviations.filter((deviation) => readOut === null || deviation.seq > readOut.seq);
