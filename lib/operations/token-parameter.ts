import type { OperationRequest } from "#lib/ceremony/script";
import { textOf, unknownParameters } from "./parameters";

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** What is wrong with the name of another token in that parameter. It stands in the sentence that people approve. */
export function otherTokenProblems(request: OperationRequest, parameter: "token" | "to"): string[] {
  const name = textOf(request, parameter);
  if (name === "") return [`${request.operation} needs the name of another token: ${parameter}.`];
  return NAME.test(name) ? [] : ["Another token's name has small letters, digits and hyphens."];
}

/** The same for an operation that has this parameter alone. */
export const tokenProblems = (request: OperationRequest): string[] => [...unknownParameters(request, ["token"]), ...otherTokenProblems(request, "token")];
