import { lastOf } from "#lib/ceremony/admit-step";
import { needsQuorum } from "#lib/ceremony/admit-worker";
import { breakStep } from "#lib/ceremony/admit-break";
import { breakOn, coolsUntil, currentStep, roleOf, stateOf, type Ceremony, type Deviation, type StepState } from "#lib/ceremony/ceremony";
import { RECORDER } from "#lib/ceremony/entry";
import { unansweredLines } from "#lib/ceremony/readiness";
import type { Role } from "#lib/ceremony/roles";
import { awaitedParts } from "#lib/ceremony/secret-parts";
import { quorumRuleOf } from "#lib/ceremony/script";
import { listed } from "#lib/words/list";
import type { Words } from "#lib/words/words";
import type { Asked } from "./asked";
import type { Awaited, MyAct } from "./my-act";
import { barePeople, initialActs, initialling, paperActs, readingOut } from "./room-deviations";
import { performersOf } from "./room-names";
import { peopleActs } from "./room-people";
import { partsFor } from "./room-secrets";
import { isApproved, isExpired } from "./room-steps";
import { goingOnView, wayOn } from "./room-stop";

const NOTING: readonly Role[] = ["administrator", "operator", "custodian", "witness"];
const LEADING: readonly Role[] = ["administrator", "operator"];

/**
 * What this person is asked to do now, and everything they may do (that first). Says what `admit` would take; whether it
 * does take it is decided there and nowhere else.
 */
export function actsOf(asked: Asked, person: string): { turn: MyAct | null; mine: readonly MyAct[] } {
  const { ceremony } = asked;
  const role = roleOf(ceremony, person);
  if (!role || ceremony.phase === "closed") return { turn: null, mine: [] };
  const noting: MyAct[] = NOTING.includes(role)
    ? [{ act: "note-deviation", step: currentStep(ceremony)?.step.step ?? null, why: null }]
    : [];
  const initials = initialActs(asked, person, role);
  if (ceremony.phase === "aborted") return { turn: null, mine: [...noting, ...initials] };

  const stopping: MyAct[] = ceremony.phase === "running" || ceremony.phase === "break" ? [{ act: "stop" }] : [];
  const people = peopleActs(asked, person);
  if (ceremony.away.includes(person) || ceremony.unchecked.includes(person)) return { turn: null, mine: [...stopping, ...people.mine] };
  const aborting: MyAct[] = LEADING.includes(role) ? [{ act: "abort" }] : [];
  const asks = [...people.turn, ...(ceremony.phase === "stopped" ? wayOn(asked, person, role) : stepActs(asked, person, role))];
  const further = ceremony.phase === "running" ? furtherActs(asked, person, role) : [];
  return { turn: asks[0] ?? null, mine: [...asks, ...noting, ...stopping, ...aborting, ...further, ...people.mine, ...initials] };
}

/** What is asked of nobody and may be done: to close the printed sheets, or to say that the open step was done on paper. */
function furtherActs(asked: Asked, person: string, role: Role): MyAct[] {
  const state = currentStep(asked.ceremony);
  return [...readingOut(asked, role).mine, ...initialling(asked, person, role).mine, ...(state ? paperActs(asked, state, role).mine : [])];
}

function stepActs(asked: Asked, person: string, role: Role): MyAct[] {
  const { ceremony, book, now } = asked;
  const state = currentStep(ceremony);
  if (!state || !ceremony.recorder || state.started) return [];
  if (ceremony.phase === "break" && (!breakStep(ceremony, "ends") || state.status === "open")) return [];
  if (breakStep(ceremony, "begins") && state.status === "open") return [];
  if (state.status === "open" && !isExpired(state, book, now)) {
    return state.papers.length > 0 ? paperActs(asked, state, role).turn : performing(asked, state, person);
  }
  const initials = initialling(asked, person, role).turn;
  if (role !== "operator") return initials;
  if (isCooling(asked, state)) return [];
  const red = unansweredLines(ceremony);
  if (red.length > 0) {
    const lines = red.map((line) => asked.words.of("readiness")(`line.${line}`)).join(", ");
    return [{ act: "note-deviation", step: state.step.step, why: asked.words.of("room")("why.red", { lines }) }];
  }
  const reading = readingOut(asked, role).turn;
  const opening: MyAct = { act: "open-step", step: state.step.step, title: state.step.title, deviation: null };
  const opens = state.opening ? reopening(asked, state) : [opening];
  if (opens[0]?.act !== "open-step") return opens;
  if (reading.length > 0) return reading;
  if (initials.length > 0) return initials;
  return state.step.kind === "sign-off" && barePeople(asked).length > 0 ? [] : opens;
}

