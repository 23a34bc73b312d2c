import { ok, type Result } from "../result";
import { haltedFor } from "./admit-people";
import { breakOn, currentStep, roleOf, stoppedBy, type Break, type Ceremony, type Counted, type StepState } from "./ceremony";
import { done, mustBe, sameRecorder, withDeed, withStep } from "./change-step";
import { settled } from "./complete-step";
import type { EntryOf } from "./entry";
import type { RecorderSigned } from "./examine";
import { no, type Refusal } from "./refusal";

type Counting = EntryOf<"break-begun"> | EntryOf<"break-ended">;

/**
 * People go for a break: they are counted, and the seals are read. Never while the worker is at the token; what an open operation
 * was agreed to so far counts no more, because nobody signs for a break and time goes by in it.
 */
export function admitBreakBegun(ceremony: Ceremony, entry: EntryOf<"break-begun">): Result<Ceremony, Refusal> {
  if (!ceremony.recorder) return no("RECORDER-FIRST", { kind: entry.kind });
  const counted = checkCount(ceremony, entry);
  if (!counted.ok) return counted;
  const { step, unsealed, seals } = entry.body;
  if ((seals.length === 0) !== (unsealed !== null)) return no("BREAK-COUNT", { problem: seals.length === 0 ? "no seal is read" : "seals are read" });
  if (ceremony.steps.some(({ started }) => started)) return no("BREAK-STEP", { step, problem: "an operation is under way" });
  const scripted = breakStep(ceremony, "begins");
  const open = scripted?.status === "open" ? scripted : null;
  if (step !== (open?.step.step ?? null)) return no("BREAK-STEP", { step, open: open?.step.step ?? null });

  const begun: Break = { begun: counted.value, ended: null, differs: { people: [], seals: [], token: false } };
  const halted = open ? withStep(ceremony, done(withDeed(open, entry), entry.at)) : haltedFor(ceremony, ["operation"]);
  return ok({ ...halted, phase: "break", breaks: [...ceremony.breaks, begun], away: notAmong(ceremony, entry.body.present) });
}

/**
 * They are back: somebody else, in another role, counts and reads for themselves. What is found otherwise than it was left stops
 * the room, so that it goes on with a deviation; so does a break in which the worker did not say that it was logged out.
 */
export function admitBreakEnded(ceremony: Ceremony, entry: EntryOf<"break-ended">, hash: string): Result<Ceremony, Refusal> {
  const on = breakOn(ceremony);
  if (!on) return no("PHASE-BREAK", { phase: ceremony.phase, kind: entry.kind });
  const counted = checkCount(ceremony, entry);
  if (!counted.ok) return counted;
  const { by, body } = entry;
  if (by === on.begun.by || counted.value.role === on.begun.role) return no("BREAK-TWO-PEOPLE", { first: on.begun.by, second: by });
  const scripted = breakStep(ceremony, "ends");
  if (body.step !== (scripted?.step.step ?? null) || (scripted && scripted.status !== "open")) {
    return no("BREAK-STEP", { step: body.step, next: scripted?.step.step ?? null, status: scripted?.status ?? null });
  }
  const idsOf = ({ seals }: Counting["body"]) => seals.map(({ seal }) => seal).sort().join();
  if (idsOf(body) !== idsOf(on.begun)) return no("BREAK-COUNT", { problem: "the seals read when the break began are read again" });

  const ended: Break = { ...on, ended: counted.value, differs: differenceOf(on.begun, body, ceremony.loggedOut === null) };
  const differs = ended.differs.people.length > 0 || ended.differs.seals.length > 0 || ended.differs.token;
  const stepped = scripted ? withStep(ceremony, done(withDeed(scripted, entry), entry.at)) : ceremony;
  const back: Ceremony = {
    ...stepped,
    phase: "running",
    breaks: ceremony.breaks.map((one) => (one === on ? ended : one)),
    away: notAmong(ceremony, body.present),
  };
  return ok(differs ? stoppedBy(back, entry, hash) : settled(back, entry.at));
}

/** The current step, if it is the pause of the script in which people go, or come back. */
export function breakStep(ceremony: Ceremony, does: "begins" | "ends"): StepState | null {
  const current = currentStep(ceremony);
  return current?.step.kind === "pause" && current.step.break === does ? current : null;
}

const notAmong = ({ participants }: Ceremony, present: readonly string[]): readonly string[] =>
  participants.map(({ person }) => person).filter((person) => !present.includes(person));

function checkCount(ceremony: Ceremony, { seq, at, by, body }: Counting): Result<Counted, Refusal> {
  const may = mustBe(ceremony, by, ["operator", "witness"], "count the room");
  if (!may.ok) return may;
  const seals = body.seals.map(({ seal }) => seal);
  const stranger = body.present.find((person) => roleOf(ceremony, person) === null);
  if (stranger !== undefined) return no("BREAK-COUNT", { person: stranger, problem: "not a participant" });
  for (const ids of [body.present, seals]) {
    if (new Set(ids).size !== ids.length) return no("BREAK-COUNT", { problem: "counted twice" });
  }
  if (!body.present.includes(by)) return no("BREAK-COUNT", { person: by, problem: "whoever counts is there" });
  return ok({ ...body, seq, at, by, role: may.value });
}

function differenceOf(begun: Counted, ended: Counting["body"], token: boolean): Break["differs"] {
  const onlyIn = (some: readonly string[], others: readonly string[]) => some.filter((person) => !others.includes(person));
  const read = new Map(ended.seals.map(({ seal, value }) => [seal, value.committed]));
  return {
    people: [...onlyIn(begun.present, ended.present), ...onlyIn(ended.present, begun.present)],
    seals: begun.seals.filter(({ seal, value }) => read.get(seal) !== value.committed).map(({ seal }) => seal),
    token,
  };
}

/** The worker logs out of the token next, and signs that while it still can: only in a break, and once. */
export function admitLoggedOut(ceremony: Ceremony, entry: EntryOf<"token-logged-out">, recorder: RecorderSigned | null): Result<Ceremony, Refusal> {
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  if (breakOn(ceremony)?.begun.seq !== entry.body.break) return no("TOKEN-OUT", { problem: "no such break is on", break: entry.body.break });
  return ok({ ...ceremony, loggedOut: { seq: entry.seq, at: entry.at } });
}

/** It is logged in again: after the break has ended, or once the ceremony was aborted in it, to close it. */
export function admitLoggedIn(ceremony: Ceremony, entry: EntryOf<"token-logged-in">, recorder: RecorderSigned | null): Result<Ceremony, Refusal> {
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  if (ceremony.loggedOut?.seq !== entry.body.since) return no("TOKEN-OUT", { problem: "not logged out by that entry", since: entry.body.since });
  if (staysOut(ceremony)) return no("TOKEN-OUT", { problem: "the break is on" });
  return ok({ ...ceremony, loggedOut: null });
}

/** Whether the worker has said that it logs out, and the break it did so for is on. */
export const staysOut = (ceremony: Ceremony): boolean =>
  ceremony.loggedOut !== null && breakOn(ceremony) !== null && ceremony.phase !== "aborted" && ceremony.phase !== "closed";
