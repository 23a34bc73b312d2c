import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createSoftwarePasskey, type SoftwarePasskey } from "./software-passkey";

/** The software passkeys of the demo's people, by person, in one file that only its owner may read. */
export class PasskeyFile {
  readonly #file: string;
  readonly #passkeys: Map<string, SoftwarePasskey>;

  constructor(file: string) {
    this.#file = file;
    const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, SoftwarePasskey>) : {};
    this.#passkeys = new Map(Object.entries(kept));
  }

  find(person: string): SoftwarePasskey | null {
    return this.#passkeys.get(person) ?? null;
  }

  people(): readonly string[] {
    return [...this.#passkeys.keys()];
  }

  /** Makes a passkey for a person and writes it down before it is used; the one they had before is forgotten. */
  make(person: string): SoftwarePasskey {
    const passkey = createSoftwarePasskey();
    this.#passkeys.set(person, passkey);
    const text = `${JSON.stringify(Object.fromEntries(this.#passkeys), null, 2)}\n`;
    // Whole or not at all: a start that was killed must not leave half a file.
    writeFileSync(`${this.#file}.new`, text, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
    return passkey;
  }
}
