import { ok, type Result } from "../result";
import { haltedFor } from "./admit-people";
import { currentStep, roleOf, type Ceremony, type Deviation } from "./ceremony";
import { mustBe } from "./change-step";
import { RECORDER, type EntryOf } from "./entry";
import { no, type Refusal } from "./refusal";
import type { Role } from "./roles";

/** Whoever may note a deviation, decide on one and initial it. An auditor looks on and changes nothing. */
export const NOTING: readonly Role[] = ["administrator", "operator", "custodian", "witness"];

/**
 * Anything not as scripted, noted when noticed, by anyone who takes part, with those who decided what was done about it. While people
 * sign it voids what they have signed, which was not about it; once all have signed, the room is stopped before another is noted.
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
  const noted = { ...ceremony, deviations: [...ceremony.deviations, { seq, hash, at, by, body, initials: [] }] };
  return ok(haltedFor(noted, ["sign-off"]));
}

/** A person's initials under a sheet that somebody else wrote: whoever writes one has put their name to it already. */
export function admitDeviationInitials(ceremony: Ceremony, entry: EntryOf<"deviation-initialled">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, NOTING, "initial a deviation");
  if (!may.ok) return may;
  const { seq, at, by, body } = entry;
  const sheet = ceremony.deviations.find((deviation) => deviation.seq === body.deviation);
  if (!sheet) return no("DEVIATION-KNOWN", { deviation: body.deviation });
  if (hasInitialled(sheet, by)) return no("ACT-ONCE", { person: by, deviation: body.deviation });
  const initialled = { ...sheet, initials: [...sheet.initials, { person: by, seq, at }] };
  return ok({ ...ceremony, deviations: ceremony.deviations.map((one) => (one === sheet ? initialled : one)) });
}

/** Whether the person's name stands under the sheet: as its writer's, or by their initials. */
export const hasInitialled = ({ by, initials }: Pick<Deviation, "by" | "initials">, person: string): boolean =>
  by === person || initials.some((one) => one.person === person);

/** Those who take part, may initial the sheet and have not. The recorder writes sheets; only people initial them. */
export const initialsMissing = (ceremony: Ceremony, sheet: Deviation): readonly string[] =>
  ceremony.participants
    .filter(({ person, role }) => NOTING.includes(role) && person !== RECORDER && !hasInitialled(sheet, person))
    .map(({ person }) => person);

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
  return ok({ ...ceremony, readOut: { seq, at, by, unused: body.unused } });
}

/** The sheets that were noted since the last reading, or ever: nobody signs off before they have been read out. */
export const unreadDeviations = ({ deviations, readOut }: Ceremony): readonly Deviation[] =>
  deviations.filter((deviation) => readOut === null || deviation.seq > readOut.seq);
