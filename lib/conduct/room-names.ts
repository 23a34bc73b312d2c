import { peopleIn, type Ceremony } from "#lib/ceremony/ceremony";
import type { Entry } from "#lib/ceremony/entry";
import { RECORDER } from "#lib/ceremony/entry";
import { personOf } from "#lib/ceremony/roster";
import { quorumRuleOf, type Step } from "#lib/ceremony/script";
import { TAKEN_OUT, valuesOf, type Commitment, type Opening } from "#lib/log/commitment";
import { quorumIn } from "#lib/words/quorum-in";
import { wordsIn, type Words } from "#lib/words/words";
import type { RoomPerson } from "./room";
import type { Role } from "#lib/ceremony/roles";

/** Looks up what commitments stand for, and who people are, for one ceremony. */
export type Names = {
  /** The text behind a commitment; a sentence saying that it was taken out where there is no opening. */
  readonly text: (commitment: Commitment) => string;
  readonly name: (person: string) => string;
  readonly role: (person: string) => Role | "worker";
  readonly person: (person: string) => RoomPerson;
  /** The language all this is told in. */
  readonly words: Words;
};

/** Every opening is hashed once here, so that each look-up is by commitment and none can be moved to another place. */
export function namesOf(ceremony: Ceremony, openings: readonly Opening[], words: Words = wordsIn("en")): Names {
  const say = words.of("room");
  const valueOf = valuesOf(openings);
  const left = ceremony.replaced.map(({ leaves, role }) => [leaves, role] as const);
  const roles = new Map([...left, ...ceremony.participants.map(({ person, role }) => [person, role] as const)]);
  const text = (commitment: Commitment) => valueOf(commitment) ?? TAKEN_OUT;
  const name = (person: string) => {
    if (person === RECORDER) return say("theWorker");
    const known = personOf(ceremony.roster, person);
    return (known && valueOf(known.name)) ?? say("somebody", { id: person });
  };
  const role = (person: string): Role | "worker" => (person === RECORDER ? "worker" : (roles.get(person) ?? "auditor"));
  return {
    words,
    text,
    name,
    role,
    person: (person) => {
      const known = personOf(ceremony.roster, person);
      return { person, name: name(person), title: known ? text(known.title) : "", role: roles.get(person) ?? "auditor" };
    },
  };
}

/** "AL" for Ada Lovelace, "M" for Madonna: what fits in a seal. Counts characters, not code units. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const first = [...(words[0] ?? name)][0] ?? "";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

export const quorumInWords = (ceremony: Ceremony, step: Step, words: Words): string => quorumIn(words, quorumRuleOf(ceremony.script, step));

/** Whose act a step asks for, by its kind and roles. */
export function performersOf(ceremony: Ceremony, step: Step): readonly string[] {
  return peopleIn(ceremony, step.kind === "operation" ? ["custodian"] : step.by);
}

/** The last entry of a kind, or null. */
export function lastOf<K extends Entry["kind"]>(entries: readonly Entry[], kind: K): Extract<Entry, { kind: K }> | null {
  const found = entries.findLast((entry) => entry.kind === kind);
  return (found as Extract<Entry, { kind: K }> | undefined) ?? null;
}
