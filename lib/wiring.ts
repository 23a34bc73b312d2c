import "server-only";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { scriptToEndorse } from "#lib/ceremony/endorsement";
import type {
  CeremonyLine,
  EndorsementLine,
  Health,
  Me,
  PersonLine,
  RosterLine,
  ScriptLine,
  ScriptText,
  Standing,
} from "#lib/conduct/desk";
import { ceremonyLine, healthOf, personLine, rosterLine, scriptLine, scriptText } from "#lib/conduct/desk-view";
import { endorsementLine, rosterLines, type EndorsementSources } from "#lib/conduct/endorsement-view";
import { mayLook, type RoomSight } from "#lib/conduct/room-sight";
import { sharedReader } from "#lib/conduct/shared-reader";
import type { RoomView } from "#lib/conduct/room-view";
import { book } from "#lib/operations/book";
import { pageCookies } from "#lib/session/page-request";
import { writeAudit } from "#lib/store/audit-events";
import { listCeremonies } from "#lib/store/ceremonies";
import { findDestruction } from "#lib/store/destructions";
import { listLinks } from "#lib/store/enrolment-links";
import { anyPasskey, findPerson, listPeople } from "#lib/store/people";
import { findRecord, sealedAmong, type StoredRecord } from "#lib/store/records";
import { findScript, listScripts } from "#lib/store/scripts";
import { listSessions } from "#lib/store/sessions";
import { isUnreachable } from "#lib/store/store-fault";
import { readHealth } from "#lib/store/worker-health";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import type { Language } from "./words/language";
import { wordsIn } from "./words/words";
import { now } from "./clock";
import { env } from "./env";
import { database } from "./wiring/database";
import { evidenceBytes, roomPorts } from "./wiring/parts";
import { afterwardsOfAll } from "./wiring/plans";
import { roomSights } from "./wiring/room-feed";
import { endorsementsOf, inForce, rostersOf, trustedByWorkers } from "./wiring/rosters";
import { actorOf, sharedBrowserOf } from "./wiring/signed-in";
import { noteLook, noteOnlookerClock, type DeviceClock } from "./wiring/visits";

/** Who looks at the page that is being rendered; null when nobody is signed in. */
export async function signedIn(): Promise<Me | null> {
  const actor = await actorOf(await pageCookies());
  const person = actor && (await findPerson(database(), actor.person));
  return person && { person: person.person, name: person.name, title: person.title, roles: person.roles };
}

/** The ceremony in whose room this browser is passed from hand to hand; null on everybody's own browser. */
export const sharedHere = async (): Promise<string | null> => (await sharedBrowserOf(await pageCookies()))?.ceremony ?? null;

/** What this installation is, for every page: signed in or not. */
export async function standing(): Promise<Standing> {
  await pageCookies();
  const { CLAVIGER_MODE: mode, OIDC_ISSUER } = env();
  // A rehearsal is framed as one even on the page that says that the database is away.
  const [row, enrolled] = await Promise.all([inForce(mode), anyPasskey(database())]).catch((fault: unknown) => {
    if (!isUnreachable(fault)) throw fault;
    return [null, true] as const;
  });
  const roster = row && rosterLine(row.row);
  return {
    mode,
    organisation: roster?.organisation ?? null,
    roster: roster && { version: roster.version, hash: roster.hash },
    oidc: OIDC_ISSUER === undefined ? null : { name: new URL(OIDC_ISSUER).host },
    firstStart: !enrolled,
  };
}

/** The database and the workers; answers even when the database does not. */
export async function health(language: Language = "en"): Promise<Health> {
  try {
    return healthOf(await readHealth(database()), wordsIn(language));
  } catch (fault) {
    if (!isUnreachable(fault)) throw fault;
    return { database: { ok: false, sentence: "The database does not answer. Nothing that was recorded is lost." }, workers: [] };
  }
}

/** Whether a person may look into what those people take part in. */
async function mayEnter(person: string, participants: readonly string[]): Promise<boolean> {
  if (participants.includes(person)) return true;
  return mayLook({ person, roles: (await findPerson(database(), person))?.roles ?? [] }, participants);
}

/** Whether there is such a ceremony and this person may look into it: for everybody else it is not there. */
export async function looksInto(id: string, person: string): Promise<boolean> {
  const transcript = await roomPorts().transcripts.read(id);
  if (transcript === null) return false;
  return person === sharedReader(id) || mayEnter(person, transcript.ceremony.participants.map((participant) => participant.person));
}

/** The room as it is now, for this person; null when there is no such ceremony or they may not look. */
async function sightFor(id: string, person: string): Promise<RoomSight | null> {
  const sight = await roomSights().look(id);
  const people = sight?.source.ceremony.participants.map((participant) => participant.person) ?? [];
  if (!sight || !(person === sharedReader(id) || (await mayEnter(person, people)))) return null;
  await noteLook(sight.source.ceremony, person);
  return sight;
}

/** The ceremony, for whoever may look into its room; their visit is noted. */
export async function roomFor(id: string, person: string): Promise<Ceremony | null> {
  return (await sightFor(id, person))?.source.ceremony ?? null;
}