/** Time has to pass before the step may be opened. */
function isCooling({ ceremony, now }: Asked, state: StepState): boolean {
  const until = state.opening ? null : coolsUntil(ceremony, state);
  return until !== null && now < until;
}

/** The latest deviation that a person noted at that step after that entry, or null. */
const deviationSince = (ceremony: Ceremony, seq: number, step: string): Deviation | null =>
  ceremony.deviations.findLast((one) => one.by !== RECORDER && one.seq > seq && one.body.step === step) ?? null;

/** A step that came to a halt is opened again with a deviation noted at it since its last entry. */
function reopening(asked: Asked, state: StepState): MyAct[] {
  const { ceremony } = asked;
  const { step } = state.step;
  const deviation = deviationSince(ceremony, lastOf(state), step);
  if (deviation) return [{ act: "open-step", step, title: state.step.title, deviation: deviation.seq }];
  const halted = state.refusals.length > 0 ? "refused" : "halted";
  const came = state.status === "failed" ? "failed" : state.status === "open" ? "expired" : halted;
  const say = asked.words.of("room");
  const { openSheet } = ceremony;
  return [{ act: "note-deviation", step, why: openSheet ? say("why.differ", { number: openSheet.number }) : say(`why.${came}`) }];
}

/** What an open step asks of one person: nothing once they have done it, nothing of those whose act it is not. */
function performing(asked: Asked, state: StepState, person: string): MyAct[] {
  const { ceremony, book, names } = asked;
  const { step } = state;
  if (!performersOf(ceremony, step).includes(person)) return [];
  const did = state.deeds.some((deed) => deed.by === person);
  switch (step.kind) {
    case "statement":
    case "pause":
      return did ? [] : [{ act: "acknowledge", step: step.step, kind: step.kind }];
    case "attendance":
      return unchecked(ceremony, state)
        .filter((other) => other !== person)
        .map((other) => ({
          act: "check-identity",
          step: step.step,
          person: other,
          name: names.name(other),
          role: names.role(other) as Role,
        }));
    case "check": {
      const other = state.deeds[0]?.by;
      if (did || (other !== undefined && roleOf(ceremony, other) === roleOf(ceremony, person))) return [];
      return [
        { act: "enter-value", step: step.step, value: step.value, expected: step.expected ?? null, physical: step.physical },
      ];
    }
    case "evidence":
      return [{ act: "note-evidence", step: step.step, what: step.what }];
    case "operation": {
      if (!needsQuorum(state, book) || state.opening?.by === person) return [];
      const approved = state.approvals.some((one) => one.person === person);
      const enough = isApproved(ceremony, state, book);
      const refuse: MyAct = { act: "refuse", step: step.step };
      if (enough) return partsFor(ceremony, state, person, book, names);
      return approved ? [] : [{ act: "approve", step: step.step }, refuse];
    }
    case "sign-off":
      return state.signatures.some((one) => one.person === person) ? [] : [{ act: "sign-off", step: step.step }];
  }
}

function unchecked(ceremony: Ceremony, state: StepState): readonly string[] {
  const checked = state.deeds.flatMap((deed) => (deed.kind === "identity-checked" ? [deed.body.person] : []));
  return ceremony.participants.map(({ person }) => person).filter((person) => !checked.includes(person));
}

/** From whom the room waits for what, and the sentence that says so to everybody. */
export function awaitedOf(asked: Asked): { awaits: readonly Awaited[]; awaited: string } {
  const { ceremony, names } = asked;
  const say = asked.words.of("room");
  const worker: Awaited = { person: RECORDER, name: names.name(RECORDER), role: "worker", act: "work" };
  const { stopped } = ceremony;
  const state = currentStep(ceremony) ?? (stopped && stateOf(ceremony, stopped.step));
  if (ceremony.phase === "closed")
    return {
      awaits: [],
      awaited: say(ceremony.closed?.result === "aborted" ? "awaits.endedAborted" : "awaits.ended"),
    };
  if (ceremony.phase === "aborted" || !state)
    return { awaits: [worker], awaited: say("awaits.closing") };
  if (!ceremony.recorder && !stopped)
    return { awaits: [worker], awaited: say("awaits.joining") };
  const resting = restingOf(asked, worker);
  if (resting) return resting;
  if (ceremony.phase === "running" && state.started)
    return { awaits: [worker], awaited: say("awaits.atToken") };

  const awaits = ceremony.participants.flatMap(({ person, role }): Awaited[] => {
    const { turn } = actsOf(asked, person);
    return turn ? [{ person, name: names.name(person), role, act: turn.act }] : [];
  });
  if (awaits.length > 0) return { awaits, awaited: sentenceFor(asked, state, awaits) };
  if (isCooling(asked, state))
    return { awaits: [], awaited: say("awaits.cooling", { number: state.number }) };
  return { awaits: [worker], awaited: say("awaits.worker") };
}

