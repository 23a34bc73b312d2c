import type { OwnView, RoomView, SharedView } from "./room";
import type { StepView } from "./step-view";

/** What is another than before: the members that differ as a whole, of the script the steps that do, and what is one's own. */
export type RoomChange = {
  readonly members: Partial<Omit<SharedView, "acts">>;
  readonly steps: readonly StepView[];
  readonly own: OwnView;
};

/** The same as a change, but for what is one's own. */
export type SharedChange = Omit<RoomChange, "own">;

/** What differs between two looks at the same room. */
export function changeBetween(before: SharedView, after: SharedView): SharedChange {
  const { acts: actsBefore, ...membersBefore } = before;
  const { acts, ...members } = after;
  const known = new Set(stepsIn(actsBefore).map((step) => JSON.stringify(step)));
  const told = new Map(Object.entries(membersBefore).map(([name, value]) => [name, JSON.stringify(value)]));
  return {
    members: Object.fromEntries(Object.entries(members).filter(([name, value]) => told.get(name) !== JSON.stringify(value))),
    steps: stepsIn(acts).filter((step) => !known.has(JSON.stringify(step))),
  };
}

/** A room as it is once a change has come about. Acts and the order of their steps are the script's and never change. */
export function withChange(view: RoomView, { members, steps, own }: RoomChange): RoomView {
  const changed = new Map(steps.map((step) => [step.step, step]));
  const acts = view.acts.map((act) => ({ ...act, steps: act.steps.map((step) => changed.get(step.step) ?? step) }));
  return { ...view, ...members, ...own, acts };
}

const stepsIn = (acts: SharedView["acts"]): readonly StepView[] => acts.flatMap(({ steps }) => steps);
