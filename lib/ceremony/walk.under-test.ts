import { resumeApprovals } from "./admit-resume";
import { peopleIn, stateOf } from "./ceremony";
import { RECORDER } from "./entry";
import type { SmallWorld } from "./small-world.under-test";
import type { Statement } from "./statement";
import { statementFor } from "./statement-for";
import { movesIn, START_BY_WORKER } from "./walk-moves.under-test";
import { STEP, type Move, type Place, type Truth } from "./walk-truth.under-test";
import { begin, missing, type WalkedWorld } from "./walked-world.under-test";

export type Walked = {
  readonly states: number;
  readonly admitted: number;
  readonly refused: number;
  /** How often an operation started, all of them justified when there is no violation. */
  readonly started: number;
  /** The first way found to an operation that nothing justifies: its moves in order, and what was missing. */
  readonly violation: { readonly moves: readonly string[]; readonly missing: string } | null;
};

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
    for (const move of movesIn(place, walked)) {
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
