import type { Script } from "#lib/ceremony/script";
import { roomFor, script as findText } from "#lib/wiring";
import { book } from "#lib/operations/book";
import { drawScript } from "#lib/pdf/draw-script";
import type { ScriptPrint } from "#lib/pdf/script-print";
import { now } from "../clock";
import { originOf } from "./parts";

export { MOST_COPIES } from "#lib/pdf/script-print";

/** A published edition as PDF for the table, so many copies; null when there is none of that hash. */
export async function printedScript(hash: string, copies: number): Promise<Uint8Array | null> {
  const text = await findText(hash);
  return text && print(text.script, hash, { copies, occasion: null, serial: null, page: `/scripts/${hash}` });
}

/** The script of a ceremony, its token named; null for everybody who may not look into the ceremony. That is a look, and noted. */
export async function printedScriptOf(id: string, person: string, copies: number): Promise<Uint8Array | null> {
  const ceremony = await roomFor(id, person);
  if (!ceremony) return null;
  const { script, scriptHash, title, recorder } = ceremony;
  return print(script, scriptHash, {
    copies,
    occasion: { id, title },
    serial: recorder?.token.serial ?? null,
    page: `/ceremonies/${id}`,
  });
}

function print(
  script: Script,
  hash: string,
  { page, ...rest }: Pick<ScriptPrint, "copies" | "occasion" | "serial"> & { page: string },
): Promise<Uint8Array> {
  const address = (step: string | null) => `${originOf()}${page}${step === null ? "" : `#step-${step}`}`;
  // Whole seconds: the same print of the same second is the same file.
  const printed = new Date(Math.floor(now().getTime() / 1000) * 1000);
  return drawScript({ script, hash, book, address, printed, ...rest });
}
