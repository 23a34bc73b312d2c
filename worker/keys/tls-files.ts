import { readFileSync } from "node:fs";
import { writtenAt } from "../own-files";

export interface TlsPaths {
  readonly keyFile: string;
  readonly certificateFile: string;
}

/** Key and certificate, PEM, of the process's own TLS, which are put in place anew before the certificate ends. */
export class TlsFiles {
  readonly #paths: TlsPaths;
  #read = "";

  constructor(paths: TlsPaths) {
    this.#paths = paths;
  }

  /** What is in them now. Throws when they are not there. */
  now(): { readonly key: Buffer; readonly cert: Buffer } {
    this.#read = this.#written();
    return { key: readFileSync(this.#paths.keyFile), cert: readFileSync(this.#paths.certificateFile) };
  }

  /** Whether one was written since they were read. */
  get areNew(): boolean {
    return this.#written() !== this.#read;
  }

  #written(): string {
    return [this.#paths.keyFile, this.#paths.certificateFile].map(writtenAt).join();
  }
}
