import type { OperationBook } from "#lib/ceremony/operation";
import type { Operation } from "./operation";
import { condemnKey } from "./condemn-key";
import { condemnToken } from "./condemn-token";
import { destroyKey } from "./destroy-key";
import { exportPublicKey } from "./export-public-key";
import { generateKeyPair } from "./generate-key-pair";
import { generateSecretKey } from "./generate-secret-key";
import { listKeys } from "./list-keys";
import { proveNotExportable } from "./prove-not-exportable";
import { testEncryption } from "./test-encryption";
import { testMac } from "./test-mac";
import { testSignature } from "./test-signature";
import { tokenHealth } from "./token-health";
import { zeroiseToken } from "./zeroise-token";

/** Every operation there is, in the order of a usual ceremony. */
export const OPERATIONS: readonly Operation[] = [
  tokenHealth,
  generateKeyPair,
  generateSecretKey,
  proveNotExportable,
  exportPublicKey,
  testSignature,
  testEncryption,
  testMac,
  condemnKey,
  destroyKey,
  condemnToken,
  zeroiseToken,
  listKeys,
];

export interface Book extends OperationBook {
  find(name: string): Operation | null;
}

/** The book that app, worker, browser and verifier share. A name it does not know is answered with null, never with a guess. */
export const book: Book = {
  find: (name) => OPERATIONS.find((operation) => operation.name === name) ?? null,
};
