import type { RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";

/** Milliseconds: what the script plans for something (null where it does not say), what it took so far (null before its turn). */
export type Paced = { readonly planned: number | null; readonly taken: number | null };

export type Pace = {
  readonly steps: ReadonlyMap<string, Paced>;
  readonly acts: ReadonlyMap<string, Paced>;
  readonly whole: Paced;
  /** How far the room is behind the plan, below zero where it is ahead; null before the first step was opened. */
  readonly behind: number | null;
  /** When the last step is done if the rest takes what is planned; null before the beginning and after the end. */
  readonly ends: string | null;
};

const MINUTE = 60_000;

/**
 * The script's plan against the times of the entries, at an instant by the server's clock. A step lasts from the end of the one
 * before (the first: from its opening) to its own end, so that what lies between two steps is not lost and everything adds up. A
 * step that the script gives no time is left out of the comparison; one that still goes on counts as late once its time is over.
 */
export function paceOf(view: RoomView, now: number): Pace {
  const end = view.aborted ? Date.parse(view.aborted.at) : now;
  const steps = new Map<string, Paced>();
  let [from, behind, left] = [null as number | null, 0, 0];
  for (const step of view.acts.flatMap((act) => act.steps)) {
    from ??= step.openedAt === null ? null : Date.parse(step.openedAt);
    const paced = pacedStep(step, from, end);
    steps.set(step.step, paced);
    const over = paced.planned === null || paced.taken === null ? 0 : paced.taken - paced.planned;
    if (step.doneAt === null) left += Math.max(0, (paced.planned ?? 0) - (paced.taken ?? 0));
    behind += step.doneAt === null ? Math.max(0, over) : over;
    if (step.doneAt !== null) from = Date.parse(step.doneAt);
  }
  const goesOn = from !== null && view.current !== null && view.phase !== "aborted" && view.phase !== "closed";
  const acts = new Map(view.acts.map((act) => [act.act, sumOf(act.steps.map(({ step }) => steps.get(step) ?? NOTHING))]));
  return {
    steps,
    acts,
    whole: sumOf([...steps.values()]),
    behind: from === null ? null : behind,
    ends: goesOn ? new Date(end + left).toISOString() : null,
  };
}

const NOTHING: Paced = { planned: null, taken: null };

function pacedStep({ minutes, doneAt, current }: StepView, from: number | null, now: number): Paced {
  const planned = minutes === null ? null : minutes * MINUTE;
  if (from === null || (doneAt === null && !current)) return { planned, taken: null };
  return { planned, taken: Math.max(0, (doneAt === null ? now : Date.parse(doneAt)) - from) };
}

function sumOf(parts: readonly Paced[]): Paced {
  const sum = (times: readonly (number | null)[]) => {
    const known = times.filter((time) => time !== null);
    return known.length === 0 ? null : known.reduce((all, time) => all + time, 0);
  };
  return { planned: sum(parts.map(({ planned }) => planned)), taken: sum(parts.map(({ taken }) => taken)) };
}

/** Whole minutes behind the plan (below zero: ahead); less than one, either way, is none. */
export const minutesBehind = (behind: number): number => Math.sign(behind) * Math.floor(Math.abs(behind) / MINUTE) + 0;

/** "0:09", "4:30", "1:05:09". */
export function spell(milliseconds: number): string {
  const two = (count: number) => String(count).padStart(2, "0");
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}` : `${String(minutes)}:${two(seconds % 60)}`;
}
