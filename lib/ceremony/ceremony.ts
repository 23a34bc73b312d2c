import type { VerifiedEndorsement } from "./endorsement";
import type { Body } from "./entry";
import type { Outcome, TokenSerials } from "./operation";
import { reachQuorum, type Approval, type Quorum } from "./quorum";
import type { Refusal } from "./refusal";
import type { Mode, Role } from "./roles";
import type { Roster } from "./roster";
import { operationsOf, quorumRuleOf, stepsOf, type OperationRequest, type Script, type Step } from "./script";
import type { Readiness } from "./stated-readiness";
import type { SecretPart } from "./statement";
import type { Result } from "../result";

/** One performance of one script, as its entries made it. Only `admit` makes the next one. */
export type Ceremony = {
  readonly id: string;
  readonly title: string;
  readonly mode: Mode;
  readonly script: Script;
  readonly scriptHash: string;
  /** Who of the roster endorsed the script before it was opened. */
  readonly endorsements: readonly VerifiedEndorsement[];
  /** Who was ready and what was found when go was said; null where the opening does not say. */
  readonly readiness: Readiness | null;
  readonly roster: Roster;
  readonly rosterHash: string;
  readonly participants: readonly Participant[];
  /** Null until the worker has checked roster, script and token for itself and said so. */
  readonly recorder: Recorder | null;
  /** Participants who are not in the room: they do nothing until they are noted as back. */
  readonly away: readonly string[];
  /** They came after the others had been checked, and do nothing before a witness has checked them. */
  readonly unchecked: readonly string[];
  /** Who took part until a stand-in took their place; they never come back in any role. */
  readonly replaced: readonly Replaced[];
  /** Every break so far; the last one is on while it has not ended. */
  readonly breaks: readonly Break[];
  /** The entry by which the worker said that it logs out of the token; null while it is logged in. */
  readonly loggedOut: { readonly seq: number; readonly at: string } | null;
  /** The newest comparison of each device's clock. */
  readonly clocks: readonly ComparedClock[];
  readonly phase: "running" | "break" | "stopped" | "aborted" | "closed";
  /** What stopped it, and who agrees to going on since; null while it is not stopped. */
  readonly stopped: Stopped | null;
  readonly steps: readonly StepState[];
  readonly deviations: readonly Deviation[];
  /** The exception sheet that a difference between two readings opened and that nobody has completed; at most one. */
  readonly openSheet: OpenSheet | null;
  /** The deviation that the recorder has to note before anything is begun: the last listing found what nobody accounts for. */
  readonly owed: Body<"worker-noted"> | null;
  /** When the deviations noted so far were read aloud, and which printed sheets were closed unused; null before. */
  readonly readOut: { readonly seq: number; readonly at: string; readonly by: string; readonly unused: readonly number[] } | null;
  /** What witnesses have released of their notebooks. */
  readonly notebooks: readonly ReleasedNotebook[];
  readonly nonces: readonly string[];
  /** Who has entered which part of what, for whatever call and operation: each keeps to that part, and to that PIN of a token. */
  readonly halves: readonly EnteredHalf[];
  /** Every file that is evidence, at whichever step and opening it was named. */
  readonly files: readonly NamedFile[];
  /** What time-stamp authorities are asked to stamp: the recorder's attachment, then each key, in order. */
  readonly marks: readonly Mark[];
  readonly openedAt: string;
  readonly closed: { readonly at: string; readonly result: "completed" | "aborted" } | null;
  /** Hash, number and time of the last entry. */
  readonly head: { readonly hash: string; readonly seq: number; readonly at: string };
};

