import { ok, type Result } from "../result";
import { newSteps, type Ceremony, type Participant } from "./ceremony";
import { checkScript } from "./check-script";
import { checkEndorsements, reachEndorsed, scriptToEndorse, type VerifiedEndorsement } from "./endorsement";
import type { Body } from "./entry";
import type { CheckedEntry } from "./examine";
import type { OperationBook } from "./operation";
import { checkReadiness } from "./readiness";
import { no, type Refusal } from "./refusal";
import type { Role } from "./roles";
import { personOf, rosterHash, soundRoster, type Roster } from "./roster";
import { quorumRuleOf, scriptHash, stepsOf, type Script } from "./script";
import { sentenceOf } from "./told";

/** A ceremony's first entry: a sound script, a sound roster whose quorum endorsed it, and a cast that can perform the one with the other. */
export function openCeremony({ entry, hash, endorsements, readiness }: CheckedEntry, book: OperationBook): Result<Ceremony, Refusal> {
  if (entry.kind !== "ceremony-opened") return no("OPENED-FIRST", { kind: entry.kind });
  if (entry.seq !== 0) return no("CHAIN-SEQ", { expected: 0, found: entry.seq });
  if (entry.prev !== null) return no("CHAIN-PREV", { expected: null, found: entry.prev });
  const { body } = entry;

  if (scriptHash(body.script) !== body.scriptHash) return no("SCRIPT-HASH", { found: body.scriptHash });
  const findings = checkScript(body.script, book);
  if (findings[0]) return no("SCRIPT-SOUND", { where: findings[0].path.join("/"), problem: sentenceOf(findings[0].said) });

  if (rosterHash(body.roster) !== body.rosterHash) return no("ROSTER-HASH", { found: body.rosterHash });
  const roster = soundRoster(body.roster);
  if (!roster.ok) return roster;
  if (body.roster.mode !== body.mode) return no("ROSTER-MODE", { roster: body.roster.mode, ceremony: body.mode });

  const endorsed = checkEndorsed(body, endorsements, entry.at);
  if (!endorsed.ok) return endorsed;

  const cast = checkCast(body, entry.by);
  if (!cast.ok) return cast;
  const ready = checkReadiness({ ...body, readiness }, body.participants, entry.at);
  if (!ready.ok) return ready;
  return ok({
    id: entry.ceremony,
    title: body.title,
    mode: body.mode,
    script: body.script,
    scriptHash: body.scriptHash,
    endorsements,
    readiness,
    roster: body.roster,
    rosterHash: body.rosterHash,
    participants: body.participants,
    recorder: null,
    away: [],
    unchecked: [],
    replaced: [],
    breaks: [],
    loggedOut: null,
    clocks: [],
    phase: "running",
    stopped: null,
    steps: newSteps(body.script),
    deviations: [],
    openSheet: null,
    owed: null,
    readOut: null,
    notebooks: [],
    nonces: [],
    halves: [],
    files: [],
    marks: [],
    openedAt: entry.at,
    closed: null,
    head: { hash, seq: 0, at: entry.at },
  });
}

/** Production goes by a script that the roster's quorum endorsed; in a rehearsal, whoever endorsed it is kept, and nobody has to. */
function checkEndorsed({ script, roster, mode }: Body<"ceremony-opened">, given: readonly VerifiedEndorsement[], at: string) {
  const document = scriptToEndorse(script);
  return mode === "production" ? reachEndorsed(document, roster, given, at, "SCRIPT-ENDORSED") : checkEndorsements(document, roster, given, at);
}

function checkCast(body: Body<"ceremony-opened">, by: string): Result<null, Refusal> {
  const seen = new Set<string>();
  for (const { person, role } of body.participants) {
    if (seen.has(person)) return no("ROLE-ONE", { person });
    seen.add(person);
    const known = personOf(body.roster, person);
    if (!known?.roles.includes(role)) return no("ROLE-ALLOWED", { person, role });
    if (known.passkeys.length === 0 && role !== "auditor") return no("CAST-COMPLETE", { person, problem: "no passkey" });
  }
  const opener = body.participants.find((participant) => participant.person === by);
  if (opener?.role !== "administrator" && opener?.role !== "operator") return no("ROLE-MAY", { person: by, act: "open the ceremony" });

  return canPerform(body.script, body.roster, body.participants);
}

/** Whether these people can perform that script: enough in every role, and in every group that one of its rules asks for. */
export function canPerform(script: Script, roster: Roster, participants: readonly Participant[]): Result<null, Refusal> {
  const people = (role: Role) => participants.filter((participant) => participant.role === role);
  const short = (role: string, needed: number, found: number) => no("CAST-COMPLETE", { role, needed, found });
  if (people("operator").length < 1) return short("operator", 1, 0);
  if (people("custodian").length !== script.quorum.of) return short("custodian", script.quorum.of, people("custodian").length);
  if (people("witness").length < script.witnesses.least) return short("witness", script.witnesses.least, people("witness").length);
  for (const step of stepsOf(script)) {
    for (const role of "by" in step ? step.by : []) if (people(role).length < 1) return short(role, 1, 0);
    for (const { group, approve } of quorumRuleOf(script, step).and ?? []) {
      const members = people("custodian").filter(({ person }) => personOf(roster, person)?.groups.includes(group));
      if (members.length < approve) return short(group, approve, members.length);
    }
  }
  return ok(null);
}
