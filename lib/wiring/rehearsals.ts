import { rehearsalLine, type RehearsalLine } from "#lib/conduct/rehearsal-line";
import { listCeremonies } from "#lib/store/ceremonies";
import { looksInto } from "#lib/wiring";
import type { Language } from "../words/language";
import { wordsIn } from "../words/words";
import { database } from "./database";
import { roomPorts } from "./parts";

/** Older ones say little about the next performance, and each is replayed before it is believed. */
const NEWEST = 20;

/** The newest closed rehearsals in this database, from their transcripts; `person` sees names where they may look. */
export async function rehearsals(person: string, language: Language = "en"): Promise<RehearsalLine[]> {
  const summaries = await listCeremonies(database());
  const closed = summaries.filter(({ mode, closedAt }) => mode === "rehearsal" && closedAt !== null).slice(0, NEWEST);
  const lines = await Promise.all(closed.map(({ id }) => lineOf(id, person, language)));
  return lines.filter((line) => line !== null);
}

/** The same for one script. */
export const rehearsalsOf = async (scriptHash: string, person: string, language?: Language): Promise<RehearsalLine[]> =>
  (await rehearsals(person, language)).filter((line) => line.scriptHash === scriptHash);

/** A transcript that does not hold is no rehearsal of anything. */
async function lineOf(id: string, person: string, language: Language): Promise<RehearsalLine | null> {
  const transcript = await roomPorts().transcripts.read(id).catch(() => null);
  return transcript && rehearsalLine(transcript, await looksInto(id, person), wordsIn(language));
}
