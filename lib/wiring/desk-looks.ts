import { asAtDesk } from "#lib/conduct/at-desk";
import type { AuditKind } from "#lib/conduct/audit-kind";
import type { Me } from "#lib/conduct/desk";
import { filterQuery, type DeskFilter } from "#lib/conduct/desk-filter";
import type { VerificationPorts } from "#lib/conduct/note-verification";
import { object } from "#lib/conduct/objection";
import type { Actor } from "#lib/conduct/ports";
import { noteAuditorsLook, readEvents } from "#lib/conduct/read-register";
import { Visits } from "#lib/conduct/visits";
import { pageCookies } from "#lib/session/page-request";
import { listAudit, writeAudit } from "#lib/store/audit-events";
import { findDeskFile, keepsDeskFile, matterEvents } from "#lib/store/matters";
import { listPeople } from "#lib/store/people";
import { findSeal } from "#lib/store/records";
import { searchLog, searchRecords, verificationsOf, type FoundLine, type FoundRecord } from "#lib/store/desk-search";
import { now } from "../clock";
import { database } from "./database";
import { bringSearch, deskPorts } from "./desk";
import { actorOf } from "./signed-in";

/** How many lines a page of the desk shows. */
export const PAGE_LINES = 50;

/** On globalThis, one per process: see database.ts. */
const parts = ((globalThis as { clavigerDeskVisits?: { visits?: Visits } }).clavigerDeskVisits ??= {});

/** A look at the desk is noted before anything is shown; the same look again within its visit is the same look. */
async function noteDeskLook(by: string, kind: AuditKind, facts: { readonly [fact: string]: string | number }): Promise<void> {
  const visit = `${by} ${kind} ${JSON.stringify(facts)}`;
  await (parts.visits ??= new Visits()).look(visit, now(), () => writeAudit(database(), { kind, by, facts }));
}

/** Whoever looks at the page that is being rendered, and may see the desk; else why not: another role, or no passkey used. */
export async function atDesk(): Promise<{ readonly by: string; readonly roles: readonly string[] } | "look-only" | null> {
  const actor = await actorOf(await pageCookies());
  if (!actor) return null;
  const person = await deskPorts().people.find(actor.person);
  const sits = await asAtDesk(deskPorts().people, actor, "either");
  if (sits.ok) return { by: sits.value.by, roles: person?.roles ?? [] };
  return sits.refusal.code === "LOOK-ONLY" ? "look-only" : null;
}

/** Notes that somebody looked at a part of the desk that has no search. */
export const noteDeskVisit = (by: string, place: string): Promise<void> => noteDeskLook(by, "desk-looked-at", { place });

/** Notes of which lines somebody was given what stands behind them, with its proof. */
export const noteLookAtProofs = (by: string, lines: readonly string[]): Promise<void> =>
  noteDeskLook(by, "desk-looked-at", { place: "log/proofs", lines: [...lines].sort().join(" ") });

/** Notes an auditor's look at a page, before anything of it is shown; of everybody else it is their daily work. */
export const lookAt = (me: Pick<Me, "person" | "roles">, place: string): Promise<void> => noteAuditorsLook(noteDeskVisit, me, place);

/** The same for the register of keys; answers whether whoever looks may take it along: not without a passkey. */
export async function lookAtRegister(me: Pick<Me, "person" | "roles">, place: string): Promise<boolean> {
  await lookAt(me, place);
  return (await actorOf(await pageCookies()))?.canSign ?? false;
}

/** The newest audit events as the interface tells them; the look is noted. */
export const newestEvents = (actor: Actor, most: number) =>
  readEvents(
    { people: deskPorts().people, events: () => listAudit(database(), most), note: (by) => noteDeskVisit(by, "events") },
    actor,
  );

export type DeskPage<T> = { readonly found: number; readonly page: number; readonly pages: number; readonly shown: readonly T[] };

const pageOf = <T>(found: number, page: number, shown: readonly T[]): DeskPage<T> => ({
  ...{ found, page, shown },
  pages: Math.max(1, Math.ceil(found / PAGE_LINES)),
});
const lines = (page: number) => ({ from: (page - 1) * PAGE_LINES, most: PAGE_LINES });

async function noteSearch(by: string, of: "records" | "log", filter: DeskFilter, page: number, found: number): Promise<void> {
  const query = filterQuery(filter);
  await (query === "" ? noteDeskVisit(by, of) : noteDeskLook(by, "desk-searched", { of, query, page, found }));
}

/** Closed ceremonies and their records, as a filter finds them. What was looked for is noted first. */
export async function deskRecords(by: string, filter: DeskFilter, page: number): Promise<DeskPage<FoundRecord>> {
  await bringSearch();
  const { found, records } = await searchRecords(database(), filter, lines(page));
  await noteSearch(by, "records", filter, page, found);
  return pageOf(found, page, records);
}

/** Entries and audit events, as a filter finds them. */
export async function deskLog(by: string, filter: DeskFilter, page: number): Promise<DeskPage<FoundLine>> {
  await bringSearch();
  const { found, lines: shown } = await searchLog(database(), filter, lines(page));
  await noteSearch(by, "log", filter, page, found);
  return pageOf(found, page, shown);
}

/** The names of people by their ids, as they are now. */
export async function deskNames(): Promise<ReadonlyMap<string, string>> {
  return new Map((await listPeople(database())).map(({ person, name }) => [person, name]));
}

/** What auditors say of their checks of a record, the newest first. */
export const verifications = (ceremony: string) => verificationsOf(database(), ceremony);

/** A file that an event of the matter names, for whoever sits at the desk; each time it is taken is noted. */
export async function deskFileFor(actor: Actor, matter: string, sha256: string) {
  const person = await asAtDesk(deskPorts().people, actor, "either");
  if (!person.ok) return person;
  const events = await matterEvents(database(), { matter });
  const named = events.some(({ facts }) => JSON.stringify(facts).includes(`"${sha256}"`));
  const file = named ? await findDeskFile(database(), sha256) : null;
  if (!file) return named && (await keepsDeskFile(database(), sha256)) ? object("FILE-NOT-AS-NAMED") : null;
  await writeAudit(database(), { kind: "desk-file-downloaded", by: person.value.by, facts: { matter, sha256 } });
  return file;
}

export const verificationPorts = (): VerificationPorts => ({
  people: deskPorts().people,
  sealed: async (ceremony) => (await findSeal(database(), ceremony))?.sha256 ?? null,
  note: async (by, said) => {
    await writeAudit(database(), { kind: "record-verified", by, facts: { ...said, failed: [...said.failed] } });
  },
});

