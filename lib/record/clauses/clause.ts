import type { Entry, EntryOf } from "../../ceremony/entry";
import type { OperationEffect } from "../../ceremony/operation";

/**
 * Clauses of standards and laws, each with what it asks in our own words and where a transcript speaks to it. They are pure
 * data: one file for each source, found by `clause-map.ts`. What a clause is given is a place to look, and never a judgement:
 * whether it suffices is for the auditor to say.
 */
export interface Clause {
  /** As the source numbers it; where its numbers are not certain, what it is called. */
  readonly id: string;
  readonly asks: string;
  readonly evidence: Finder;
}

export interface ClauseSource {
  readonly source: string;
  /** What has to be known before its rows are read. */
  readonly about?: string;
  readonly clauses: readonly Clause[];
}

/** The entries, by number, that speak to a clause; none when nothing does. */
export type Finder = (told: Told) => readonly number[];

/** What entries tell, as clauses ask for it: read from the entries that are there, and from nothing else. */
export interface Told {
  readonly entries: readonly Entry[];
  readonly opened: EntryOf<"ceremony-opened"> | null;
  /** The effect of an operation, by its name; null for one that the book does not know. */
  readonly effect: (operation: string) => OperationEffect | null;
}
