import type { OperationBook } from "#lib/ceremony/operation";
import { OPERATIONS } from "./every-operation";
import type { Operation } from "./operation";

export interface Book extends OperationBook {
  find(name: string): Operation | null;
}

/** These operations by name. A name that is not among them is answered with null, never with a guess. */
export const bookOf = (operations: readonly Operation[]): Book => ({
  find: (name) => operations.find((operation) => operation.name === name) ?? null,
});

/** The book that app, worker, browser and verifier share. */
export const book: Book = bookOf(OPERATIONS);
