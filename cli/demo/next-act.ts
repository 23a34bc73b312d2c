import type { Awaited, MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";

/** What the autopilot may do next: whose act it is, and which. */
export type Next = { readonly person: string; readonly act: Awaited["act"] };

/** How many identity checks are left to a person who plays a witness. */
const LEFT_TO_A_WITNESS = 2;

/**
 * The next act that the autopilot may do, or null while the room waits for the worker or for one of the `people` who play
 * themselves. Never an act of theirs; and where any one of several would do, one who plays gets to do it.
 */
export function nextAct(room: RoomView, people: ReadonlySet<string>): Next | null {
  const asked = room.awaits.filter(({ role }) => role !== "worker");
  const theirs = asked.filter(({ person }) => people.has(person));
  const step = currentStep(room);
  const mine = asked.filter(({ person }) => !people.has(person));
  const first = mine.find((one) => mayGoAhead(room, step, one, theirs));
  return first ? { person: first.person, act: first.act } : null;
}

function mayGoAhead(room: RoomView, step: StepView | null, one: Awaited, theirs: readonly Awaited[]): boolean {
  const sameAct = theirs.filter(({ act }) => act === one.act);
  switch (one.act) {
    // Everybody does these for themselves.
    case "acknowledge":
    case "initial-deviations":
    case "sign-off":
      return true;
    // M of N: enough of the M are kept for those who play.
    case "approve":
      return step?.approvals ? step.approvals.needed - step.approvals.approved > sameAct.length : false;
    case "approve-resume":
      return agreementsLeft(room) > sameAct.length;
    case "check-identity":
      return sameAct.length === 0 || checkable(room, one.person, new Set(sameAct.map(({ person }) => person))).length > 0;
    // A physical value is read by one of each role, everything else by any one who may.
    case "enter-value":
      return step?.check?.physical ? sameAct.every(({ role }) => role !== one.role) : sameAct.length === 0;
    default:
      return sameAct.length === 0;
  }
}

/** How many more custodians have to agree that a stopped room goes on. */
function agreementsLeft({ stopped }: RoomView): number {
  const { needed = 0, seals = [] } = stopped?.goingOn ?? {};
  return needed - seals.filter(({ state }) => state === "approved").length;
}

/** Whom this witness may check while others play witnesses: those players first, then all but a few who are left to them. */
function checkable(room: RoomView, witness: string, players: ReadonlySet<string>): readonly string[] {
  const unchecked = room.people.filter(({ checked }) => !checked).map(({ person }) => person);
  const others = unchecked.filter((person) => person !== witness);
  const playing = others.filter((person) => players.has(person));
  if (playing.length > 0) return playing;
  return players.size === 0 || unchecked.length > LEFT_TO_A_WITNESS ? others : [];
}

/** The act itself, from the room as the person it belongs to sees it; null when it is no longer theirs to do. */
export function actOf(room: RoomView, next: Next, people: ReadonlySet<string>): MyAct | null {
  const acts = room.mine.filter(({ act }) => act === next.act);
  if (next.act !== "check-identity") return acts[0] ?? null;
  const players = new Set(
    room.people.filter(({ person, role }) => role === "witness" && people.has(person)).map(({ person }) => person),
  );
  const allowed = checkable(room, next.person, players);
  return acts.find((act) => act.act === "check-identity" && allowed.includes(act.person)) ?? null;
}

/** The step everybody is at, or null when all are done. */
export function currentStep(room: RoomView): StepView | null {
  return room.acts.flatMap(({ steps }) => steps).find(({ current }) => current) ?? null;
}
