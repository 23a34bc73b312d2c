/** A year, or a year and a month, as labels have them. */
const DATED = /(?<!\d)(20\d\d)(?:(-?)(0[1-9]|1[0-2]))?(?!\d)/;
/** A number at the end, by which the next one is told. */
const COUNTED = /^(.*?)(\d+)$/;

/**
 * What a key's successor may be called: its label with the month or year of its ceremony, else with the next number; never one that is
 * `taken`. Only a proposal, by the way labels are usually made.
 */
export function nextLabel(label: string, at: string, taken: ReadonlySet<string>): string {
  const [year, month] = [at.slice(0, 4), at.slice(5, 7)];
  const dated = label.replace(DATED, (_, __, dash: string | undefined, months: string | undefined) =>
    months === undefined ? year : `${year}${dash ?? ""}${month}`,
  );
  if (dated !== label && !taken.has(dated)) return dated;
  const [, stem, count] = DATED.test(label) ? [] : (COUNTED.exec(label) ?? []);
  for (let n = count === undefined ? 2 : Number(count) + 1; ; n += 1) {
    const next = stem === undefined || count === undefined ? `${dated}-${String(n)}` : `${stem}${String(n).padStart(count.length, "0")}`;
    if (!taken.has(next)) return next;
  }
}

/** A label without its dates and numbers: what stays the same when a key is replaced. */
export const stemOf = (label: string): string => label.replace(/\d+/g, "");
