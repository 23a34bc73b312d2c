import type { Body } from "./entry";
import { RECORDER } from "./entry";
import { resumeApprovals } from "./admit-resume";
import { peopleIn, stateOf } from "./ceremony";
import { ckaIdOf } from "./quorum";
import type { OperationRequest, QuorumRule, Script } from "./script";
import { CAST, openedBody, passkey, smallRoster, smallScript, SmallWorld } from "./small-world.under-test";
import type { Statement } from "./statement";
import { statementFor } from "./statement-for";
import { movesOfTheSeats, type SeatMoves } from "./walk-seats.under-test";
import { agreed, agreedToGoOn, OPENER, said, same, STEP, unanswered, type Move, type Place, type Truth } from "./walk-truth.under-test";

/** A world small enough to be walked from end to end. */
export type WalkedWorld = {
  readonly custodians: number;
  readonly quorum: Omit<QuorumRule, "of">;
  readonly operations: readonly OperationRequest[];
  /** How often the step may be opened. */
  readonly openings: number;
  /** What people do beside the step, one thing or another: all of it at once is half a minute's walk and finds no more. */
  readonly seats?: readonly SeatMoves[];
};

export type Walked = {
  readonly states: number;
  readonly admitted: number;
  readonly refused: number;
  /** How often an operation started, all of them justified when there is no violation. */
  readonly started: number;
  /** The first way found to an operation that nothing justifies: its moves in order, and what was missing. */
  readonly violation: { readonly moves: readonly string[]; readonly missing: string } | null;
};

const CUSTODIANS = ["carl", "cleo", "cora", "cyra"];
const START_BY_WORKER = "the worker starts";

const scriptOf = ({ custodians, quorum, operations }: WalkedWorld): Script => ({
  ...smallScript,
  quorum: { ...quorum, of: custodians },
  acts: [
    {
      act: "only",
      title: "Only act",
      steps: [
        { step: STEP, kind: "operation", title: "Work", say: "Do it.", operations: [...operations] },
        { step: "sign", kind: "sign-off", title: "Sign", say: "It is true.", by: ["operator"] },
      ],
    },
  ],
});

async function begin(walked: WalkedWorld): Promise<Place> {
  const custodians = CUSTODIANS.slice(0, walked.custodians);
  const carl = smallRoster.people.find(({ person }) => person === "carl")!;
  const people = [...smallRoster.people, { ...carl, person: "cyra", passkeys: [passkey("cyra-1"), passkey("cyra-2")] }];
  const others = CAST.filter(([, role]) => role !== "custodian").map(([person, role]) => ({ person, role }));
  const participants = [...others, ...custodians.map((person) => ({ person, role: "custodian" as const }))];
  const world = new SmallWorld();
  const roster = { ...smallRoster, people };
  await world.must("ceremony-opened", OPENER, openedBody({ script: scriptOf(walked), roster, participants }));
  const attached = await world.attach();
  if (!attached.ok) throw new Error("the small world does not begin");
  const truth: Truth = {
    phase: "running",
    goOn: [],
    deviated: { stop: false, opening: false },
    openings: 0,
    yes: [],
    no: false,
    halted: false,
    left: false,
    replaced: false,
    late: false,
    flight: "none",
    done: 0,
    calls: 0,
    parts: [],
    room: { custodians, away: [], unchecked: [], breaks: 0, onBreak: false, out: false },
  };
  return { world, truth, stale: [], stalePart: null, ids: [], moves: [] };
}

