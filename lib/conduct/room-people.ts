import { breakStep } from "#lib/ceremony/admit-break";
import { CLOCK_STEP_MS } from "#lib/ceremony/admit-people";
import { breakOn, currentStep, roleOf, type Ceremony } from "#lib/ceremony/ceremony";
import { RECORDER } from "#lib/ceremony/entry";
import type { Role } from "#lib/ceremony/roles";
import { shortages } from "#lib/ceremony/shortages";
import type { MyAct } from "./my-act";
import type { BreakView, ClockView, RoomView, StandInView } from "./room";
import type { Asked } from "./asked";

const NOTING: readonly Role[] = ["administrator", "operator", "witness"];
const COUNTING: readonly Role[] = ["operator", "witness"];

/** What somebody may do about who is there: count the room out and in, note who is late or gone, check who came, call a stand-in. */
export function peopleActs(asked: Asked, person: string): { readonly turn: readonly MyAct[]; readonly mine: readonly MyAct[] } {
  const { ceremony } = asked;
  const role = roleOf(ceremony, person);
  const nothing = { turn: [], mine: [] };
  if (!role || !["running", "break", "stopped"].includes(ceremony.phase)) return nothing;
  const noting: MyAct[] = NOTING.includes(role) && !ceremony.unchecked.includes(person) ? [{ act: "note-presence" }] : [];
  if (ceremony.unchecked.includes(person)) return nothing;
  if (ceremony.away.includes(person)) return { turn: [], mine: noting };
  const atWork = ceremony.steps.some(({ started }) => started);
  const deviation = unusedDeviation(ceremony);
  const calling: MyAct[] = NOTING.includes(role) && !atWork ? [{ act: "replace-person", deviation }] : [];
  const counting = countingActs(asked, person, role);
  return { turn: [...laterChecks(asked, person, role), ...counting.turn], mine: [...counting.mine, ...noting, ...calling] };
}

/** The newest deviation of a person that no replacement has named yet, or null. */
function unusedDeviation({ deviations, replaced }: Ceremony): number | null {
  const used = replaced.map(({ deviation }) => deviation);
  return deviations.findLast(({ by, seq }) => by !== RECORDER && !used.includes(seq))?.seq ?? null;
}

/** Somebody came later than the others: a witness who is checked themselves checks them. */
function laterChecks({ ceremony, names }: Asked, person: string, role: Role): MyAct[] {
  if (role !== "witness" || currentStep(ceremony)?.step.kind === "attendance") return [];
  return ceremony.unchecked
    .filter((other) => other !== person && !ceremony.away.includes(other))
    .map((other) => ({ act: "check-identity", step: null, person: other, name: names.name(other), role: names.role(other) as Role }));
}

function countingActs({ ceremony }: Asked, person: string, role: Role): { readonly turn: readonly MyAct[]; readonly mine: readonly MyAct[] } {
  if (!COUNTING.includes(role) || !ceremony.recorder) return { turn: [], mine: [] };
  const on = breakOn(ceremony);
  if (ceremony.phase === "break" && on) {
    const ends = breakStep(ceremony, "ends");
    // Where the script ends the break by a step, that is opened first.
    if (person === on.begun.by || role === on.begun.role || (ends && ends.status !== "open")) return { turn: [], mine: [] };
    const act: MyAct = { act: "end-break", step: ends?.step.step ?? null };
    // Nobody is asked to come back before the worker has left: that would end the break with a difference.
    return ceremony.loggedOut ? { turn: [act], mine: [] } : { turn: [], mine: [act] };
  }
  if (ceremony.phase !== "running" || ceremony.steps.some(({ started }) => started)) return { turn: [], mine: [] };
  const begins = breakStep(ceremony, "begins");
  const act: MyAct = { act: "begin-break", step: begins?.status === "open" ? begins.step.step : null };
  return begins?.status === "open" && role === "operator" ? { turn: [act], mine: [] } : { turn: [], mine: [act] };
}

/** The break that is on, as everybody sees it: no value that was read at a seal, which somebody else reads again. */
export function breakView({ ceremony, names }: Asked): BreakView | null {
  const on = breakOn(ceremony);
  if (!on || !["break", "stopped"].includes(ceremony.phase)) return null;
  const { at, by, present, seals } = on.begun;
  return {
    at,
    name: names.name(by),
    present,
    seals: seals.map(({ seal, name }) => ({ seal, name: names.text(name) })),
    loggedOutAt: ceremony.loggedOut?.at ?? null,
  };
}

/** What was otherwise when the last break ended, as a sentence; null where that is not why the room is stopped. */
export function whyBreakStopped({ ceremony, names, words }: Asked): RoomView["aborted"] {
  const last = ceremony.breaks.at(-1);
  if (!last?.ended || ceremony.phase !== "stopped" || ceremony.stopped?.seq !== last.ended.seq) return null;
  const say = words.of("presence");
  const { people, seals, token } = last.differs;
  const called = last.begun.seals.filter(({ seal }) => seals.includes(seal)).map(({ name }) => names.text(name));
  const reasons = [
    ...(people.length > 0 ? [say("differsPeople", { names: people.map(names.name).join(", ") })] : []),
    ...(called.length > 0 ? [say("differsSeals", { names: called.join(", ") })] : []),
    ...(token ? [say("differsToken")] : []),
  ];
  return { at: last.ended.at, name: names.name(last.ended.by), reason: reasons.join(" ") };
}

/** People of the roster who could take somebody's place: not here, never replaced, with a passkey. */
export function standInViews({ ceremony, names }: Asked): readonly StandInView[] {
  const gone = ceremony.replaced.map(({ leaves }) => leaves);
  return ceremony.roster.people
    .filter(({ person, passkeys }) => roleOf(ceremony, person) === null && !gone.includes(person) && passkeys.length > 0)
    .map(({ person, roles }) => ({ person, name: names.name(person), roles }));
}

/** Whom the rest of the script needs and the room has not, one sentence each. */
export function shortageSentences({ ceremony, book, words }: Asked): readonly string[] {
  if (ceremony.phase === "aborted" || ceremony.phase === "closed") return [];
  const say = words.of("presence");
  const role = words.of("roles");
  return shortages(ceremony, book).map(({ role: asked, group, needed, there, step }) =>
    group === null
      ? say("short", { role: role(asked), needed, there, step })
      : say("shortGroup", { group: group.replaceAll("-", " "), needed, there, step }),
  );
}

/** The devices whose clocks are off by more than a second. */
export const clockViews = ({ ceremony, names }: Asked): readonly ClockView[] =>
  ceremony.clocks.map(({ device, by, name, milliseconds, at }) => ({
    device,
    at,
    name: names.name(by),
    called: names.text(name),
    milliseconds,
    off: Math.abs(milliseconds) > CLOCK_STEP_MS,
  }));

/** Who took part and left, and who came in their place. */
export const replacedViews = ({ ceremony, names }: Asked): RoomView["replaced"] =>
  ceremony.replaced.map(({ leaves, arrives, role, at }) => ({ left: names.name(leaves), came: names.name(arrives), role, at }));
