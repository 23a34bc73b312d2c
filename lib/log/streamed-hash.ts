import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "./digest";

/** SHA-256 of bytes that come one part after the other, however many: what was taken in is not kept. */
export class StreamedHash {
  readonly #hash = sha256.create();

  update(part: Uint8Array): this {
    this.#hash.update(part);
    return this;
  }

  /** The hash of everything taken in, as hex. Nothing can be added afterwards. */
  end(): string {
    return hex(this.#hash.digest());
  }
}