/** In a break, and until the worker is logged in after it; null otherwise. */
function restingOf(asked: Asked, worker: Awaited): { awaits: readonly Awaited[]; awaited: string } | null {
  const { ceremony, names, words } = asked;
  const say = words.of("presence");
  const state = currentStep(ceremony);
  const asksWorker = state?.step.kind === "operation" && state.status === "open" && isApproved(ceremony, state, asked.book);
  if (ceremony.loggedOut && ceremony.phase === "running" && asksWorker) return { awaits: [worker], awaited: say("awaitsLogin") };
  if (ceremony.phase !== "break" || !breakOn(ceremony)) return null;
  const awaits = ceremony.participants.flatMap(({ person, role }): Awaited[] => {
    const { turn } = actsOf(asked, person);
    return turn ? [{ person, name: names.name(person), role, act: turn.act }] : [];
  });
  if (awaits.length === 0) return { awaits: [worker], awaited: say("loggingOut") };
  const everyone = listed(awaits.map(({ name }) => name), words.language, "or");
  return { awaits, awaited: awaits[0]?.act === "open-step" ? say("awaitsOpen") : say("awaitsEnd", { names: everyone }) };
}

/** A sentence for a wall names three people at most. */
const someOf = (names: readonly string[], words: Words): string =>
  names.length > 3
    ? words.of("room")("others", { names: names.slice(0, 2).join(", "), n: names.length - 2 })
    : listed(names, words.language);

function sentenceFor(asked: Asked, state: StepState, awaits: readonly Awaited[]): string {
  const { ceremony, names, book, words } = asked;
  const act = awaits[0]?.act;
  const say = words.of("room");
  const { number } = state;
  const everyone = someOf(awaits.map(({ name }) => name), words);
  const anyone = listed(awaits.map(({ name }) => name), words.language, "or");
  switch (act) {
    case "approve": {
      const more = quorumRuleOf(ceremony.script, state.step).approve - state.approvals.length;
      return more > 0
        ? say("awaits.approvals", { n: more, names: anyone })
        : say("awaits.approvalByRule", { names: anyone });
    }
    case "approve-resume": {
      const { needed = 0, seals = [] } = goingOnView(asked) ?? {};
      const more = needed - seals.filter(({ state: one }) => one === "approved").length;
      return say(more > 0 ? "awaits.goingOn" : "awaits.goingOnByRule", { n: more, names: anyone });
    }
    case "enter-part": {
      return say("awaits.parts", { n: awaitedParts(state, book).length, names: anyone });
    }
    case "check-identity":
      return say("awaits.identities", { names: someOf(unchecked(ceremony, state).map(names.name), words) });
    case "enter-value":
      return say(state.deeds.length > 0 ? "awaits.secondReading" : "awaits.reading", { names: anyone });
    case "acknowledge":
      return say("awaits.acknowledge", { names: everyone });
    case "sign-off":
      return say("awaits.signatures", { names: everyone });
    case "read-out":
      return words.of("sheets")("awaitsReading", { names: anyone });
    case "initial-deviations":
      return words.of("sheets")("awaitsInitials", { names: everyone });
    case "paper":
      return words.of("sheets")("awaitsPaper");
    case "note-evidence":
      return say("awaits.evidence", { names: anyone });
    case "begin-break":
      return words.of("presence")("awaitsBegin", { names: anyone });
    case "open-step":
      return say("awaits.open", { names: anyone, number });
    case "resume":
      return say("awaits.resume", { names: anyone });
    default:
      return ceremony.phase === "stopped"
        ? say("awaits.noteStopped", { names: anyone })
        : say("awaits.note", { names: anyone, number });
  }
}

