import { open } from "node:fs/promises";
import { MOST_BYTES } from "#lib/script-source/yaml-source";
import { Unusable } from "./command";
import { printable } from "./printable";

/**
 * The text of a script as a file: as much of it as its reader needs to see that it is too large, and no more. Throws `Unusable` for
 * what is not there, is no file, or is no text.
 */
export async function scriptText(file: string): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      if (!(await handle.stat()).isFile()) throw new Unusable(`${printable(file)} is not a file. Nothing was done.`);
      const bytes = new Uint8Array(4 * MOST_BYTES + 1);
      let length = 0;
      for (let read = 1; read > 0 && length < bytes.length; length += read) {
        read = (await handle.read(bytes, length, bytes.length - length)).bytesRead;
      }
      return new TextDecoder("utf-8", { fatal: length < bytes.length, ignoreBOM: true }).decode(bytes.subarray(0, length));
    } finally {
      await handle.close();
    }
  } catch (fault) {
    if (fault instanceof Unusable) throw fault;
    if (fault instanceof TypeError) throw new Unusable(`${printable(file)} is not text in UTF-8. Nothing was done.`);
    const code = fault instanceof Error && "code" in fault ? String(fault.code) : "unreadable";
    throw new Unusable(`${printable(file)} cannot be read (${code}). Nothing was done.`);
  }
}
