/**
 * Bytes that are not of the form the record's readers accept. The readers throw it; `verifySeal` turns it into the named check
 * it belongs to. Nothing is ever repaired or skipped.
 */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

export function must(condition: boolean, why: string): asserts condition {
  if (!condition) throw new Malformed(why);
}
