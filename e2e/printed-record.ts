import { readFileSync } from "node:fs";
import { printedText } from "#lib/record/printed-text";
import { readPdf } from "#lib/record/read-pdf";
import { inflate } from "#lib/webcrypto/inflate";

/** What stands on the pages of a record, in one text without its spaces: lines break where the paper ends. */
export async function printedRecord(file: string): Promise<string> {
  return (await printedText(readPdf(new Uint8Array(readFileSync(file))), inflate)).join("").replaceAll(/\s/g, "");
}
