import type { Ceremony } from "#lib/ceremony/ceremony";
import { isWithinDays } from "#lib/ceremony/days";
import { wordsIn, type AreaWords, type Words } from "#lib/words/words";
import { namesOf } from "./room-names";
import type { Transcript } from "./transcript";

/** Something that was not as scripted. `happened` is null where the worker noted it itself. */
export type Difference = { readonly class: "A" | "B" | "C" | "D"; readonly step: string | null; readonly happened: string | null };

/** A closed rehearsal of a script, as far as it says something about the next performance of the same text. */
export type KnownRehearsal = {
  readonly id: string;
  /** The script that was performed: the same text as another performance of the same hash. */
  readonly scriptHash: string;
  readonly title: string;
  readonly closedAt: string;
  /** Hash of its last entry. */
  readonly head: string;
  /** Every step done and signed. */
  readonly passed: boolean;
  readonly minutes: number;
  readonly planned: number;
  /** With whom, by their names. */
  readonly people: readonly string[];
  readonly differed: readonly Difference[];
  /** How many of how many steps were not done. */
  readonly undone: { readonly steps: number; readonly of: number };
  readonly aborted: boolean;
};

/** The same as it is shown to one person. */
export type RehearsalLine = Omit<KnownRehearsal, "people" | "differed" | "undone" | "aborted"> & {
  /** Null for somebody who may not look into that ceremony. */
  readonly people: readonly string[] | null;
  /** What was not as scripted, in sentences; none when everything was. */
  readonly differed: readonly string[];
};

/** What a closed rehearsal came to, or null for a ceremony that is none, or is still open. */
export function knownRehearsal({ ceremony, openings }: Transcript): KnownRehearsal | null {
  const { closed } = ceremony;
  if (ceremony.mode !== "rehearsal" || !closed) return null;
  const names = namesOf(ceremony, openings);
  return {
    id: ceremony.id,
    scriptHash: ceremony.scriptHash,
    title: ceremony.title,
    closedAt: closed.at,
    head: ceremony.head.hash,
    passed: closed.result === "completed",
    minutes: Math.round((Date.parse(closed.at) - Date.parse(ceremony.openedAt)) / 60_000),
    planned: ceremony.script.minutes,
    people: ceremony.participants.map(({ person }) => names.name(person)),
    differed: ceremony.deviations.map(({ body }) => ({
      class: body.class,
      step: body.step,
      happened: "happened" in body ? names.text(body.happened) : null,
    })),
    undone: { steps: undoneIn(ceremony), of: ceremony.steps.length },
    aborted: closed.result === "aborted",
  };
}

const undoneIn = ({ steps }: Ceremony): number => steps.filter(({ status }) => status !== "done").length;

/** A rehearsal as it is shown to somebody who may look into it, or may not and then learns no names and no texts. */
export function rehearsalLine(known: KnownRehearsal, mayLook: boolean, words: Words = wordsIn("en")): RehearsalLine {
  const { people, differed, undone, aborted, ...line } = known;
  const say = words.of("rehearsed");
  return {
    ...line,
    people: mayLook ? people : null,
    differed: [
      ...(aborted ? [say("aborted")] : []),
      ...(undone.steps > 0 ? [say("undone", { n: undone.steps, of: undone.of })] : []),
      ...differed.map((one) => differenceSentence(mayLook ? one : { ...one, happened: null }, say)),
    ],
  };
}

/** One difference in a sentence. */
export function differenceSentence({ class: grade, step, happened }: Difference, say: AreaWords<"rehearsed">): string {
  const noted = { class: grade, step: step ?? "", happened: happened ?? "" };
  if (step === null) return say(happened === null ? "deviation" : "deviationSaid", noted);
  return say(happened === null ? "deviationAt" : "deviationAtSaid", noted);
}

/** Whether a script was rehearsed, by the same text, within so many days before `now`. */
export const rehearsedWithin = (
  lines: readonly Pick<RehearsalLine, "passed" | "closedAt">[],
  days: number,
  now: string,
): boolean => lines.some(({ passed, closedAt }) => passed && isWithinDays(closedAt, days, now));
