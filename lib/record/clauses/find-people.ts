import { RECORDER, type EntryOf } from "../../ceremony/entry";
import type { Role } from "../../ceremony/roles";
import type { Finder, Told } from "./clause";
import { newestOpening, ordered, those } from "./find-evidence";
import { makings } from "./find-key-evidence";

/** Who signed off at the newest opening of the step: what was signed before is asked for anew. */
const signatures = (told: Told): EntryOf<"signed-off">[] =>
  those(told, "signed-off").filter(({ seq, body }) => seq > newestOpening(body.statement.step, told));

/** Everybody's signature under the ceremony, where nobody said that they do not agree. */
export const agreedOff: Finder = (told) => {
  const signed = signatures(told);
  return signed.every(({ body }) => body.statement.verdict !== "do-not-agree") ? signed.map(({ seq }) => seq) : [];
};

/** The signatures of those of whom that holds, and who agree. */
export const signedBy = (holds: (person: string, role: Role, told: Told) => boolean): Finder => (told) =>
  signatures(told).flatMap(({ seq, by, body: { statement } }) =>
    (statement.verdict !== "do-not-agree" && holds(by, statement.role, told) ? [seq] : []));

/** Who has a role in the end: whoever was replaced has none, their stand-in theirs. */
function cast(told: Told): { readonly person: string; readonly role: Role }[] {
  const replaced = those(told, "person-replaced").map(({ body }) => body);
  return replaced.reduce(
    (people, { leaves, arrives, role }) => people.map((one) => (one.person === leaves ? { person: arrives, role } : one)),
    [...(told.opened?.body.participants ?? [])],
  );
}

/** That a document was compared for everybody who has a role and for everybody who did anything. */
export const everybodyIdentified: Finder = (told) => {
  const people = new Set([...cast(told).map(({ person }) => person), ...told.entries.map(({ by }) => by).filter((by) => by !== RECORDER)]);
  const checks = those(told, "identity-checked");
  const isChecked = (person: string) => checks.some(({ body }) => body.person === person);
  return [...people].every(isChecked) ? checks.map(({ seq }) => seq) : [];
};

/** An auditor whose document had been compared was in the room at the making of every key. */
export const auditorThere: Finder = (told) => {
  const found = makings(told).map(({ seq, began }) => {
    const until = told.entries.filter((entry) => entry.seq < began.seq);
    const auditors = cast({ ...told, entries: until }).flatMap(({ person, role }) => (role === "auditor" ? [person] : []));
    const isAway = (person: string) => those({ entries: until }, "presence-noted").findLast(({ body }) => body.person === person)?.body.present === false;
    const checks = those({ entries: until }, "identity-checked").filter(({ body }) => auditors.includes(body.person) && !isAway(body.person));
    return checks.length > 0 ? [...checks.map((check) => check.seq), seq] : [];
  });
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};

/** The opening, where every custodian, and whoever stood in for one, had accepted their duties with a passkey. */
export const dutiesAccepted: Finder = (told) => {
  const { duties } = told.opened?.body.script ?? {};
  const accepted = new Set((told.opened?.body.readiness?.duties ?? []).flatMap(({ statement }) =>
    (statement.what === "duties" && statement.says === duties?.says ? [statement.person] : [])));
  const custodians = [...(told.opened?.body.participants ?? []), ...cast(told)].filter(({ role }) => role === "custodian");
  return told.opened && custodians.length > 0 && custodians.every(({ person }) => accepted.has(person)) ? [told.opened.seq] : [];
};

/** Departures from the script that were noted, where there were any and all of them were read out to the room before it signed. */
export const departuresReadOut: Finder = (told) => {
  const noted = those(told, "deviation-noted").map(({ seq }) => seq);
  const read = those(told, "deviations-read").at(-1);
  return read && noted.length > 0 && noted.every((seq) => read.body.deviations.includes(seq)) ? [...noted, read.seq] : [];
};
