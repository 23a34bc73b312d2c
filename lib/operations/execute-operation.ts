import type { OperationRequest } from "#lib/ceremony/script";
import type { Result } from "#lib/result";
import type { Token } from "#lib/token/token";
import { book, type Book } from "./book";
import type { ExecuteContext, Executed, OperationRefusal } from "./operation";

/** Does one admitted operation on the token. Throws for a name that is not in the book: admit never lets one this far. */
export async function executeOperation(
  token: Token, request: OperationRequest, context: ExecuteContext, operations: Book = book,
): Promise<Result<Executed, OperationRefusal>> {
  const operation = operations.find(request.operation);
  if (!operation) throw new Error(`no operation called ${request.operation}`);
  return operation.execute(token, request, context);
}
