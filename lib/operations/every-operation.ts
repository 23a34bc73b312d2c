// Written by `npm run book` from the files of this folder: every operation there is, each under the name of its file.
import type { Operation } from "./operation";
import { backupToken } from "./backup-token";
import { changeSoPin } from "./change-so-pin";
import { changeUserPin } from "./change-user-pin";
import { cloneKey } from "./clone-key";
import { condemnKey } from "./condemn-key";
import { condemnToken } from "./condemn-token";
import { createCsr } from "./create-csr";
import { destroyKey } from "./destroy-key";
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
import { testDecryption } from "./test-decryption";
import { testEncryption } from "./test-encryption";
import { testMac } from "./test-mac";
import { testSignature } from "./test-signature";
import { tokenHealth } from "./token-health";
import { unlockToken } from "./unlock-token";
import { verifyBackup } from "./verify-backup";
import { zeroiseToken } from "./zeroise-token";

export const OPERATIONS: readonly Operation[] = [
  backupToken,
  changeSoPin,
  changeUserPin,
  cloneKey,
  condemnKey,
  condemnToken,
  createCsr,
  destroyKey,
  exportPublicKey,
  generateKeyPair,
  generateSecretKey,
  identifyKey,
  initialiseToken,
  issueCertificate,
  issueRootCertificate,
  listKeys,
  proveNotExportable,
  restoreTest,
  testDecryption,
  testEncryption,
  testMac,
  testSignature,
  tokenHealth,
  unlockToken,
  verifyBackup,
  zeroiseToken,
];
