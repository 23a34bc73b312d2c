import { isDue } from "#lib/record/ageing";

type SealedOne = { readonly ceremony: string; readonly sha256: string };

export type RenewalSources = {
  /** Every record that is kept, oldest first. */
  readonly records: readonly SealedOne[];
  /** When the newest renewed edition of a ceremony's record ends, where there is one. */
  readonly renewed: ReadonlyMap<string, string>;
  /** When a record ends, by its hash; null for one that cannot be read, undefined for one that nobody has looked into. */
  readonly known: (sha256: string) => string | null | undefined;
  /** The same, out of its bytes. */
  readonly look: (record: SealedOne) => Promise<string | null>;
  readonly now: string;
};

/** So many are looked into at once: each is read to its end, and only the first time. */
const LOOKS = 10;

/**
 * When the records that are to be renewed end, the earliest first. Of those that nobody has looked into yet the oldest are, a few at each call:
 * who is older ends earlier, and a list that is complete at the second look is of more use than a page that takes a minute.
 */
export async function recordsToRenew({ records, renewed, known, look, now }: RenewalSources): Promise<readonly string[]> {
  const ends: (string | null)[] = [];
  let looks = 0;
  for (const record of records) {
    const end = renewed.get(record.ceremony) ?? known(record.sha256);
    if (end !== undefined) ends.push(end);
    else if (looks++ < LOOKS) ends.push(await look(record));
  }
  return ends.filter((endsAt) => endsAt !== null).filter((endsAt) => isDue({ endsAt }, now)).sort();
}
