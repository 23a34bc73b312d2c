import { knownRehearsal, rehearsalLine, type KnownRehearsal, type RehearsalLine } from "#lib/conduct/rehearsal-line";
import { listCeremonies } from "#lib/store/ceremonies";
import { looksInto } from "#lib/wiring";
import type { Language } from "../words/language";
import { wordsIn } from "../words/words";
import { database } from "./database";
import { roomPorts } from "./parts";

/** Older ones say little about the next performance, and each is replayed before it is believed. */
const NEWEST = 20;

/** The newest closed rehearsals in this database, from their transcripts, with everybody's names. */
async function known(): Promise<KnownRehearsal[]> {
  const summaries = await listCeremonies(database());
  const closed = summaries.filter(({ mode, closedAt }) => mode === "rehearsal" && closedAt !== null).slice(0, NEWEST);
  const all = await Promise.all(closed.map(({ id }) => one(id)));
  return all.filter((rehearsal) => rehearsal !== null);
}

/** A transcript that does not hold is no rehearsal of anything. */
async function one(id: string): Promise<KnownRehearsal | null> {
  const transcript = await roomPorts().transcripts.read(id).catch(() => null);
  return transcript && knownRehearsal(transcript);
}

/** The newest closed rehearsals of one script: for the opening of a ceremony, which keeps of them what its record shows. */
export const rehearsalsOfScript = async (scriptHash: string): Promise<KnownRehearsal[]> =>
  (await known()).filter((rehearsal) => rehearsal.scriptHash === scriptHash);

/** The newest closed rehearsals; `person` sees names where they may look. */
export async function rehearsals(person: string, language: Language = "en"): Promise<RehearsalLine[]> {
  const words = wordsIn(language);
  return Promise.all((await known()).map(async (rehearsal) => rehearsalLine(rehearsal, await looksInto(rehearsal.id, person), words)));
}

/** The same for one script. */
export const rehearsalsOf = async (scriptHash: string, person: string, language?: Language): Promise<RehearsalLine[]> =>
  (await rehearsals(person, language)).filter((line) => line.scriptHash === scriptHash);
