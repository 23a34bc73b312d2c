import type { Ceremony } from "#lib/ceremony/ceremony";
import { wordsIn, type Words } from "#lib/words/words";
import { namesOf, type Names } from "./room-names";
import type { Transcript } from "./transcript";

/** A closed rehearsal of a script, as far as it says something about the next performance of the same text. */
export type RehearsalLine = {
  readonly id: string;
  /** The script that was performed: the same text as another performance of the same hash. */
  readonly scriptHash: string;
  readonly title: string;
  readonly closedAt: string;
  /** Hash of its last entry. */
  readonly head: string;
  /** Every step done and signed. */
  readonly passed: boolean;
  /** With whom; null for somebody who may not look into that ceremony. */
  readonly people: readonly string[] | null;
  readonly minutes: number;
  readonly planned: number;
  /** What was not as scripted, in sentences; none when everything was. */
  readonly differed: readonly string[];
};

/** What a closed rehearsal came to, or null for a ceremony that is none, or is still open. */
export function rehearsalLine(
  { ceremony, openings }: Transcript,
  mayLook: boolean,
  words: Words = wordsIn("en"),
): RehearsalLine | null {
  const { closed } = ceremony;
  if (ceremony.mode !== "rehearsal" || !closed) return null;
  const names = namesOf(ceremony, openings, words);
  return {
    id: ceremony.id,
    scriptHash: ceremony.scriptHash,
    title: ceremony.title,
    closedAt: closed.at,
    head: ceremony.head.hash,
    passed: closed.result === "completed",
    people: mayLook ? ceremony.participants.map(({ person }) => names.name(person)) : null,
    minutes: Math.round((Date.parse(closed.at) - Date.parse(ceremony.openedAt)) / 60_000),
    planned: ceremony.script.minutes,
    differed: differencesIn(ceremony, mayLook, names),
  };
}

function differencesIn(ceremony: Ceremony, mayLook: boolean, names: Names): string[] {
  const say = names.words.of("room");
  const undone = ceremony.steps.filter(({ status }) => status !== "done");
  const deviations = ceremony.deviations.map(({ body }) => {
    const happened = mayLook && "happened" in body ? names.text(body.happened) : null;
    const noted = { class: body.class, step: body.step ?? "", happened: happened ?? "" };
    if (body.step === null) return say(happened === null ? "rehearsed.deviation" : "rehearsed.deviationSaid", noted);
    return say(happened === null ? "rehearsed.deviationAt" : "rehearsed.deviationAtSaid", noted);
  });
  return [
    ...(ceremony.closed?.result === "aborted" ? [say("rehearsed.aborted")] : []),
    ...(undone.length > 0 ? [say("rehearsed.undone", { n: undone.length, of: ceremony.steps.length })] : []),
    ...deviations,
  ];
}

/** Whether a script was rehearsed, by the same text, within so many days before `now`. */
export const rehearsedWithin = (
  lines: readonly Pick<RehearsalLine, "passed" | "closedAt">[],
  days: number,
  now: string,
): boolean => lines.some(({ passed, closedAt }) => passed && Date.parse(now) - Date.parse(closedAt) <= days * 86_400_000);
