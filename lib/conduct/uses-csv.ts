import type { AreaWords } from "#lib/words/words";
import { csvLines } from "./csv-lines";

const COLUMNS = [
  ...(["at", "account", "key", "operation", "algorithm", "digest"] as const),
  ...(["result", "times", "micros", "grant", "use", "process"] as const),
] as const;

/** A use as it is told: what is null was not so far known when it was refused, or there is none. */
export type ToldUse = { readonly [column in (typeof COLUMNS)[number]]: string | number | null };

/** The first line of a file of uses, in the reader's language. */
export const usesHead = (words: AreaWords<"accounts">): string => csvLines([COLUMNS.map((column) => words(`uses.${column}`))]);

/** Uses, one a line, times in UTC; names of operations and results as the log has them. */
export const usesLines = (uses: readonly ToldUse[]): string =>
  csvLines(uses.map((use) => COLUMNS.map((column) => String(use[column] ?? ""))));
