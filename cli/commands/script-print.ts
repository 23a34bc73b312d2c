import { writeFile } from "node:fs/promises";
import path from "node:path";
import { book } from "#lib/operations/book";
import { drawScript } from "#lib/pdf/draw-script";
import { MOST_COPIES } from "#lib/pdf/script-print";
import { GlyphFault } from "#lib/pdf/typefaces";
import { readScript } from "#lib/script-source/read-script";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { scriptText } from "./script-text";

export const PRINT_USAGE = `claviger script print FILE [--copies N] [--out FILE.pdf] [--address URL]

  Draws a script for the table: every step with room for initials and time, and five exception sheets; N numbered copies.
  --address   where the script stands on the screen, such as https://claviger.example/scripts/HASH; each page's code leads there`;

/** `claviger script print`: writes a file that was not there before. */
export async function scriptPrint(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: ["copies", "out", "address"], flags: [], usage: PRINT_USAGE });
  const [file, ...more] = rest;
  const copies = Number(values.copies ?? "1");
  if (file === undefined || more.length > 0) throw new Unusable(PRINT_USAGE);
  if (!Number.isInteger(copies) || copies < 1 || copies > MOST_COPIES)
    throw new Unusable(`Copies are a number from 1 to ${String(MOST_COPIES)}.`);
  const read = readScript(await scriptText(file), file, book);
  if (!read.ok)
    throw new NotDone(
      read.refusal.map(({ line, column, sentence, remedy }) => `${file}:${String(line)}:${String(column)} ${sentence} ${remedy}`).join("\n"),
    );
  const { script, hash } = read.value;
  const out = values.out ?? `${path.basename(file).replace(/\.ya?ml$/, "")}.pdf`;
  const base = values.address ?? `claviger script ${hash}`;
  const address = (step: string | null) => (step === null ? base : `${base}#step-${step}`);
  const printed = new Date(Math.floor(Date.now() / 1000) * 1000);
  const pdf = await drawn(drawScript({ script, hash, copies, book, address, occasion: null, serial: null, printed }));
  await written(out, pdf);
  console.log(
    `${out}: ${script.title}, edition ${String(script.edition)}, ${copies === 1 ? "one copy" : `${String(copies)} copies`}`,
  );
  return 0;
}

async function drawn(pdf: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await pdf;
  } catch (fault) {
    if (fault instanceof GlyphFault) throw new NotDone(`The script cannot be printed: ${fault.message}.`);
    throw fault;
  }
}

/** Never over another file: a print that was signed on may bear that name. */
async function written(out: string, pdf: Uint8Array): Promise<void> {
  try {
    await writeFile(out, pdf, { flag: "wx" });
  } catch (fault) {
    throw new NotDone(
      codeOf(fault) === "EEXIST"
        ? `${out} is there already; nothing was written.`
        : `${out} cannot be written (${codeOf(fault)}).`,
    );
  }
}

const codeOf = (fault: unknown): string => (fault instanceof Error && "code" in fault ? String(fault.code) : "unreadable");
