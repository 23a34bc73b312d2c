import type { OperationBook } from "#lib/ceremony/operation";
import type { Operation } from "./operation";
import { rules as exportPublicKey } from "./export-public-key";
import { rules as generateKeyPair } from "./generate-key-pair";
import { rules as generateSecretKey } from "./generate-secret-key";
import { rules as listKeys } from "./list-keys";
import { rules as proveNotExportable } from "./prove-not-exportable";
import { rules as testEncryption } from "./test-encryption";
import { rules as testSignature } from "./test-signature";
import { rules as tokenHealth } from "./token-health";

/** Every operation there is, in the order of a usual ceremony. */
export const OPERATIONS: readonly Operation[] = [
  tokenHealth,
  generateKeyPair,
  generateSecretKey,
  proveNotExportable,
  exportPublicKey,
  testSignature,
  testEncryption,
  listKeys,
];

export interface Book extends OperationBook {
  find(name: string): Operation | null;
}

/** The book that app, worker, browser and verifier share. A name it does not know is answered with null, never with a guess. */
export const book: Book = {
  find: (name) => OPERATIONS.find((operation) => operation.name === name) ?? null,
};
