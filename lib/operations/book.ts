import type { OperationBook } from "#lib/ceremony/operation";
import type { Operation } from "./operation";
import { changeSoPin } from "./change-so-pin";
import { changeUserPin } from "./change-user-pin";
import { backupToken } from "./backup-token";
import { cloneKey } from "./clone-key";
import { condemnKey } from "./condemn-key";
import { condemnToken } from "./condemn-token";
import { destroyKey } from "./destroy-key";
import { createCsr } from "./create-csr";
import { exportPublicKey } from "./export-public-key";
import { generateKeyPair } from "./generate-key-pair";
import { generateSecretKey } from "./generate-secret-key";
import { identifyKey } from "./identify-key";
import { initialiseToken } from "./initialise-token";
import { issueCertificate } from "./issue-certificate";
import { issueRootCertificate } from "./issue-root-certificate";
import { listKeys } from "./list-keys";
import { proveNotExportable } from "./prove-not-exportable";
import { restoreTest } from "./restore-test";
import { testEncryption } from "./test-encryption";
import { testMac } from "./test-mac";
import { testSignature } from "./test-signature";
import { tokenHealth } from "./token-health";
import { unlockToken } from "./unlock-token";
import { verifyBackup } from "./verify-backup";
import { zeroiseToken } from "./zeroise-token";

/** Every operation there is, in the order of a usual ceremony. */
export const OPERATIONS: readonly Operation[] = [
  tokenHealth,
  initialiseToken,
  changeSoPin,
  changeUserPin,
  unlockToken,
  identifyKey,
  generateKeyPair,
  generateSecretKey,
  proveNotExportable,
  exportPublicKey,
  testSignature,
  testEncryption,
  testMac,
  backupToken,
  verifyBackup,
  restoreTest,
  cloneKey,
  condemnKey,
  destroyKey,
  condemnToken,
  zeroiseToken,
  createCsr,
  issueRootCertificate,
  issueCertificate,
  listKeys,
];

export interface Book extends OperationBook {
  find(name: string): Operation | null;
}

/** The book that app, worker, browser and verifier share. A name it does not know is answered with null, never with a guess. */
export const book: Book = {
  find: (name) => OPERATIONS.find((operation) => operation.name === name) ?? null,
};
