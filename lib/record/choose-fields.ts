import { FIELD_KINDS, type Field, type FieldKind } from "./fields";

/** A choice of fields that names something there is not. */
export interface UnknownChoice {
  readonly unknown: string;
}

/**
 * Which fields are withheld, from lists as people write them: kinds of field, numbers of entries, and places in one ("0/place",
 * "0/roster/people/3" with all below it). What `hide` names, or everything where it is null, without what `open` names.
 */
export function chooseFields(
  fields: readonly Field[], { hide, open }: { readonly hide: readonly string[] | null; readonly open: readonly string[] },
): ((field: Field) => boolean) | UnknownChoice {
  const unknown = [...(hide ?? []), ...open].find((choice) => !(choice in FIELD_KINDS) && !fields.some((field) => isMeant(field, choice)));
  if (unknown !== undefined) return { unknown };
  return (field) => (hide === null || hide.some((choice) => isMeant(field, choice))) && !open.some((choice) => isMeant(field, choice));
}

function isMeant({ entry, at, kind }: Field, choice: string): boolean {
  if (choice in FIELD_KINDS) return kind === (choice as FieldKind);
  const place = `${String(entry)}${at}`;
  return place === choice || place.startsWith(`${choice}/`);
}
