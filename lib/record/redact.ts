import { commit } from "../log/commitment";
import { ok, refuse, type Result } from "../result";
import { fieldsOf, type Field } from "./fields";
import type { Transcript } from "./transcript";

export interface Redacted {
  readonly transcript: Transcript;
  /** Every field that has no value in it, in order: those that were taken away, and those that were away before. */
  readonly withheld: readonly Field[];
  /** What was taken away, each with the fields it stood in. Never to be written anywhere. */
  readonly values: readonly { readonly field: Field; readonly value: string }[];
}

/** Why it cannot be: a salt that would let somebody guess what is withheld. */
export interface UnsafeSalt {
  readonly field: Field;
  readonly sentence: string;
}

/**
 * The same entries, without the values (and salts) of the fields that `hides` names. A value that stands in several places under one
 * commitment is taken from all of them. Refuses where the salt of a withheld value stays behind in another opening, or is none:
 * whoever has it can try out names until one fits.
 */
export function redacted({ entries, openings }: Transcript, hides: (field: Field) => boolean): Result<Redacted, UnsafeSalt> {
  const fields = fieldsOf(entries);
  const hidden = new Set(fields.filter(hides).map(({ committed }) => committed));
  const known = openings.map((opening) => ({ opening, committed: commit(opening).committed }));
  const stays = known.filter(({ committed }) => !hidden.has(committed));
  const taken = known.filter(({ committed }) => hidden.has(committed));
  const opened = new Set(stays.map(({ committed }) => committed));
  const saltsLeft = new Set(stays.map(({ opening }) => opening.salt));
  for (const { opening: { salt }, committed } of taken) {
    const field = fields.find((one) => one.committed === committed);
    if (!field) continue;
    if (saltsLeft.has(salt)) return refuse({ field, sentence: "its salt is also that of a value which stays open" });
    if (!/^[0-9a-f]{32}$/.test(salt) || /^(.)\1*$/.test(salt)) return refuse({ field, sentence: "its salt is not one that was drawn at random" });
  }
  const values = taken.flatMap(({ opening: { value }, committed }) =>
    fields.filter((field) => field.committed === committed).map((field) => ({ field, value })));
  return ok({
    transcript: { entries, openings: stays.map(({ opening }) => opening) },
    withheld: fields.filter(({ committed }) => !opened.has(committed)),
    values,
  });
}