/** Whether this person may follow the room live; their visit is noted. */
export const mayFollow = async (id: string, person: string): Promise<boolean> => (await sightFor(id, person)) !== null;

/** Keeps what an onlooker's device says of its clock; false where they may not look, or take part. */
export async function keepOnlookerClock(id: string, person: string, said: DeviceClock): Promise<boolean> {
  const sight = await sightFor(id, person);
  return sight !== null && noteOnlookerClock(sight.source.ceremony, person, said);
}

/** The room as this person sees it; null when there is no such ceremony or they may not look. */
export const roomView = async (id: string, person: string, language: Language): Promise<RoomView | null> =>
  (await sightFor(id, person))?.viewFor(person, language) ?? null;

/** The same as JSON. */
export const roomText = async (id: string, person: string, language: Language): Promise<string | null> =>
  (await sightFor(id, person))?.whole(person, language) ?? null;

/** A file that is evidence, for those who see it named in the room; null for others, and where its bytes are not kept. */
export async function evidenceFile(id: string, person: string, sha256: string) {
  const view = (await sightFor(id, person))?.viewFor(person, "en");
  const named = view?.acts.some(({ steps }) => steps.some(({ files }) => files.some((file) => file.held && file.sha256 === sha256)));
  return named ? evidenceBytes(id, sha256) : null;
}

/** A ceremony's sealed record, for those who took part and for auditors. */
export async function sealedRecord(id: string, person: string): Promise<StoredRecord | "not-found" | "not-sealed" | "destroyed"> {
  const transcript = await roomPorts().transcripts.read(id);
  if (!transcript) return "not-found";
  const took = transcript.ceremony.participants.some((participant) => participant.person === person);
  const auditor = took || ((await findPerson(database(), person))?.roles.includes("auditor") ?? false);
  if (!auditor) return "not-found";
  await noteLook(transcript.ceremony, person);
  const record = await findRecord(database(), id);
  if (record === null) return (await findDestruction(database(), id)) ? "destroyed" : "not-sealed";
  return record;
}

/** The same for whoever takes it along, which is noted each time. */
export async function takenRecord(id: string, person: string): ReturnType<typeof sealedRecord> {
  const record = await sealedRecord(id, person);
  if (typeof record === "string") return record;
  await writeAudit(database(), { kind: "record-downloaded", by: person, facts: { ceremony: id, sha256: record.sha256 } });
  return record;
}

/** The ceremonies a person may look into, the newest first. */
export async function ceremonies(person: string, language: Language): Promise<CeremonyLine[]> {
  const all = await mayEnter(person, []);
  const summaries = await listCeremonies(database(), all ? undefined : { person });
  const sealed = await sealedAmong(database(), summaries.map(({ id }) => id));
  const left = await afterwardsOfAll();
  const at = now().toISOString();
  return Promise.all(
    summaries.map(async (summary) => {
      const transcript = summary.phase === "closed" ? null : await roomPorts().transcripts.read(summary.id).catch(() => null);
      const line = ceremonyLine(summary, transcript, person, book, sealed.has(summary.id), at, wordsIn(language));
      return summary.phase === "closed" ? { ...line, afterwards: left.get(summary.id) ?? null } : line;
    }),
  );
}

export const scripts = async (): Promise<ScriptLine[]> => (await listScripts(database())).map(scriptLine);

export async function script(hash: string): Promise<ScriptText | null> {
  const row = await findScript(database(), hash);
  return row && scriptText(row);
}

/** Published rosters of this installation's mode, the newest first, as this person sees them. */
export async function rosters(me: string): Promise<RosterLine[]> {
  const mode = env().CLAVIGER_MODE;
  const [known, trusted] = await Promise.all([rostersOf(mode), trustedByWorkers()]);
  return rosterLines(known, await inForce(mode, known), trusted, endorsementSources(me));
}

/** How far the signatures are under a script, asked of the roster in force; null without a roster or such a script. */
export async function scriptEndorsement(hash: string, me: string): Promise<EndorsementLine | null> {
  const [text, roster] = await Promise.all([script(hash), inForce(env().CLAVIGER_MODE)]);
  return text && roster && endorsementLine(scriptToEndorse(text.script), roster, endorsementSources(me));
}

/** The rosters that wait for this person's endorsement, not yet having enough. */
export async function rostersAwaiting(me: string): Promise<RosterLine[]> {
  return (await rosters(me)).filter(
    ({ standing, endorsement }) => standing === "awaited" && endorsement?.mine === true && !endorsement.reached,
  );
}

const endorsementSources = (me: string): EndorsementSources => ({
  verifier: webCryptoVerifier,
  endorsements: endorsementsOf,
  now: now().toISOString(),
  me,
});

export async function people(): Promise<PersonLine[]> {
  const at = now();
  const [known, links, sessions] = await Promise.all([
    listPeople(database()),
    listLinks(database()),
    listSessions(database(), at),
  ]);
  return known.map((one) =>
    personLine(
      one,
      links
        .filter(({ person }) => person === one.person)
        .map(({ createdAt, expiresAt, usedAt }) => ({ createdAt, expiresAt, usedAt })),
      sessions.filter(({ person }) => person === one.person),
    ),
  );
}
