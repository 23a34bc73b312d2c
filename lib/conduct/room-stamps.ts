import type { Ceremony } from "#lib/ceremony/ceremony";
import type { StampView } from "./room";

/** What time-stamp authorities have said so far, in the order of the entries; one that was away and has stamped since has stamped. */
export const stampViews = ({ marks }: Pick<Ceremony, "marks">): readonly StampView[] =>
  marks.flatMap(({ of, seq: entry, stamps, missed }) => [
    ...stamps.map(({ authority, at }) => ({ of, entry, authority, said: { at } })),
    ...missed
      .filter(({ authority }) => !stamps.some((stamp) => stamp.authority === authority))
      .map(({ authority, why }) => ({ of, entry, authority, said: { why } })),
  ]);
