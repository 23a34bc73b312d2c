import type { Participant, RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";

/** The first minute of every room here. */
export const BEGAN = Date.parse("2026-11-20T09:00:00.000Z");
export const minute = (count: number): string => new Date(BEGAN + count * 60_000).toISOString();

/** A step that nothing has been done about, but for what is said. */
export const plainStep = (step: string, number: number, change: Partial<StepView> = {}): StepView => ({
  ...{ step, number, title: `Title of ${step}`, kind: "statement", status: "waiting", current: false, say: `Say ${step}.`, translations: [] },
  ...{ minutes: 5, openedAt: null, openedBy: null, code: null, doneAt: null, expires: null, doings: [], results: [] },
  ...{ operations: [], approvals: null, seals: [], takes: 0, halt: null, check: null, evidence: null, files: [] },
  ...{ coolsUntil: null, aloud: null, initials: [], attested: [], paper: null },
  ...change,
});

export const plainPerson = (person: string, role: Participant["role"], change: Partial<Participant> = {}): Participant => ({
  ...{ person, name: `Name of ${person}`, title: "", role, initials: "NN", away: false, late: false },
  checked: { at: minute(0), by: "Wang", document: "Passport" },
  ...change,
});

/** A room of two acts with these steps, seen by its operator. */
export function plainRoom(steps: readonly StepView[], change: Partial<RoomView> = {}): RoomView {
  const half = Math.ceil(steps.length / 2);
  return {
    ...({ phase: "running", stopped: null, aborted: null, closed: null, onBreak: null, clocks: [], shortages: [] } as const),
    me: { person: "olga", name: "Name of olga", title: "", role: "operator", passkeys: [] },
    ...{ people: [], awaits: [], awaited: "", turn: null, mine: [], hands: null, signing: null, openSheet: null },
    acts: [
      { act: "one", title: "One", translations: [], steps: steps.slice(0, half) },
      { act: "two", title: "Two", translations: [], steps: steps.slice(half) },
    ],
    current: steps.find(({ current }) => current)?.step ?? null,
    ...change,
  } as unknown as RoomView;
}
