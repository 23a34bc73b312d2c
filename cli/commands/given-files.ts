import { readFileSync, writeFileSync } from "node:fs";
import { readCertificate } from "#lib/x509/certificate";
import { Malformed } from "#lib/x509/malformed";
import { fromPem } from "#lib/x509/pem";
import { Unusable } from "./command";

/** The file's bytes. Throws `Unusable` when it cannot be read. */
export function bytesOf(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (fault) {
    throw new Unusable(`${file} cannot be read (${(fault as NodeJS.ErrnoException).code ?? "unreadable"}).`);
  }
}

/** The one certificate in the file, DER. Throws `Unusable` for anything else. */
export function certificateIn(file: string): Uint8Array {
  try {
    const der = fromPem(new TextDecoder().decode(bytesOf(file)), "CERTIFICATE");
    readCertificate(der);
    return der;
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault;
    throw new Unusable(`${file} is not one certificate in PEM form (${fault.message}).`);
  }
}

/** Never over a file that is there: throws `Unusable`. */
export function writeNew(out: string, file: Uint8Array): void {
  try {
    writeFileSync(out, file, { flag: "wx" });
  } catch (fault) {
    throw new Unusable(`${out} cannot be written (${(fault as NodeJS.ErrnoException).code ?? "no place"}).`);
  }
}
