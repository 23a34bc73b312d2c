import { roleOf, stateOf } from "./ceremony";
import { RECORDER } from "./entry";
import { placeholder } from "./small-roster.under-test";
import type { SmallWorld } from "./small-world.under-test";
import { agreedToGoOn, OPENER, said, same, STAND_IN, STEP, unanswered, type Move, type Place, type Seats, type Truth } from "./walk-truth.under-test";

const seated = (change: (room: Seats) => Partial<Seats>, more: Partial<Truth> = {}) => (now: Truth): Truth => ({
  ...now,
  ...more,
  room: { ...now.room, ...change(now.room) },
});

/** What happens to the people of a room: all go for a break, somebody goes and comes, somebody takes a place, witnesses write. */
const MOVES = { breaks: movesOfBreaks, presence: movesOfPresence, "stand-ins": movesOfStandIns, witnesses: movesOfWitnesses, stops: movesAfterStops } as const;
export type SeatMoves = keyof typeof MOVES;

export const movesOfTheSeats = (place: Place, kinds: readonly SeatMoves[]): Move[] => kinds.flatMap((kind) => MOVES[kind](place));

/** One break. Whoever comes back with somebody missing, or to a worker that stayed logged in, comes back to a stopped room. */
function movesOfBreaks({ truth: { room } }: Place): Move[] {
  const everybody = (there: SmallWorld) => there.now.participants.map(({ person }) => person);
  const come = (missing: readonly string[]) => (there: SmallWorld) =>
    there.act("break-ended", "will", { step: null, present: everybody(there).filter((person) => !missing.includes(person)), seals: [] });
  const stopped = (now: Truth): Partial<Truth> => ({ phase: "stopped", goOn: [], deviated: { ...now.deviated, stop: false } });
  const back = (missing: readonly string[]) => (now: Truth): Truth =>
    seated(() => ({ onBreak: false, away: missing }), now.room.out && missing.length === 0 ? { phase: "running" } : stopped(now))(now);
  return [
    ...(room.breaks === 0
      ? [
          {
            name: "people go for a break",
            make: (there: SmallWorld) => there.act("break-begun", OPENER, { step: null, present: everybody(there), seals: [], unsealed: placeholder("nothing stays") }),
            after: seated(({ breaks }) => ({ breaks: breaks + 1, onBreak: true, away: [] }), { phase: "break", left: true }),
          },
        ]
      : []),
    ...(room.breaks === 0
      ? []
      : [
          {
            name: "the worker logs out",
            make: (there: SmallWorld) => there.act("token-logged-out", RECORDER, { break: there.now.breaks.at(-1)?.begun.seq ?? -1 }),
            after: seated(() => ({ out: true })),
          },
          {
            name: "the worker logs in",
            make: (there: SmallWorld) => there.act("token-logged-in", RECORDER, { since: there.now.loggedOut?.seq ?? -1 }),
            after: seated(() => ({ out: false })),
          },
          { name: "they come back", make: come([]), after: back([]) },
          { name: "they come back without a custodian", make: come(["cleo"]), after: back(["cleo"]) },
        ]),
  ];
}

/** One custodian goes and comes back; and tries to do that for themselves. */
function movesOfPresence({ truth: { room } }: Place): Move[] {
  const note = (by: string, present: boolean): Move => ({
    name: `${by} notes that cleo is ${present ? "back" : "away"}`,
    make: (there) => (roleOf(there.now, "cleo") === null ? null : there.act("presence-noted", by, { person: "cleo", present })),
    after: seated(({ away }) => ({ away: present ? away.filter((one) => one !== "cleo") : [...away, "cleo"] })),
  });
  return [note("will", room.away.includes("cleo")), { ...note("carl", room.away.includes("cleo")), after: same }];
}

/** Somebody from the roster takes the first custodian's place, and does nothing before a witness has looked at them. */
function movesOfStandIns({ truth: { room } }: Place): Move[] {
  const deviation = (there: SmallWorld) => there.now.deviations.findLast(({ by }) => by !== RECORDER)?.seq ?? 0;
  return [
    ...(room.custodians.includes(STAND_IN)
      ? []
      : [
          {
            name: `${STAND_IN} takes the place of carl`,
            make: (there: SmallWorld) =>
              there.act("person-replaced", OPENER, { leaves: "carl", arrives: STAND_IN, role: "custodian", deviation: deviation(there) }),
            after: seated(
              ({ custodians, away, unchecked }) => ({
                custodians: custodians.map((one) => (one === "carl" ? STAND_IN : one)),
                away: away.filter((one) => one !== "carl"),
                unchecked: [...unchecked, STAND_IN],
              }),
              { replaced: true, goOn: [] },
            ),
          },
        ]),
    ...["will", STAND_IN].map((by): Move => ({
      name: `${by} checks ${STAND_IN}`,
      make: (there) => (room.unchecked.includes(STAND_IN) ? there.act("identity-checked", by, { step: null, person: STAND_IN, document: said }) : null),
      after: by === "will" ? seated(({ unchecked }) => ({ unchecked: unchecked.filter((one) => one !== STAND_IN) })) : same,
    })),
  ];
}

/** Custodians agree to going on after a stop, one by one; others try to, and an approval of the open step is passed off as one. */
function movesAfterStops({ world, truth: { room } }: Place): Move[] {
  if (!world.now.stopped) return [];
  const latest = world.now.deviations.at(-1)?.seq ?? 0;
  const agrees = (person: string, after: Move["after"]): Move => ({
    name: `${person} agrees to going on`,
    make: (there) => there.agreeToGoOn(person, latest),
    after,
  });
  const [first = "", second = ""] = room.custodians;
  const asSecond: Move = {
    name: `${first} agrees to going on in the name of ${second}`,
    make: (there) => there.agreeToGoOn(second, latest, { passkey: `${first}-1` }),
    after: same,
  };
  return [...room.custodians.map((person) => agrees(person, agreedToGoOn(person))), ...[OPENER, "will"].map((by) => agrees(by, same)), asSecond];
}

/** What witnesses sign stands for nobody's approval, and paper for nothing that the token does. */
function movesOfWitnesses({ world, truth: { room } }: Place): Move[] {
  const opening = stateOf(world.now, STEP)?.opening;
  if (!opening) return [];
  const [first = ""] = room.custodians;
  const deviation = world.now.deviations.at(-1)?.seq ?? 0;
  const paper = { began: opening.at, ended: opening.at, account: said, kept: said, deviation };
  return [
    ...["will", OPENER].map((by): Move => ({
      name: `${by} says that it was done on paper`,
      make: (there) => there.sign(by, there.decide(by, { act: "paper", paper })),
      after: unanswered,
    })),
    { name: "will attests the open step", make: (there) => there.sign("will", { ...there.decide("will"), act: "attest" }), after: same },
    {
      name: `${first}'s attestation entered as an approval`,
      make: (there) => there.sign(first, { ...there.decide(first), act: "attest" }, { kind: "step-approved" }),
      after: same,
    },
  ];
}
