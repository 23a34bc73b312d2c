import { readEntry } from "#lib/ceremony/entry";
import { newestRehearsals, type ClosedRehearsal } from "#lib/conduct/newest-rehearsals";
import { knownRehearsal, rehearsalLine, type KnownRehearsal, type RehearsalLine } from "#lib/conduct/rehearsal-line";
import { listCeremonies } from "#lib/store/ceremonies";
import { readFirstEntries } from "#lib/store/entries";
import { looksInto } from "#lib/wiring";
import type { Language } from "../words/language";
import { wordsIn } from "../words/words";
import { database } from "./database";
import { roomPorts } from "./parts";

/** Older ones say little about the next performance, and each is replayed before it is believed. */
const NEWEST_OF_ONE = 20;
const NEWEST_OF_EACH = 3;

/** First entries never change: whose script's hash was read once is known. */
const scriptHashes = new Map<string, string>();

/** Every closed rehearsal in this database, by what the list of ceremonies and the first entries say. */
async function closedRehearsals(): Promise<ClosedRehearsal[]> {
  const summaries = await listCeremonies(database());
  const closed = summaries.flatMap(({ id, mode, closedAt, result }) =>
    mode === "rehearsal" && closedAt !== null ? [{ id, closedAt, passed: result === "completed" }] : [],
  );
  await learnHashes(closed.map(({ id }) => id).filter((id) => !scriptHashes.has(id)));
  return closed.flatMap((one) => {
    const scriptHash = scriptHashes.get(one.id);
    return scriptHash === undefined ? [] : [{ ...one, scriptHash }];
  });
}

/** A first entry that cannot be read begins no transcript, and so no rehearsal. */
async function learnHashes(ids: readonly string[]): Promise<void> {
  for (const { ceremony, bytes } of await readFirstEntries(database(), ids)) {
    const read = readEntry(bytes);
    if (read.ok && read.value.entry.kind === "ceremony-opened") scriptHashes.set(ceremony, read.value.entry.body.scriptHash);
  }
}

/** The rehearsals themselves, from their transcripts, with everybody's names. */
async function known(closed: readonly ClosedRehearsal[], most: number): Promise<KnownRehearsal[]> {
  const all = await Promise.all(newestRehearsals(closed, most).map(({ id }) => one(id)));
  return all.filter((rehearsal) => rehearsal !== null);
}

/** A transcript that does not hold is no rehearsal of anything. */
async function one(id: string): Promise<KnownRehearsal | null> {
  const transcript = await roomPorts().transcripts.read(id).catch(() => null);
  return transcript && knownRehearsal(transcript);
}

const shownTo = (person: string, language: Language = "en") => {
  const words = wordsIn(language);
  return async (rehearsal: KnownRehearsal): Promise<RehearsalLine> =>
    rehearsalLine(rehearsal, await looksInto(rehearsal.id, person), words);
};

/** The newest closed rehearsals of one script: for the opening of a ceremony, which keeps of them what its record shows. */
export async function rehearsalsOfScript(scriptHash: string): Promise<KnownRehearsal[]> {
  const closed = (await closedRehearsals()).filter((rehearsal) => rehearsal.scriptHash === scriptHash);
  return (await known(closed, NEWEST_OF_ONE)).filter((rehearsal) => rehearsal.scriptHash === scriptHash);
}

/** The newest closed rehearsals of each script; `person` sees names where they may look. */
export const rehearsals = async (person: string, language?: Language): Promise<RehearsalLine[]> =>
  Promise.all((await known(await closedRehearsals(), NEWEST_OF_EACH)).map(shownTo(person, language)));

/** The same for one script. */
export const rehearsalsOf = async (scriptHash: string, person: string, language?: Language): Promise<RehearsalLine[]> =>
  Promise.all((await rehearsalsOfScript(scriptHash)).map(shownTo(person, language)));
