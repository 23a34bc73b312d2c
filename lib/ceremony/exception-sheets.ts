/** As many printed sheets as each copy of a script has; those that nobody needs are closed at the end. */
const EXCEPTION_SHEETS = 5;

/** The numbers of the printed sheets, in order. */
export const PRINTED_SHEETS: readonly number[] = Array.from({ length: EXCEPTION_SHEETS }, (_, i) => i + 1);

/** A printed sheet by its name, on paper, screen and record: a series of its own, for the sheets of the room are numbered from 1 too. */
export const printedSheet = (number: number): string => `P${String(number)}`;

/** The same of several: "P1, P4". */
export const printedSheets = (numbers: readonly number[]): string => numbers.map(printedSheet).join(", ");

/** The printed sheets that are not among those that were closed. */
export const notClosed = (closed: readonly number[]): readonly number[] => PRINTED_SHEETS.filter((number) => !closed.includes(number));