/** What is missing for the next operation, in plain words; null when it may start. */
function missing({ quorum, operations }: WalkedWorld, truth: Truth): string | null {
  if (truth.phase !== "running") return `the ceremony is ${truth.phase}`;
  if (truth.room.out) return "the worker is logged out";
  if (truth.openings === 0) return "the step was never opened";
  if (truth.flight !== "none") return `an operation is ${truth.flight}`;
  const request = operations[truth.done];
  if (!request) return "nothing is left to do";
  if (request.operation === "look") return null;
  const lacking = agreeing({ quorum }, truth.yes);
  if (lacking !== null) return lacking;
  if (truth.yes.includes(OPENER)) return "who asked for it is among those who agreed";
  if (truth.no) return "a custodian has refused";
  if (truth.halted) return "the room was stopped since it was opened";
  if (truth.left) return "people went for a break since it was opened";
  if (truth.replaced) return "somebody was replaced since it was opened";
  if (truth.late) return "the statement has expired";
  if (request.operation !== "keep") return null;
  if (truth.calls === 0) return "nobody was asked for the secret";
  const halves = ([1, 2] as const).map((half) => truth.parts.find(({ part }) => part === half)?.by);
  if (halves.includes(undefined)) return "half of the secret is missing";
  return halves[0] === halves[1] ? "one person entered the whole secret" : null;
}

