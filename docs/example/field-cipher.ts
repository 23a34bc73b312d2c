import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { ClavigerClient } from "claviger/client";

/** A field as it stands in the database. */
export interface SealedField {
  /** The data key, wrapped by a key of the HSM, and that one's id: after a rotation old fields are still opened by the old key. */
  readonly key: string;
  readonly wrapped: string;
  readonly iv: string;
  readonly text: string;
  readonly tag: string;
}

/**
 * Fields of a database, each encrypted by a data key of its own that the HSM drew. The database has the data key in its wrapped form only: who
 * takes it away opens nothing without the key process, and each opening is a row of that one's log.
 */
export class FieldCipher {
  readonly #client: ClavigerClient;
  readonly #name: string;

  constructor(client: ClavigerClient, name: string) {
    [this.#client, this.#name] = [client, name];
  }

  /** `place` is where the field stands, such as `person/7/iban`: elsewhere it does not open, so that nobody exchanges two of them. */
  async seal(place: string, text: string): Promise<SealedField> {
    const { data, wrapped, key } = await this.#client.newDataKey(this.#name, 32);
    try {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", data, iv).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return { key, wrapped: base64(wrapped), iv: base64(iv), text: base64(sealed), tag: base64(cipher.getAuthTag()) };
    } finally {
      data.fill(0);
    }
  }

  /** Throws for a field that was changed, or belongs elsewhere. */
  async open(place: string, { key, wrapped, iv, text, tag }: SealedField): Promise<string> {
    const data = await this.#client.unwrapKey(this.#name, { key, wrapped: bytes(wrapped) });
    try {
      const cipher = createDecipheriv("aes-256-gcm", data, bytes(iv), { authTagLength: 16 }).setAAD(Buffer.from(place)).setAuthTag(bytes(tag));
      return Buffer.concat([cipher.update(bytes(text)), cipher.final()]).toString("utf8");
    } finally {
      data.fill(0);
    }
  }
}

const base64 = (value: Uint8Array): string => Buffer.from(value).toString("base64");
const bytes = (text: string): Buffer => Buffer.from(text, "base64");
