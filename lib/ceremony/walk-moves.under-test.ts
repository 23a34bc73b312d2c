import { stateOf } from "./ceremony";
import { RECORDER, type Body } from "./entry";
import { ckaIdOf } from "./quorum";
import type { SmallWorld } from "./small-world.under-test";
import { movesOfTheSeats } from "./walk-seats.under-test";
import {
  agreed,
  agreedToGoOn,
  OPENER,
  said,
  same,
  STEP,
  unanswered,
  type Move,
  type Place,
  type Truth,
} from "./walk-truth.under-test";
import { agreeing, type WalkedWorld } from "./walked-world.under-test";

export const START_BY_WORKER = "the worker starts";

/** Everything that anybody could do at that place, as they should and as they should not be able to. */
export function movesIn(place: Place, walked: WalkedWorld): Move[] {
  const { custodians } = place.truth.room;
  return [
    ...movesOfPeople(place, custodians, walked),
    ...movesWithSecrets(place, custodians, walked),
    ...movesOfTheWorker(place),
    ...movesOfTheRoom(place, walked),
    ...movesOfTheSeats(place, walked.seats ?? []),
  ];
}

const refusedBySomeone = (now: Truth): Truth => unanswered({ ...now, no: true });
const underWay = (now: Truth): Truth => ({ ...now, flight: "under way" });

/** A new opening asks everybody anew. Without a person's deviation after all that was done before, it sets nothing right. */
const opened = (now: Truth): Truth => ({
  ...now,
  openings: now.openings + 1,
  yes: [],
  no: now.openings > 0 && !now.deviated.opening,
  halted: false,
  left: false,
  replaced: false,
  late: false,
  flight: now.flight === "under way" ? now.flight : "none",
  deviated: { ...now.deviated, opening: false },
  calls: 0,
  parts: [],
});
/** A new call asks everybody for their part anew. */
const called = (now: Truth): Truth => unanswered({ ...now, calls: now.calls + 1, parts: [] });
const entered = (by: string, part: 1 | 2) => (now: Truth): Truth => unanswered({ ...now, parts: [...now.parts, { by, part }] });

/** What people could do with the open step: as they should, and as they should not be able to. */
function movesOfPeople({ stale, world }: Place, custodians: readonly string[], walked: WalkedWorld): Move[] {
  if (!stateOf(world.now, STEP)?.opening) return [];
  const old = stale.map((statement): Move => ({
    name: `${statement.person}'s ${statement.act} of an earlier ${statement.act === "approve" ? "opening" : "stop"}`,
    make: (there) => there.sign(statement.person, statement),
    after: same,
  }));
  const plain = (person: string): Move[] => [
    { name: `${person} approves`, make: (there) => there.sign(person), after: agreed(person) },
    { name: `${person} refuses`, make: (there) => there.refuse(person), after: refusedBySomeone },
  ];
  // Where people come and go, they say yes and no and no more: every other trick is tried in the worlds where nobody does.
  return walked.seats ? [...custodians.flatMap(plain), ...old] : [...custodians.flatMap(plain), ...old, ...tricks(custodians)];
}

/** What somebody could try instead of saying yes or no as themselves. */
function tricks(custodians: readonly string[]): Move[] {
  const [first, second] = custodians as [string, string];
  return [
    ...custodians.map((person): Move => ({
      name: `${person} approves with a second passkey`,
      make: (there) => there.sign(person, undefined, { passkey: `${person}-2` }),
      after: agreed(person),
    })),
    ...[OPENER, "will", "axel"].map((person): Move => ({
      name: `${person} approves`,
      make: (there) => there.sign(person),
      after: same,
    })),
    {
      name: `${first}'s refusal entered as an approval`,
      make: (there) => there.sign(first, there.decide(first, { act: "refuse", remark: said }), { kind: "step-approved" }),
      after: same,
    },
    { name: `${first}'s touch without a PIN`, make: (there) => there.sign(first, undefined, { flags: 0x01 }), after: same },
    {
      name: `${first} signs under the name of ${second}`,
      make: (there) => there.sign(first, there.decide(second), { by: second }),
      after: same,
    },
    {
      name: `${first} approves something else`,
      make: (there) => there.sign(first, { ...there.decide(first), what: [{ operation: "make", label: "other" }] }),
      after: same,
    },
  ];
}

/** Calls for the secret, at most twice in an opening, and parts for the newest call and for the one before. */
function movesWithSecrets({ truth, stalePart, world }: Place, custodians: readonly string[], walked: WalkedWorld): Move[] {
  const asks = walked.operations.some(({ operation }) => operation === "keep");
  if (!asks || !stateOf(world.now, STEP)?.opening) return [];
  const part = (by: string, half: 1 | 2): Move => ({ name: `${by} enters part ${String(half)}`, make: (there) => there.enterPart(by, half), after: entered(by, half) });
  const [first, second] = custodians as [string, string];
  return [
    ...(truth.calls < 2 ? [{ name: "the worker calls for the secret", make: (there: SmallWorld) => there.invite(), after: called }] : []),
    ...custodians.flatMap((person) => [part(person, 1), part(person, 2)]),
    ...[OPENER, "will"].map((by): Move => ({ name: `${by} enters part 2`, make: (there) => there.enterPart(by, 2), after: same })),
    { name: `${first} enters a part in the name of ${second}`, make: (there) => there.enterPart(first, 2, { by: second }), after: same },
    ...(stalePart ? [{ name: "a part for the call before", make: (there: SmallWorld) => there.sign(stalePart.person, stalePart), after: same }] : []),
  ];
}