export type Replaced = Body<"person-replaced"> & { readonly seq: number; readonly at: string; readonly by: string };
export type ComparedClock = Body<"clock-compared"> & { readonly seq: number; readonly at: string; readonly by: string };
/** A head-count and the seals, as one person found them. */
export type Counted = Body<"break-ended"> & { readonly seq: number; readonly at: string; readonly by: string; readonly role: Role };
export type Break = {
  readonly begun: Counted;
  readonly ended: Counted | null;
  /** What was otherwise when it ended: people missing or too many, seals by id, and whether the worker had not logged out. */
  readonly differs: { readonly people: readonly string[]; readonly seals: readonly string[]; readonly token: boolean };
};
/** A stop: somebody's, or a break that ended otherwise than it began. */
export type Stopped = {
  /** The entry that stopped the room. */
  readonly seq: number;
  readonly hash: string;
  /** The step it was at; the last one of a script that was done. */
  readonly step: string;
  /** Each to going on as one deviation says, which stands in what was signed. */
  readonly approvals: readonly Approval[];
};
/** A part that somebody knows: of the whole that goes by this name throughout the ceremony. */
export type EnteredHalf = { readonly whole: string; readonly part: 1 | 2; readonly person: string };
/** An entry whose time is of weight, and what authorities said of it. */
export type Mark = {
  readonly of: "opening" | "key";
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  /** `at`: the time that the authority says. */
  readonly stamps: readonly { readonly authority: StampAuthority; readonly seq: number; readonly at: string }[];
  readonly missed: readonly { readonly authority: StampAuthority; readonly seq: number; readonly why: Body<"time-stamp-missed">["why"] }[];
};
export type StampAuthority = Body<"time-stamped">["authority"];
export type Participant = { readonly person: string; readonly role: Role };
export type Recorder = Body<"recorder-attached"> & { readonly at: string; readonly seq: number };
/** A numbered sheet that nobody has written yet: that two people read different values opens it. What is noted at its step completes it. */
export type OpenSheet = {
  readonly number: number;
  readonly step: string;
  readonly at: string;
  /** The entries that differ, in order. */
  readonly readings: readonly Reading[];
};
export type Reading = Pick<Body<"value-entered">, "value"> & { readonly seq: number; readonly by: string };
export type Deviation = {
  /** Of its sheet, from 1: in the order in which sheets were opened, which is not always that of the entries that completed them. */
  readonly number: number;
  /** The difference that opened its sheet; null where whoever noted it did. */
  readonly opened: OpenSheet | null;
  readonly seq: number;
  /** Of its entry. */
  readonly hash: string;
  readonly at: string;
  readonly by: string;
  readonly body: Deviated;
  readonly initials: readonly Initials[];
  /** Of people who were there and did not initial it: that they did not, and why. */
  readonly withheld: readonly Withheld[];
};
export type Deviated = Body<"deviation-noted"> | Body<"worker-noted">;

/** A person's initials, under a sheet or in the column of the script. */
export type Initials = { readonly person: string; readonly seq: number; readonly at: string };
export type Withheld = Omit<Body<"initials-withheld">, "deviations"> & { readonly seq: number; readonly at: string; readonly by: string };
export type ReleasedNotebook = { readonly pages: Body<"notebook-released">["pages"]; readonly signed: Approval };

export type StepState = {
  readonly step: Step;
  /** From 1, as people call it. */
  readonly number: number;
  /**
   * refused: a custodian said no, two people read different values, an operation was open when the room was stopped or went for
   * a break, somebody was replaced while people agreed or read, or a sheet was noted or the room stopped while people signed.
   * failed: the token said no. Both wait for a re-opening.
   */
  readonly status: "waiting" | "open" | "refused" | "failed" | "done";
  readonly opening: StepOpening | null;
  readonly doneAt: string | null;
  /** Hash of the entry by which it was done: what a witness attests. */
  readonly doneHash: string | null;
  /** Acknowledged, checked, read, noted: what people did in the current opening. */
  readonly deeds: readonly Deed[];
  readonly approvals: readonly Approval[];
  readonly refusals: readonly Approval[];
  readonly signatures: readonly Approval[];
  /** Those who say, in the current opening, that it was done on paper: two make it done. */
  readonly papers: readonly Approval[];
  /** Of witnesses, once it is done. */
  readonly initials: readonly Initials[];
  readonly attestations: readonly Approval[];
  /** The newest call for the secrets of the next operation under this opening; null where none is awaited. */
  readonly invitation: Invitation | null;
  /** The parts entered for that invitation; a new one begins with none. */
  readonly parts: readonly EnteredPart[];
  /** The operation whose intent is written and whose outcome is not. */
  readonly started: Started | null;
  readonly outcomes: readonly Performed[];
  readonly failure: (Body<"operation-failed"> & { readonly seq: number }) | null;
};

export type StepOpening = {
  readonly seq: number;
  readonly hash: string;
  readonly by: string;
  readonly at: string;
  readonly nonce: string;
  readonly expires: string;
};

type DeedKind = "step-acknowledged" | "identity-checked" | "value-entered" | "evidence-noted" | "break-begun" | "break-ended";
export type Deed = {
  readonly [K in DeedKind]: { readonly kind: K; readonly seq: number; readonly at: string; readonly by: string; readonly body: Body<K> };
}[DeedKind];

export type EvidenceFile = NonNullable<Body<"evidence-noted">["files"]>[number];
export type NamedFile = EvidenceFile & { readonly step: string; readonly seq: number; readonly by: string };

export type Invitation = Body<"secrets-invited"> & { readonly hash: string; readonly seq: number; readonly at: string };
export type EnteredPart = SecretPart & { readonly person: string; readonly seq: number; readonly at: string };

