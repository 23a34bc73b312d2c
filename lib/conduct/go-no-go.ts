import { canPerform } from "#lib/ceremony/admit-opened";
import type { Participant } from "#lib/ceremony/ceremony";
import { DAY_MS, isWithinDays } from "#lib/ceremony/days";
import type { GoLine, Readiness } from "#lib/ceremony/stated-readiness";
import { whyNotReady } from "#lib/ceremony/readiness";
import { personOf, type Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import { outlasts, sealCertificateIn } from "#lib/record/seal-certificate";
import type { AreaWords } from "#lib/words/words";
import type { KnownDuty, KnownInvitation } from "./plan";
import { planNeeds } from "./plan-needs";
import type { RehearsalLine } from "./rehearsal-line";

/** What a person says of the room, which nobody else can know. */
export type Looked = {
  readonly present: boolean;
  readonly room: boolean;
  readonly recording: boolean;
  /** Day of the newest backup. */
  readonly backupOn: string | null;
  /** The device that is expected, as read off it or off the last record. */
  readonly hsm: { readonly serial: string; readonly firmware: string } | null;
};
export const NOBODY_LOOKED: Looked = { present: false, room: false, recording: false, backupOn: null, hsm: null };

/** What a worker last said of itself. */
export type WorkerSaid = {
  readonly worker: string;
  readonly tokenSerial: string | null;
  readonly state: string;
  readonly seenAt: string;
  readonly facts: { readonly [fact: string]: unknown };
};

/** What earlier production ceremonies say, as the app finds it in its database: the last device, and the last backup made in one. */
export type EarlierCeremonies = {
  readonly device: { readonly serial: string; readonly firmware: string; readonly ceremony: string } | null;
  readonly backup: { readonly on: string; readonly ceremony: string } | null;
};

/** Of the plan it is opened from: who answered what, and what was to be done before. */
export type PlanSaid = { readonly invitations: readonly KnownInvitation[]; readonly duties: readonly KnownDuty[] };

/** Everything the lines are found from. */
export type GoSources = {
  readonly script: Script;
  readonly roster: Roster;
  readonly participants: readonly Participant[];
  readonly readiness: Pick<Readiness, "duties" | "passkeys">;
  readonly endorsed: number;
  /** The newest rehearsal of this very text that was played to its end. */
  readonly rehearsal: Pick<RehearsalLine, "id" | "closedAt"> | null;
  /** Null without a plan. */
  readonly plan: PlanSaid | null;
  readonly earlier: EarlierCeremonies;
  readonly workers: readonly WorkerSaid[];
  readonly looked: Looked;
  readonly nameOf: (person: string) => string;
  /** The app's clock. */
  readonly now: string;
};

/** One line of the go / no-go: green or red, what was found, whose word that is, and what to do when it is red. */
export type GoCheck = {
  readonly line: GoLine;
  readonly go: boolean;
  readonly found: string;
  readonly remedy: string;
  /** rules: worker and verifier decide it again; app: the app's word; person: that of whoever opens. */
  readonly whose: "rules" | "app" | "person";
  /** Production cannot be opened while it is red; every other red line needs a deviation. */
  readonly stops: boolean;
};

type Found = Pick<GoCheck, "go" | "found" | "whose"> & { readonly stops?: boolean };
type Texts = AreaWords<"readiness">;

const SILENT_AFTER_MS = 20_000;
/** A worker speaks every few seconds, so that much two clocks that agree seem to differ. */
const CLOCKS_AGREE_MS = 10_000;

/** How things stand before a ceremony is opened, line by line, in the order in which they are read out. */
export function goNoGo(sources: GoSources, words: Texts): GoCheck[] {
  const found: { readonly [line in GoLine]: Found } = {
    quorum: quorumLine(sources, words),
    roles: rolesLine(sources, words),
    rehearsal: rehearsalLine(sources, words),
    script: scriptLine(sources, words),
    hsm: hsmLine(sources, words),
    clocks: clocksLine(sources, words),
    backups: backupsLine(sources, words),
    duties: dutiesLine(sources, words),
    passkeys: passkeysLine(sources, words),
    room: roomLine(sources, words),
    recording: tickLine(sources.looked.recording, words),
  };
  const production = sources.roster.mode === "production";
  return (Object.keys(found) as GoLine[]).map((line) => {
    const { stops = false, ...rest } = found[line];
    return { line, ...rest, remedy: words(`remedy.${line}`), stops: production && stops };
  });
}

function quorumLine({ script, roster, plan, looked }: GoSources, words: Texts): Found {
  if (looked.present) return { go: true, found: words("found.presentTicked"), whose: "person" };
  if (!plan) return { go: false, found: words("found.presentUnknown"), whose: "person" };
  const lacking = planNeeds(script, plan.invitations, (person) => personOf(roster, person)?.groups ?? []).find(
    ({ accepted, needed }) => accepted < needed,
  );
  if (!lacking) return { go: true, found: words("found.presentAnswers"), whose: "app" };
  const { role, group, accepted, needed } = lacking;
  return { go: false, found: words("found.presentLacking", { role: group ?? role, accepted, needed }), whose: "app" };
}

function rolesLine({ script, roster, participants }: GoSources, words: Texts): Found {
  const people = participants.map(({ person }) => person);
  const twice = people.find((person, i) => people.indexOf(person) !== i);
  const able = canPerform(script, roster, participants);
  if (twice === undefined && able.ok) return { go: true, found: words("found.rolesFree"), whose: "rules", stops: true };
  const problem = able.ok ? "ROLE-ONE" : able.refusal.invariant;
  return { go: false, found: words("found.rolesWrong", { problem }), whose: "rules", stops: true };
}

/** Where the script does not ask for one, going without is answered by a deviation; a rehearsal itself needs none. */
function rehearsalLine({ script, roster, rehearsal, now }: GoSources, words: Texts): Found {
  const days = script.rehearsed?.days;
  const lately = rehearsal && (days === undefined || isWithinDays(rehearsal.closedAt, days, now));
  if (rehearsal && lately) {
    const { id, closedAt } = rehearsal;
    return { go: true, found: words("found.rehearsalFound", { id, on: closedAt.slice(0, 10) }), whose: "app", stops: true };
  }
  if (days === undefined) return { go: roster.mode === "rehearsal", found: words("found.rehearsalNone"), whose: "app" };
  return { go: false, found: words("found.rehearsalMissing", { days }), whose: "app", stops: true };
}

function scriptLine({ roster, endorsed }: GoSources, words: Texts): Found {
  const needed = roster.quorum.approve;
  const go = endorsed >= needed || roster.mode === "rehearsal";
  return { go, found: words("found.scriptEndorsed", { signed: endorsed, needed }), whose: "rules", stops: true };
}

/** Workers that have spoken within the last seconds, by the app's clock. */
const answering = ({ workers, now }: GoSources): readonly WorkerSaid[] =>
  workers.filter(({ seenAt, state }) => state !== "stopped" && Date.parse(now) - Date.parse(seenAt) <= SILENT_AFTER_MS);

/** The device that is expected: as somebody read it off, else that of the last production ceremony. */
export function expectedDevice({ looked, earlier }: Pick<GoSources, "looked" | "earlier">): Looked["hsm"] {
  if (looked.hsm) return looked.hsm;
  return earlier.device && { serial: earlier.device.serial, firmware: earlier.device.firmware };
}

function hsmLine(sources: GoSources, words: Texts): Found {
  const expected = expectedDevice(sources);
  if (!expected) return { go: false, found: words("found.hsmUnnamed"), whose: "person" };
  const { serial } = expected;
  const said = answering(sources).filter(({ tokenSerial, state }) => tokenSerial === serial && state !== "standing-by");
  const worker = said.find(({ state }) => state === "ready" || state === "busy") ?? said[0];
  if (!worker) return { go: false, found: words("found.hsmSilent", { serial }), whose: "rules" };
  const firmware = typeof worker.facts["firmware"] === "string" ? worker.facts["firmware"] : "";
  if (worker.state !== "ready" && worker.state !== "busy")
    return { go: false, found: words("found.hsmState", { serial, state: worker.state }), whose: "app" };
  if (firmware !== expected.firmware)
    return { go: false, found: words("found.hsmOther", { serial, firmware, expected: expected.firmware }), whose: "rules" };
  const seal = sealCertificateIn(worker.facts);
  if (seal && !outlasts(seal, sources.script.minutes, sources.now))
    return { go: false, found: seal.until === null ? words("found.sealGone") : words("found.sealEnds", { on: seal.until.slice(0, 10) }), whose: "app" };
  return { go: true, found: words("found.hsmGood", { worker: worker.worker, serial, firmware }), whose: "rules" };
}

function clocksLine(sources: GoSources, words: Texts): Found {
  const [worker] = [...sources.workers].filter(({ state }) => state !== "stopped").sort((a, b) => (a.seenAt < b.seenAt ? 1 : -1));
  const apart = worker ? Math.abs(Date.parse(sources.now) - Date.parse(worker.seenAt)) : null;
  if (apart === null) return { go: false, found: words("found.clocksUnknown"), whose: "app" };
  const go = apart <= CLOCKS_AGREE_MS;
  const seconds = Math.ceil((go ? CLOCKS_AGREE_MS : apart) / 1000);
  return { go, found: words(go ? "found.clocksAgree" : "found.clocksDiffer", { seconds }), whose: "app" };
}

/** The newest backup of which a person or an earlier ceremony says; the script says how old it may be. */
function backupsLine({ script, looked, earlier, now }: GoSources, words: Texts): Found {
  const days = script.goNoGo?.backups?.days;
  const made = earlier.backup && earlier.backup.on > (looked.backupOn ?? "") ? earlier.backup : null;
  const on = made?.on ?? looked.backupOn;
  if (on === null) return { go: days === undefined, found: words(days === undefined ? "found.notAsked" : "found.backupsUnknown"), whose: "person" };
  const whose = made ? "app" : "person";
  const age = Date.parse(now) - Date.parse(on);
  if (days !== undefined && !(age >= 0 && age <= (days + 1) * DAY_MS)) return { go: false, found: words("found.backupsOld", { on, days }), whose };
  return { go: true, found: made ? words("found.backupsMade", { on, id: made.ceremony }) : words("found.backupsOn", { on }), whose };
}

/** The custodians of the cast whom the rule of that name keeps from being ready. */
function lacking({ script, roster, participants, readiness, nameOf, now }: GoSources, invariants: readonly string[]): string {
  const asking = { script, roster, mode: "production" as const, readiness: { ...readiness, lines: [], rehearsal: null, hsm: null } };
  return participants
    .filter(({ role, person }) => role === "custodian" && invariants.includes(whyNotReady(asking, person, now)?.invariant ?? ""))
    .map(({ person }) => nameOf(person))
    .join(", ");
}

function dutiesLine(sources: GoSources, words: Texts): Found {
  const { duties } = sources.script;
  if (!duties) return { go: true, found: words("found.notAsked"), whose: "rules" };
  const names = lacking({ ...sources, script: { ...sources.script, passkeys: undefined } }, ["DUTIES-ACCEPTED"]);
  const { days } = duties;
  const said = names === "" ? words("found.dutiesAll", { days }) : words("found.dutiesLacking", { days, names });
  return { go: names === "", found: said, whose: "rules", stops: true };
}

function passkeysLine(sources: GoSources, words: Texts): Found {
  const { passkeys } = sources.script;
  if (!passkeys) return { go: true, found: words("found.notAsked"), whose: "rules" };
  const asking = { ...sources, script: { ...sources.script, duties: undefined } };
  const unfit = lacking(asking, ["PASSKEY-POLICY"]);
  if (unfit !== "") return { go: false, found: words("found.passkeysKind", { names: unfit }), whose: "rules", stops: true };
  if (!passkeys.tested) return { go: true, found: words("found.notAsked"), whose: "rules" };
  const { days } = passkeys.tested;
  const names = lacking(asking, ["PASSKEYS-TESTED"]);
  const said = names === "" ? words("found.passkeysAll", { days }) : words("found.passkeysLacking", { days, names });
  return { go: names === "", found: said, whose: "rules", stops: true };
}

/** Ready is a room by a person's word, and where there is a plan, once everything that was to be done before is settled. */
function roomLine({ looked, plan }: GoSources, words: Texts): Found {
  const left = (plan?.duties ?? []).filter(({ list, settled }) => list === "before" && settled === null).length;
  return left > 0 ? { go: false, found: words("found.roomDuties", { left }), whose: "app" } : tickLine(looked.room, words);
}

const tickLine = (ready: boolean, words: Texts): Found => ({
  go: ready,
  found: words(ready ? "found.roomReady" : "found.roomUnsaid"),
  whose: "person",
});
