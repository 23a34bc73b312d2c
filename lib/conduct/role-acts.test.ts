import { describe, expect, it } from "vitest";
import { CAST } from "#lib/ceremony/small-world.under-test";
import type { Role } from "#lib/ceremony/roles";
import type { Result } from "#lib/result";
import { abortCeremony } from "./abort-ceremony";
import { acknowledgeStep } from "./acknowledge-step";
import { checkIdentity } from "./check-identity";
import { enterValue } from "./enter-value";
import { MemoryRoom, someone } from "./memory-room.under-test";
import { noteDeviation } from "./note-deviation";
import { noteEvidence } from "./note-evidence";
import type { Objection } from "./objection";
import { openStep } from "./open-step";
import { resumeCeremony } from "./resume-ceremony";
import { stopCeremony } from "./stop-ceremony";

type Act = (world: MemoryRoom, person: string) => Promise<Result<unknown, Objection>>;
type Case = {
  readonly act: string;
  readonly step: string;
  readonly opened: boolean;
  readonly may: readonly Role[];
  readonly does: Act;
};

const deviation = { class: "A", expected: "a.", happened: "b.", decided: "c." } as const;
const ID = "c-1";

/** Unsigned acts, the step each belongs to, and who may do it. Signed ones are bound to the passkey: see room-verbs.test.ts. */
const CASES: readonly Case[] = [
  {
    act: "open a step",
    step: "hear",
    opened: false,
    may: ["operator"],
    does: ({ room }, who) => openStep(room, someone(who), ID, { step: "hear" }),
  },
  {
    act: "acknowledge",
    step: "hear",
    opened: true,
    may: ["operator"],
    does: ({ room }, who) => acknowledgeStep(room, someone(who), ID, { step: "hear" }),
  },
  {
    act: "check an identity",
    step: "come",
    opened: true,
    may: ["witness"],
    does: ({ room }, who) => checkIdentity(room, someone(who), ID, { step: "come", person: "carl", document: "Passport" }),
  },
  {
    act: "note evidence",
    step: "film",
    opened: true,
    may: ["operator"],
    does: ({ room }, who) => noteEvidence(room, someone(who), ID, { step: "film", name: "a", kept: "b" }),
  },
  {
    act: "enter a value",
    step: "serial",
    opened: true,
    may: ["operator", "witness"],
    does: ({ room }, who) => enterValue(room, someone(who), ID, { step: "serial", value: "1" }),
  },
  {
    act: "note a deviation",
    step: "hear",
    opened: false,
    may: ["administrator", "operator", "custodian", "witness"],
    does: ({ room }, who) => noteDeviation(room, someone(who), ID, deviation),
  },
  {
    act: "stop",
    step: "hear",
    opened: false,
    may: ["administrator", "operator", "custodian", "witness", "auditor"],
    does: ({ room }, who) => stopCeremony(room, someone(who), ID, { reason: "Stop." }),
  },
  {
    act: "abort",
    step: "hear",
    opened: false,
    may: ["administrator", "operator"],
    does: ({ room }, who) => abortCeremony(room, someone(who), ID, { reason: "End." }),
  },
  {
    act: "resume",
    step: "hear",
    opened: false,
    may: ["administrator", "operator"],
    does: async (world, who) => {
      await stopCeremony(world.room, someone("olga"), ID, { reason: "Stop." });
      const noted = await noteDeviation(world.room, someone("olga"), ID, deviation);
      return resumeCeremony(world.room, someone(who), ID, { deviation: noted.ok ? noted.value.seq : -1 });
    },
  },
];

const people: readonly (readonly [string, Role | null])[] = [
  ...CAST.filter(([person]) => ["olga", "carl", "will", "axel"].includes(person)),
  ["nobody", null],
];

describe.each(CASES)("to $act", ({ step, opened, may, does }) => {
  it.each(people)("as %s (%s)", async (person, role) => {
    const world = await MemoryRoom.begun();
    await world.asWorld((small) => small.playTo(step));
    if (opened) await openStep(world.room, someone("olga"), ID, { step });
    const result = await does(world, person);
    expect(result.ok ? "done" : result.refusal.code).toBe(role !== null && may.includes(role) ? "done" : "ROLE-MAY");
  });
});
