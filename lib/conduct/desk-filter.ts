/** What the desk lists, and what a population is of. */
export const DESK_LISTS = ["records", "log"] as const;
export type DeskList = (typeof DESK_LISTS)[number];

/** The members of a filter, in the order of its fields and of its address. Each narrows; none is there when nothing was asked. */
export const FILTER_FIELDS = ["text", "from", "until", "kind", "person", "key", "script", "verdict", "ceremony"] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

/**
 * What is looked for. `text`: words as a web search takes them; `from` and `until`: days of UTC, both included; `kind`: of a ceremony
 * (production, rehearsal) or of an entry or event; `person`: an id; `key`: label or id; `script`: id or hash; `verdict`: how it ended.
 */
export type DeskFilter = { readonly [field in FilterField]?: string };

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** Longer than any name, label or hash that could be looked for. */
const LONGEST = 200;

/** A filter out of an address; what is empty, unknown or no day is not in it. */
export function filterFrom(said: { readonly [name: string]: string | readonly string[] | undefined }): DeskFilter {
  const found = FILTER_FIELDS.flatMap((field): (readonly [FilterField, string])[] => {
    const value = said[field];
    const text = typeof value === "string" ? value.normalize("NFC").trim().slice(0, LONGEST) : "";
    if (text === "" || ((field === "from" || field === "until") && !isDay(text))) return [];
    return [[field, text]];
  });
  return Object.fromEntries(found);
}

/** A filter as an address has it, always in the same order: what was looked for has one spelling. */
export const filterQuery = (filter: DeskFilter): string =>
  new URLSearchParams(FILTER_FIELDS.flatMap((field) => (filter[field] === undefined ? [] : [[field, filter[field]]]))).toString();

/** Whether a text is a day that the calendar has, as ISO 8601 writes it. */
export function isDay(text: string): boolean {
  const at = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}
