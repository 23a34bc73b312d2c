import type { OperationRequest, QuorumRule, Script } from "./script";
import { CAST, passkey, smallRoster } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { openedBody, SmallWorld } from "./small-world.under-test";
import type { SeatMoves } from "./walk-seats.under-test";
import { OPENER, STEP, type Place, type Truth } from "./walk-truth.under-test";

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

const CUSTODIANS = ["carl", "cleo", "cora", "cyra"];
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

export async function begin(walked: WalkedWorld): Promise<Place> {
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
export function missing({ quorum, operations }: WalkedWorld, truth: Truth): string | null {
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
export function agreeing({ quorum }: Pick<WalkedWorld, "quorum">, list: readonly string[]): string | null {
  const people = new Set(list);
  if (people.size < quorum.approve) return `${String(people.size)} of ${String(quorum.approve)} have agreed`;
  for (const { group, approve } of quorum.and ?? []) {
    const members = smallRoster.people.filter((one) => one.groups.includes(group) && people.has(one.person)).length;
    if (members < approve) return `${String(members)} of ${String(approve)} of ${group} have agreed`;
  }
  return null;
}