export type Started = Body<"operation-started"> & { readonly seq: number; readonly at: string };
export type Performed = {
  readonly index: number;
  readonly request: OperationRequest;
  readonly ckaId: string;
  readonly approvals: readonly number[];
  readonly startedAt: string;
  readonly seq: number;
  readonly at: string;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  readonly recovered: boolean;
};

/** The role a person has in this ceremony, or null when they have none. */
export const roleOf = (ceremony: Ceremony, person: string): Role | null =>
  ceremony.participants.find((participant) => participant.person === person)?.role ?? null;

export const peopleIn = (ceremony: Ceremony, roles: readonly Role[]): readonly string[] =>
  ceremony.participants.filter((participant) => roles.includes(participant.role)).map((participant) => participant.person);

/** The same, without those who are noted as away. */
export const peopleThere = (ceremony: Ceremony, roles: readonly Role[]): readonly string[] =>
  peopleIn(ceremony, roles).filter((person) => !ceremony.away.includes(person));

/** The break that has begun and not ended, or null. */
export const breakOn = ({ breaks }: Ceremony): Break | null => breaks.find(({ ended }) => ended === null) ?? null;

/** Which devices are meant, as people sign it: by serial, the other tokens by name too. Null before the recorder has found them. */
export function tokenSerials({ recorder }: Ceremony): TokenSerials | null {
  if (!recorder) return null;
  const { serial } = recorder.token;
  return recorder.others ? { serial, others: Object.fromEntries(recorder.others.map((other) => [other.name, other.serial])) } : { serial };
}

/** The first step that is not done, or null when all are. Steps are performed in the order of the script. */
export const currentStep = (ceremony: Ceremony): StepState | null =>
  ceremony.steps.find((state) => state.status !== "done") ?? null;

/** The ceremony as the entry of that number and hash stops it. */
export function stoppedBy(ceremony: Ceremony, { seq }: { readonly seq: number }, hash: string): Ceremony {
  const step = (currentStep(ceremony) ?? ceremony.steps.at(-1))?.step.step ?? "";
  return { ...ceremony, phase: "stopped", stopped: { seq, hash, step, approvals: [] } };
}

/** The number that the next exception sheet has. */
export const nextSheet = ({ deviations, openSheet }: Ceremony): number => deviations.length + (openSheet ? 2 : 1);

/** Every sheet that somebody has written, in the order of their numbers. */
export const sheetsInOrder = ({ deviations }: Ceremony): readonly Deviation[] => [...deviations].sort((a, b) => a.number - b.number);

/** The sheet on which what was noted by that entry stands; 0 for an entry that noted nothing. */
export const sheetNumber = ({ deviations }: Pick<Ceremony, "deviations">, noted: number): number =>
  deviations.find(({ seq }) => seq === noted)?.number ?? 0;

/** The state of the step of that id, or null. */
export const stateOf = (ceremony: Ceremony, step: string): StepState | null =>
  ceremony.steps.find((state) => state.step.step === step) ?? null;

/** The moment before which a step cannot be opened, because its script wants time to pass after an earlier one; else null. */
export function coolsUntil(ceremony: Ceremony, { step }: StepState): string | null {
  if (step.kind !== "operation" || !step.cooling) return null;
  const doneAt = stateOf(ceremony, step.cooling.after)?.doneAt;
  return doneAt ? new Date(Date.parse(doneAt) + step.cooling.minutes * 60_000).toISOString() : null;
}

/** The operations of a step still to be done: what its statement asks people to approve. */
export const remainingOperations = (state: StepState): readonly OperationRequest[] =>
  operationsOf(state.step).slice(state.outcomes.length);

/** Every operation done so far, in order. */
export const performed = (ceremony: Ceremony): readonly Performed[] => ceremony.steps.flatMap((state) => state.outcomes);

/** Whether the people a step's rule asks for have approved its current opening. */
export const quorumOf = (ceremony: Ceremony, state: StepState): Result<Quorum, Refusal> =>
  reachQuorum(quorumRuleOf(ceremony.script, state.step), ceremony.roster, state.approvals);

export const newSteps = (script: Script): readonly StepState[] =>
  stepsOf(script).map((step, i) => ({
    step,
    number: i + 1,
    status: "waiting",
    opening: null,
    doneAt: null,
    doneHash: null,
    deeds: [],
    approvals: [],
    refusals: [],
    signatures: [],
    papers: [],
    initials: [],
    attestations: [],
    invitation: null,
    parts: [],
    started: null,
    outcomes: [],
    failure: null,
  }));

