import type { Words } from "#lib/words/words";
import { FILTER_FIELDS, type DeskFilter, type FilterField } from "./desk-filter";
import { kindInWords } from "./kind-words";

/**
 * What a filter asks for, as a person reads it: each field with its name, kinds and verdicts in words with the log's own name behind; null
 * where it asks for nothing. `names`: people by their ids, as far as they are known.
 */
export function filterInWords(filter: DeskFilter, words: Words, names: ReadonlyMap<string, string> = new Map()): string | null {
  const said = words.of("audit");
  const asked = FILTER_FIELDS.flatMap((field) => {
    const value = filter[field];
    return value === undefined ? [] : [`${said(`field.${field}`)}: ${valueInWords(field, value)}`];
  });
  return asked.length === 0 ? null : asked.join("; ");

  function valueInWords(field: FilterField, value: string): string {
    if (field === "person") return names.get(value) ?? value;
    if (field === "verdict" && (value === "completed" || value === "aborted")) return said(value);
    if (field !== "kind") return value;
    if (value === "production" || value === "rehearsal") return said(value);
    const kind = kindInWords(value, words);
    return kind === null ? value : `${kind} (${value})`;
  }
}
