import type { Entry } from "../ceremony/entry";
import type { Json } from "../log/canonical";
import { commitmentsIn } from "../log/commitment";

/** What a field of an entry is, as people choose what to withhold. */
export const FIELD_KINDS = {
  names: "names of people",
  titles: "titles of people",
  organisation: "the organisation",
  place: "the place",
  documents: "the documents that identities were compared with",
  readings: "what was read off things: bags, seals, serial numbers",
  files: "names of files, and where they are kept",
  devices: "names of devices",
  texts: "what people wrote",
} as const;
export type FieldKind = keyof typeof FIELD_KINDS;

/** A value that stands in an entry as a commitment, and can therefore be withheld: everything else in an entry stays. */
export interface Field {
  readonly entry: number;
  /** JSON pointer into the body of the entry. */
  readonly at: string;
  readonly kind: FieldKind;
  readonly committed: string;
}

/** By kind of entry and place in its body; the first that fits. */
const KINDS: readonly (readonly [Entry["kind"] | null, RegExp, FieldKind])[] = [
  ["ceremony-opened", /^\/roster\/people\/\d+\/name$|^\/readiness\/rehearsal\/told\/people\/\d+$/, "names"],
  ["ceremony-opened", /^\/roster\/people\/\d+\/title$/, "titles"],
  ["ceremony-opened", /^\/roster\/organisation$/, "organisation"],
  ["ceremony-opened", /^\/place$/, "place"],
  ["identity-checked", /^\/document$/, "documents"],
  ["value-entered", /^\/value$/, "readings"],
  [null, /^\/seals\/\d+\//, "readings"],
  ["value-entered", /^\/photo\/name$/, "files"],
  ["evidence-noted", /^\/name$|^\/kept$|^\/files\/\d+\/name$/, "files"],
  [null, /^\/statement\/paper\/kept$/, "files"],
  ["clock-compared", /^\/name$/, "devices"],
];

/** Every field of these entries that can be withheld, in order. */
export const fieldsOf = (entries: readonly Entry[]): Field[] =>
  entries.flatMap(({ kind, body }, entry) =>
    commitmentsIn(body as unknown as Json).map(({ path, commitment }) => ({
      entry,
      at: path,
      kind: KINDS.find(([of, place]) => (of === null || of === kind) && place.test(path))?.[2] ?? "texts",
      committed: commitment.committed,
    })),
  );

/** "names of people (9), the place (1)". */
export function countedFields(fields: readonly Pick<Field, "kind">[]): string {
  const kinds = Object.keys(FIELD_KINDS) as FieldKind[];
  return kinds
    .map((kind) => [fields.filter((field) => field.kind === kind).length, FIELD_KINDS[kind]] as const)
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${what} (${String(count)})`)
    .join(", ");
}
