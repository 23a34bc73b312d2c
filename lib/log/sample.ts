import { canonical, hashOf, parseCanonical, type Json } from "./canonical";
import { sha256Hex, utf8 } from "./digest";

/**
 * What a sample is drawn from: the ids that a filter found at one moment, sorted, each once. Its hash is in the log before anybody
 * can know the seed, so that nothing is added or left out in view of what would be drawn.
 */
export type Population = { readonly of: string; readonly filter: Json; readonly at: string; readonly members: readonly string[] };

const POPULATION = "claviger/population/v1";

export const populationBytes = ({ of, filter, at, members }: Population): Uint8Array =>
  canonical({ v: POPULATION, of, filter, at, members: [...new Set(members)].sort() });

/** `populationBytes` back again; null when the bytes are none. */
export function readPopulation(bytes: Uint8Array): Population | null {
  try {
    const { v, of, filter, at, members } = parseCanonical(bytes) as { [member: string]: Json };
    if (v !== POPULATION || typeof of !== "string" || typeof at !== "string" || filter === undefined || !Array.isArray(members)) return null;
    const ids = members.filter((member): member is string => typeof member === "string");
    const sorted = ids.every((id, i) => i === 0 || (ids[i - 1] ?? "") < id);
    return sorted && ids.length === members.length ? { of, filter, at, members: ids } : null;
  } catch {
    return null;
  }
}

/** What an auditor says of their words before the checkpoint is there, and shows them only after it. */
export const wordsCommitment = (words: string): string => hashOf({ domain: "claviger/sample-words/v1", words });

/** Both halves of a seed, and what it is for. */
export type SampleSeed = {
  /** The auditor's own: nobody who writes the log knew them. */
  readonly words: string;
  /** The first checkpoint after the announcement: the auditor did not know its root. Hex. */
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string };
  /** SHA-256 of the population's bytes. */
  readonly population: string;
  readonly size: number;
};

/** The seed as hex; the same from the same four parts anywhere. */
export const seedOf = ({ words, checkpoint: { origin, size: leaves, root }, population, size }: SampleSeed): string =>
  hashOf({ domain: "claviger/sample-seed/v1", words, checkpoint: { origin, size: leaves, root }, population, size });

/** A member's ticket: SHA-256 of "SEED MEMBER", hex. Anybody can reckon one with sha256sum. */
export const ticketOf = (seed: string, member: string): string => sha256Hex(utf8(`${seed} ${member}`));

/**
 * The members with the lowest tickets, lowest first: as many as asked for, or all. Each subset of that size is as likely as any
 * other while SHA-256 behaves like chance, and no order of the list plays a part.
 */
export const drawSample = (seed: string, members: readonly string[], size: number): string[] =>
  members
    .map((member) => ({ member, ticket: ticketOf(seed, member) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, size)
    .map(({ member }) => member);