function movesOfTheWorker({ ids, world }: Place): Move[] {
  const state = stateOf(world.now, STEP)!;
  const index = state.outcomes.length;
  const starts = (how: string, change: Partial<Body<"operation-started">>): Move => ({
    name: `${START_BY_WORKER}${how}`,
    make: (there) => there.start({ step: STEP, ...change }),
    after: underWay,
  });
  const unauthorised = { approvals: [], quorumHash: null, ckaId: ckaIdOf(state.opening?.hash ?? "", index) };
  const fault = { call: "C_GenerateKeyPair", name: "CKR_DEVICE_ERROR", ckr: 48 };
  return [
    starts("", {}),
    starts(" on its own account", unauthorised),
    ...ids.slice(0, 1).map((ckaId) => starts(" with an id used before", { ckaId })),
    {
      name: "the worker is done",
      make: (there) => there.finish(),
      after: (now) => ({ ...now, flight: "none", done: now.done + 1, calls: 0, parts: [] }),
    },
    {
      name: "the token fails",
      make: (there) => there.act("operation-failed", RECORDER, { step: STEP, index, fault }),
      after: (now) => unanswered({ ...now, flight: "failed" }),
    },
  ];
}

function movesOfTheRoom({ truth, world }: Place, walked: WalkedWorld): Move[] {
  const latest = world.now.deviations.at(-1)?.seq ?? 0;
  const note = { class: "C", step: STEP, code: "worker-restarted", facts: {} } as const;
  const openings: Move[] = [
    {
      name: "the operator opens again on the worker's own note",
      make: async (there) => {
        const noted = await there.act("worker-noted", RECORDER, note);
        if (!noted.ok) return noted;
        return there.openStep(STEP, { deviation: there.now.head.seq });
      },
      after: (now) => ({ ...opened(now), no: true }),
    },
    { name: "the operator opens", make: (there) => there.openStep(STEP), after: opened },
    { name: "the operator opens again", make: (there) => there.openStep(STEP, { deviation: latest }), after: opened },
  ];
  const goesOn = (by: string, now: Truth): Truth =>
    by === OPENER && now.phase === "stopped" && now.deviated.stop && agreeing(walked, now.goOn) === null
      ? { ...now, phase: now.room.onBreak ? "break" : "running", goOn: [] }
      : now;
  const resumes = (by: string): Move => ({
    name: `${by} resumes`,
    make: (there) => there.act("ceremony-resumed", by, { deviation: latest }),
    after: (now) => goesOn(by, now),
  });
  // Where custodians do not agree to going on one by one, which is walked by itself, all of them do in one go.
  const together = (by: string): Move => ({
    name: `all agree to going on, and ${by} resumes`,
    make: (there) => there.goOn(latest, truth.room.custodians, by),
    after: (now) => goesOn(by, truth.room.custodians.reduce((all, person) => agreedToGoOn(person)(all), now)),
  });
  return [
    ...(truth.openings < walked.openings ? openings : []),
    {
      name: "a deviation is noted",
      make: async (there) => ({ ok: true, value: await there.deviate(STEP) }),
      after: (now) => ({ ...now, goOn: [], deviated: { stop: true, opening: true } }),
    },
    {
      name: "an auditor stops",
      make: (there) => there.act("ceremony-stopped", "axel", { reason: said }),
      after: (now) => ({ ...now, phase: "stopped", goOn: [], halted: true, deviated: { ...now.deviated, stop: false } }),
    },
    resumes(OPENER),
    resumes("carl"),
    ...(walked.seats?.includes("stops") ? [] : [together(OPENER), together("carl")]),
    {
      name: "the operator resumes on the worker's own note",
      make: async (there) => {
        const noted = await there.act("worker-noted", RECORDER, note);
        if (!noted.ok) return noted;
        return there.goOn(there.now.head.seq, truth.room.custodians, OPENER);
      },
      after: same,
    },
    {
      name: "the operator aborts",
      make: (there) => there.act("ceremony-aborted", OPENER, { reason: said }),
      after: (now) => ({ ...now, phase: "aborted" }),
    },
    {
      name: "the opening expires",
      make: (there) => {
        if (truth.openings === 0 || truth.late) return null;
        there.wait(7200);
        return Promise.resolve({ ok: true, value: null });
      },
      after: (now) => ({ ...now, late: true }),
    },
  ];
}
