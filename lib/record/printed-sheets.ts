import { notClosed, printedSheet, printedSheets } from "../ceremony/exception-sheets";
import type { RecordDocument, RecordPrinted } from "./record-document";

/**
 * Those that were said to be closed; of the others those whose name, "P2", stands in one of these texts. What a sheet of paper was used
 * for is known by nothing else.
 */
export function printedSheetsBy(closed: readonly number[], texts: readonly string[]): RecordPrinted {
  const open = notClosed(closed);
  const isNamed = (number: number) => {
    const name = new RegExp(String.raw`(?<![\p{L}\p{N}])${printedSheet(number)}(?![\p{L}\p{N}])`, "u");
    return texts.some((text) => name.test(text));
  };
  const named = open.filter(isNamed);
  return { closed: [...closed], named, left: open.filter((number) => !named.includes(number)) };
}

/** The same in sentences. Where nothing was said of them it says so, and an edition speaks of what is shown in it. */
export function printedSheetsInWords({ printed, readOut, edition }: Pick<RecordDocument, "printed" | "readOut" | "edition">): string[] {
  const { closed, named, left } = printed;
  const one = (says: string, numbers: readonly number[]) => (numbers.length > 0 ? [`${says}: ${printedSheets(numbers)}.`] : []);
  const neither = edition ? "Printed sheets neither closed nor named in what is shown here" : "Printed sheets neither closed nor named";
  return [
    ...one("Printed sheets closed unused", closed),
    ...one("Printed sheets named where something was written down", named),
    ...one(readOut ? neither : "Nothing was said of the printed sheets", left),
  ];
}
