import type { Instant, RecordDocument, RecordPerson } from "#lib/record/record-document";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "14:03:22", UTC, whole seconds. */
export const clock = (at: Instant): string => at.slice(11, 19);
/** "22 November 2026". */
export const day = (at: Instant): string =>
  `${Number(at.slice(8, 10))} ${MONTHS[Number(at.slice(5, 7)) - 1] ?? ""} ${at.slice(0, 4)}`;
/** "22 November 2026, 14:03:22 UTC". */
export const dayAndClock = (at: Instant): string => `${day(at)}, ${clock(at)} UTC`;

/** "1.8 s", "48 s", "3 min 12 s", "1 h 04 min". */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
export const between = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

const NUMERALS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/** "three keys", "one key", "14 keys". */
export const count = (n: number, one: string, many = `${one}s`): string => `${NUMERALS[n] ?? String(n)} ${n === 1 ? one : many}`;
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const nameAndRole = ({ name, role }: RecordPerson): string => `${name} (${role})`;

/** The whole ceremony in a few sentences, from the record alone: what a board reads first. */
export function recital(record: RecordDocument): string {
  const sameDay = day(record.opened) === day(record.closed);
  const time = sameDay
    ? `On ${day(record.opened)}, between ${clock(record.opened).slice(0, 5)} and ${clock(record.closed).slice(0, 5)} UTC,`
    : `Between ${dayAndClock(record.opened)} and ${dayAndClock(record.closed)},`;
  const made = record.keys.length === 0 ? "No key was made." : `${sentenceCase(count(record.keys.length, "key"))} ${record.keys.length === 1 ? "was" : "were"} made, each authorised by ${record.quorum}.`;
  const sentences = [
    `${time} ${count(record.participants.length, "person", "people")} performed the script “${record.script.title}”.`,
    record.ending.kind === "aborted" ? `The ceremony was ended before its last step: ${record.ending.reason}` : "",
    made,
    departures(record),
    agreement(record),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function departures({ deviations, seams }: RecordDocument): string {
  const noted = [
    ...(deviations.length > 0 ? [count(deviations.length, "deviation")] : []),
    ...(seams.length > 0 ? [count(seams.length, "interruption")] : []),
  ];
  if (noted.length === 0) return "No deviation was noted.";
  return `${sentenceCase(noted.join(" and "))} ${deviations.length + seams.length === 1 ? "was" : "were"} noted.`;
}

function agreement({ signatures }: RecordDocument): string {
  if (signatures.length === 0) return "";
  const agreed = signatures.filter(({ signed }) => signed?.agrees).length;
  const disagreed = signatures.filter(({ signed }) => signed && !signed.agrees).length;
  const silent = signatures.length - agreed - disagreed;
  if (agreed === signatures.length) return "Every participant signed that the transcript says what happened.";
  return [
    `${sentenceCase(count(agreed, "participant"))} signed that the transcript says what happened`,
    ...(disagreed > 0 ? [`${count(disagreed, "participant")} signed that they do not agree`] : []),
    ...(silent > 0 ? [`${count(silent, "participant")} did not sign`] : []),
  ].join("; ").concat(".");
}

/** "Can sign, cannot decrypt, cannot derive other keys." */
export const inOneSentence = (texts: readonly string[]): string => (texts.length === 0 ? "" : `${sentenceCase(texts.join(", "))}.`);

/** "0.12 s", "−4.21 s": how far a clock was ahead, to the hundredth of a second. */
export function drift(milliseconds: number): string {
  const hundredths = Math.round(milliseconds / 10);
  return `${hundredths < 0 ? "\u2212" : ""}${(Math.abs(hundredths) / 100).toFixed(2)} s`;
}