/** How many too few these are, counted as people; null when they are enough. */
function agreeing({ quorum }: Pick<WalkedWorld, "quorum">, list: readonly string[]): string | null {
  const people = new Set(list);
  if (people.size < quorum.approve) return `${String(people.size)} of ${String(quorum.approve)} have agreed`;
  for (const { group, approve } of quorum.and ?? []) {
    const members = smallRoster.people.filter((one) => one.groups.includes(group) && people.has(one.person)).length;
    if (members < approve) return `${String(members)} of ${String(approve)} of ${group} have agreed`;
  }
  return null;
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

/**
 * Two places with the same key have the same future: nothing that a rule or `missing` looks at tells them apart. Left out
 * is what can matter no more: deviations where no further opening or resuming follows, everything once it was aborted.
 */
function keyOf({ truth, world, stale, stalePart }: Place, walked: WalkedWorld): string {
  const state = stateOf(world.now, STEP)!;
  const people = (list: readonly string[]) => [...list].sort().join();
  const approved = people(state.approvals.map(({ person }) => person));
  const flags = [state.started !== null, state.refusals.length > 0];
  const { phase, away, unchecked, loggedOut, participants, breaks, stopped, deviations } = world.now;
  // However often a broken book lets one person agree, it makes no new place for ever.
  const newest = deviations.at(-1)?.seq ?? 0;
  const goOn = stopped ? people(resumeApprovals(stopped, newest).slice(0, walked.custodians + 1).map(({ person }) => person)) : null;
  // Stand-ins and paper need somebody's deviation, whenever it was noted.
  const noted = world.now.deviations.some(({ by }) => by !== RECORDER);
  const seats = [noted, people(state.papers.map(({ person }) => person)), people(away), people(unchecked), loggedOut !== null, people(participants.map(({ person }) => person)), breaks.length];
  const book = [phase, state.status, state.outcomes.length, approved, flags, goOn, walked.seats ? [seats, people(stale.map(({ person, act }) => `${person} ${act}`))] : []];
  if (truth.phase === "aborted") return JSON.stringify([book, truth.flight, truth.done]);
  const deviated = [truth.phase === "stopped" && truth.deviated.stop, truth.openings < walked.openings && truth.deviated.opening];
  const keptIsGood = stale.some(({ expires }) => expires > (state.opening?.at ?? ""));
  const entered = people(state.parts.map(({ person, part }) => `${person} ${String(part)}`));
  const parts = people(truth.parts.map(({ by, part }) => `${by} ${String(part)}`));
  const secrets = [stalePart !== null, state.invitation !== null, entered];
  return JSON.stringify([book, { ...truth, yes: people(truth.yes), goOn: people([...new Set(truth.goOn)]), parts, deviated }, keptIsGood, secrets]);
}

/**
 * Every state that can be reached from an opened ceremony by any order of moves. Stops at the first operation that began
 * although `missing` says otherwise, or under an id given before.
 */
export async function walk(walked: WalkedWorld): Promise<Walked> {
  const beginning = await begin(walked);
  const seen = new Set([keyOf(beginning, walked)]);
  const ahead = [beginning];
  let [admitted, refused, started] = [0, 0, 0];
  const result = (violation: Walked["violation"]): Walked => ({ states: seen.size, admitted, refused, started, violation });

  for (let place = ahead.pop(); place; place = ahead.pop()) {
    const { custodians } = place.truth.room;
    const moves = [
      ...movesOfPeople(place, custodians, walked),
      ...movesWithSecrets(place, custodians, walked),
      ...movesOfTheWorker(place),
      ...movesOfTheRoom(place, walked),
      ...movesOfTheSeats(place, walked.seats ?? []),
    ];
    for (const move of moves) {
      const world = place.world.fork();
      const answer = await move.make(world);
      if (!answer) continue;
      if (!answer.ok) {
        refused++;
        continue;
      }
      admitted++;
      const next = arrive(place, move, world, walked);
      const left = undone(walked, next);
      if (left) return result({ moves: next.moves, missing: left });
      if (move.name.startsWith(START_BY_WORKER)) {
        started++;
        const lacking = missing(walked, place.truth) ?? (place.ids.includes(next.ids.at(-1)!) ? "an id of its own" : null);
        if (lacking) return result({ moves: next.moves, missing: lacking });
      }
      const key = keyOf(next, walked);
      if (seen.has(key)) continue;
      seen.add(key);
      if (next.truth.done < walked.operations.length) ahead.push(next);
    }
  }
  return result(null);
}

/** A step that counts as done although an operation of it was not: nobody's word stands for the token's. */
const undone = ({ operations }: WalkedWorld, { world, truth }: Place): string | null =>
  stateOf(world.now, STEP)?.status === "done" && truth.done < operations.length ? "the step is done, and an operation of it is not" : null;

function arrive(place: Place, move: Move, world: SmallWorld, { seats }: WalkedWorld): Place {
  const truth = move.after(place.truth);
  const started = move.name.startsWith(START_BY_WORKER) ? (stateOf(world.now, STEP)?.started?.ckaId ?? "") : null;
  const wentOn = place.world.now.stopped && truth.phase !== "stopped" && seats?.includes("stops");
  // Of going on only what was agreed to at the last stop: with all of them, no place would ever be like another.
  const before = wentOn ? [...place.stale.filter(({ act }) => act !== "approve-resume"), ...agreedThen(place.world)] : place.stale;
  const reopened = truth.openings > 1 && truth.openings > place.truth.openings;
  return {
    world,
    truth,
    stalePart: stalePartOf(place, world) ?? place.stalePart,
    stale: reopened ? place.truth.room.custodians.map((person) => place.world.decide(person)) : [...before, ...heldBack(place, truth)],
    ids: started === null ? place.ids : [...place.ids, started],
    moves: [...place.moves, move.name],
  };
}

/** What the custodians could have signed for going on after the stop that is over, kept for the next one. */
function agreedThen({ now }: SmallWorld): Statement[] {
  const decision = { act: "approve-resume", step: STEP, verdict: null, remark: null, deviation: now.deviations.at(-1)?.seq } as const;
  return peopleIn(now, ["custodian"]).flatMap((person) => statementFor(now, person, decision) ?? []);
}

/** What somebody who is replaced could have signed for this opening before, kept by whoever hopes to use it. */
function heldBack({ world, truth: { room } }: Place, after: Truth): Statement[] {
  const gone = room.custodians.filter((person) => !after.room.custodians.includes(person));
  return stateOf(world.now, STEP)?.opening ? gone.map((person) => world.decide(person)) : [];
}

/** What the first custodian could have signed for a call that this move has put another in the place of; null when it has not. */
function stalePartOf({ world: before }: Place, after: SmallWorld): Statement | null {
  const [then, now] = [before, after].map((world) => stateOf(world.now, STEP)?.invitation?.hash ?? null);
  if (!then || !now || then === now) return null;
  const part = { invitation: then, secret: "pin", part: 1, sha256: "00".repeat(32) } as const;
  return before.decide("carl", { act: "enter-part", step: STEP, part });
}
