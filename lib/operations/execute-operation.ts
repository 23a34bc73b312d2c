import type { OperationRequest } from "#lib/ceremony/script";
import type { Result } from "#lib/result";
import type { Token } from "#lib/token/token";
import { execute as exportPublicKey } from "./export-public-key";
import { execute as generateKeyPair } from "./generate-key-pair";
import { execute as generateSecretKey } from "./generate-secret-key";
import { execute as listKeys } from "./list-keys";
import type { Execute, ExecuteContext, Executed, OperationRefusal } from "./operation";
import { execute as proveNotExportable } from "./prove-not-exportable";
import { execute as testEncryption } from "./test-encryption";
import { execute as testSignature } from "./test-signature";
import { execute as tokenHealth } from "./token-health";

const EXECUTE = new Map<string, Execute>([
  ["token-health", tokenHealth],
  ["generate-key-pair", generateKeyPair],
  ["generate-secret-key", generateSecretKey],
  ["prove-not-exportable", proveNotExportable],
  ["export-public-key", exportPublicKey],
  ["test-signature", testSignature],
  ["test-encryption", testEncryption],
  ["list-keys", listKeys],
]);

/** Does one admitted operation on the token. Throws for a name that is not in the book: admit never lets one this far. */
export async function executeOperation(token: Token, request: OperationRequest, context: ExecuteContext): Promise<Result<Executed, OperationRefusal>> {
  const execute = EXECUTE.get(request.operation);
  if (!execute) throw new Error(`no operation called ${request.operation}`);
  return execute(token, request, context);
}
