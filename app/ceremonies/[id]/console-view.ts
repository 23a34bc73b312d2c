import type { MyAct } from "#lib/conduct/my-act";
import type { Participant, RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";
import { paceOf, type Pace } from "./pace";

/** Why the room goes on without somebody, or waits for them. */
export type Missing = { readonly person: Participant; readonly why: "away" | "late" | "unchecked" | "awaited" };

export type ConsoleView = {
  /** What is read aloud now, or as soon as the step is open; null while the room rests or is stopped, and after the last step. */
  readonly say: StepView | null;
  /** What is asked of whoever looks; null while the room waits for somebody else. */
  readonly do: MyAct | null;
  /** The step after the present one. */
  readonly then: StepView | null;
  readonly missing: readonly Missing[];
  /** Devices whose clocks are further off than the rules take for the same time. */
  readonly clocksOff: RoomView["clocks"];
  readonly pace: Pace;
  /** Nothing is asked of anybody any more. */
  readonly over: boolean;
};

/** What whoever leads the room needs at a glance: what to say, what to do, what comes then, who is missing, how time goes. */
export function consoleOf(view: RoomView, now: number): ConsoleView {
  const steps = view.acts.flatMap((act) => act.steps);
  const here = steps.findIndex(({ current }) => current);
  const over = view.phase === "closed" || view.phase === "aborted";
  const open = view.phase === "running" && here >= 0 ? (steps[here] ?? null) : null;
  return {
    say: open,
    do: view.turn,
    then: open ? (steps[here + 1] ?? null) : null,
    missing: over ? [] : missingIn(view, open),
    clocksOff: view.clocks.filter(({ off }) => off),
    pace: paceOf(view, now),
    over,
  };
}

/** Each person once, for the most telling reason: away, to be checked, awaited. What is asked of oneself is no lack. */
function missingIn(view: RoomView, open: StepView | null): readonly Missing[] {
  const awaited = new Set(view.awaits.map(({ person }) => person));
  const attending = open?.kind === "attendance" && open.openedAt !== null;
  const why = ({ person, away, late, checked }: Participant): Missing["why"] | null => {
    if (away) return "away";
    if (late) return "late";
    if (attending && checked === null) return "unchecked";
    return awaited.has(person) && person !== view.me?.person ? "awaited" : null;
  };
  const order: readonly Missing["why"][] = ["away", "late", "unchecked", "awaited"];
  const found = view.people.flatMap((person) => {
    const reason = why(person);
    return reason === null ? [] : [{ person, why: reason }];
  });
  return found.sort((a, b) => order.indexOf(a.why) - order.indexOf(b.why));
}
