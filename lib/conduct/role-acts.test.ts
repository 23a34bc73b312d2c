import { describe, expect, it, test } from "vitest";
import { CAST } from "#lib/ceremony/small-roster.under-test";
import { rosterWithStandIns } from "#lib/ceremony/stand-ins.under-test";
import type { Role } from "#lib/ceremony/roles";
import type { Result } from "#lib/result";
import { abortCeremony } from "./abort-ceremony";
import { acknowledgeStep } from "./acknowledge-step";
import { checkIdentity } from "./check-identity";
import { compareClock } from "./compare-clock";
import { countIn, countOut } from "./count-room";
import { enterValue } from "./enter-value";
import { initialDeviations, initialStep, readOutDeviations, withholdInitials } from "./initial-sheets";
import { MemoryRoom, someone } from "./memory-room.under-test";
import { noteDeviation } from "./note-deviation";
import { noteEvidence } from "./note-evidence";
import { notePresence } from "./note-presence";
import type { Objection } from "./objection";
import { openStep } from "./open-step";
import { replacePerson } from "./replace-person";
import { resumeCeremony } from "./resume-ceremony";
import { stopCeremony } from "./stop-ceremony";
import { SIGNED_ACTS, WHO_MAY, type RoomAct } from "./who-may.under-test";

type Act = (world: MemoryRoom, person: string) => Promise<Result<unknown, Objection>>;
type Case = {
  readonly act: Exclude<RoomAct, (typeof SIGNED_ACTS)[number]>;
  readonly step: string;
  readonly opened: boolean;
  /** Whom this script lets perform the step, where that is fewer than may ever do it. */
  readonly by?: readonly Role[];
  /** In whose roster stand-ins are, so that somebody can be replaced. */
  readonly standIns?: true;
  readonly does: Act;
};

const deviation = { class: "A", expected: "a.", happened: "b.", decided: "c." } as const;
const ID = "c-1";
const EVERYBODY = CAST.map(([person]) => person);

/** Unsigned acts, the step each belongs to, and who may do it. Signed ones are bound to the passkey: see room-verbs.test.ts. */
const CASES: readonly Case[] = [
  {
    act: "open-step",
    step: "hear",
    opened: false,
    does: ({ room }, who) => openStep(room, someone(who), ID, { step: "hear" }),
  },
  {
    act: "acknowledge",
    step: "hear",
    opened: true,
    by: ["operator"],
    does: ({ room }, who) => acknowledgeStep(room, someone(who), ID, { step: "hear" }),
  },
  {
    act: "check-identity",
    step: "come",
    opened: true,
    does: ({ room }, who) => checkIdentity(room, someone(who), ID, { step: "come", person: "carl", document: "Passport" }),
  },
  {
    act: "note-evidence",
    step: "film",
    opened: true,
    does: ({ room }, who) => noteEvidence(room, someone(who), ID, { step: "film", name: "a", kept: "b" }),
  },
  {
    act: "enter-value",
    step: "serial",
    opened: true,
    does: ({ room }, who) => enterValue(room, someone(who), ID, { step: "serial", value: "1" }),
  },
  {
    act: "note-deviation",
    step: "hear",
    opened: false,
    does: ({ room }, who) => noteDeviation(room, someone(who), ID, deviation),
  },
  {
    act: "stop",
    step: "hear",
    opened: false,
    does: ({ room }, who) => stopCeremony(room, someone(who), ID, { reason: "Stop." }),
  },
  {
    act: "abort",
    step: "hear",
    opened: false,
    does: ({ room }, who) => abortCeremony(room, someone(who), ID, { reason: "End." }),
  },
  {
    act: "initial-deviations",
    step: "hear",
    opened: false,
    does: async ({ room }, who) => {
      const noted = await noteDeviation(room, someone("cora"), ID, deviation);
      return initialDeviations(room, someone(who), ID, { deviations: [noted.ok ? noted.value.seq : -1] });
    },
  },
  {
    act: "withhold-initials",
    step: "hear",
    opened: false,
    does: async ({ room }, who) => {
      const noted = await noteDeviation(room, someone("cora"), ID, deviation);
      const withheld = { deviations: [noted.ok ? noted.value.seq : -1], person: who, reason: "I was outside." };
      return withholdInitials(room, someone(who), ID, withheld);
    },
  },
  {
    act: "initial-step",
    step: "come",
    opened: false,
    does: ({ room }, who) => initialStep(room, someone(who), ID, { step: "hear" }),
  },
  {
    act: "read-out",
    step: "sign",
    opened: false,
    does: ({ room }, who) => readOutDeviations(room, someone(who), ID, { deviations: [], unused: [] }),
  },
  {
    act: "note-presence",
    step: "hear",
    opened: false,
    does: ({ room }, who) => notePresence(room, someone(who), ID, { person: "cora", present: false }),
  },
  {
    act: "replace-person",
    step: "hear",
    opened: false,
    standIns: true,
    does: async ({ room }, who) => {
      const noted = await noteDeviation(room, someone("olga"), ID, deviation);
      const place = { leaves: "cora", arrives: "cass", role: "custodian" } as const;
      return replacePerson(room, someone(who), ID, { ...place, deviation: noted.ok ? noted.value.seq : -1 });
    },
  },
  {
    act: "begin-break",
    step: "hear",
    opened: false,
    does: ({ room }, who) => countOut(room, someone(who), ID, { present: [who], seals: [], unsealed: "nothing stays behind" }),
  },
  {
    act: "end-break",
    step: "hear",
    opened: false,
    does: async ({ room }, who) => {
      // Somebody in the other role counts in.
      await countOut(room, someone(who === "olga" ? "will" : "olga"), ID, { present: EVERYBODY, seals: [], unsealed: "nothing stays behind" });
      return countIn(room, someone(who), ID, { present: EVERYBODY, seals: [] });
    },
  },
  {
    act: "compare-clock",
    step: "hear",
    opened: false,
    does: ({ room }, who) => compareClock(room, someone(who), ID, { device: "device-1", name: "A", milliseconds: 5 }),
  },
  {
    act: "resume",
    step: "hear",
    opened: false,
    does: async (world, who) => {
      await stopCeremony(world.room, someone("olga"), ID, { reason: "Stop." });
      const noted = await noteDeviation(world.room, someone("olga"), ID, deviation);
      const seq = noted.ok ? noted.value.seq : -1;
      for (const custodian of ["carl", "cleo"]) await world.asWorld((small) => small.agreeToGoOn(custodian, seq));
      return resumeCeremony(world.room, someone(who), ID, { deviation: seq });
    },
  },
];

const people: readonly (readonly [string, Role | null])[] = [
  ...CAST.filter(([person]) => ["olga", "carl", "will", "axel"].includes(person)),
  ["nobody", null],
];

test("every act that is not signed is tried", () => {
  const unsigned = (Object.keys(WHO_MAY) as RoomAct[]).filter((act) => !SIGNED_ACTS.some((signed) => signed === act));
  expect(CASES.map(({ act }) => act).sort()).toEqual(unsigned.sort());
});

describe.each(CASES)("to $act", ({ act, step, opened, by, standIns, does }) => {
  it.each(people)("as %s (%s)", async (person, role) => {
    const world = await MemoryRoom.begun(standIns && rosterWithStandIns);
    await world.asWorld((small) => small.playTo(step));
    if (opened) await openStep(world.room, someone("olga"), ID, { step });
    const result = await does(world, person);
    const may: readonly Role[] = by ?? WHO_MAY[act];
    expect(result.ok ? "done" : result.refusal.code).toBe(role !== null && may.includes(role) ? "done" : "ROLE-MAY");
  });
});
