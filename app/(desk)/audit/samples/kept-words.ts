import { hex } from "#lib/log/digest";

/** Where this browser keeps the words of a sample until they are shown. */
const place = (matter: string): string => `claviger.sample-words.${matter}`;

/** Words as they are committed to: typed with other spaces they are the same words. */
export const plainWords = (words: string): string => words.normalize("NFC").replace(/\s+/gu, " ").trim();

/** An auditor's words with chance that nobody could have chosen behind them. */
export const withChance = (words: string): string => `${plainWords(words)} ${hex(crypto.getRandomValues(new Uint8Array(16)))}`;

/** Keeps the words in this browser; one that keeps nothing has the auditor keep them. */
export function keepWords(matter: string, words: string): void {
  try {
    localStorage.setItem(place(matter), words);
  } catch {
    // A browser may forbid it; the page shows the words all the same.
  }
}

/** The words of a sample that this browser announced, or none. */
export function keptWords(matter: string): string {
  try {
    return localStorage.getItem(place(matter)) ?? "";
  } catch {
    return "";
  }
}

const checkpointPlace = (matter: string): string => `claviger.sample-checkpoint.${matter}`;
/** For as long as the page stands, where a browser keeps nothing. */
const given = new Map<string, string>();

/** Keeps the checkpoint that was given for a sample, before the words are sent: the first one, whatever is given later. */
export function keepCheckpoint(matter: string, note: string): void {
  if (keptCheckpoint(matter) !== null) return;
  given.set(matter, note);
  try {
    localStorage.setItem(checkpointPlace(matter), note);
  } catch {
    // As above.
  }
}

/** The checkpoint that this browser was given for a sample, or null. */
export function keptCheckpoint(matter: string): string | null {
  try {
    return localStorage.getItem(checkpointPlace(matter)) ?? given.get(matter) ?? null;
  } catch {
    return given.get(matter) ?? null;
  }
}
