import type { Ceremony } from "../ceremony/ceremony";
import { openingOf, type Opening } from "../log/commitment";

/** A file that a record names as evidence, by its hash. */
export type NamedEvidence = {
  readonly step: string;
  readonly sha256: string;
  /** Null where it was taken out of this edition, or never had one. */
  readonly name: string | null;
  readonly size: number | null;
};

/** Every file that a ceremony names, in order: what an auditor may ask for and compare. */
export function evidenceNamed(ceremony: Ceremony, openings: readonly Opening[]): readonly NamedEvidence[] {
  const files = ceremony.files.map(({ step, sha256, size, name }) => ({
    ...{ step, sha256, size },
    name: openingOf(name, openings)?.value ?? null,
  }));
  const bare = ceremony.steps.flatMap(({ deeds }) =>
    deeds.flatMap((deed) => {
      if (deed.kind !== "evidence-noted" || deed.body.sha256 === null) return [];
      const { step, sha256, name } = deed.body;
      return [{ step, sha256, size: null, name: openingOf(name, openings)?.value ?? null }];
    }),
  );
  return [...files, ...bare];
}
