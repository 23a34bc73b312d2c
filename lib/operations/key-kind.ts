import type { KeyMention } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { labelProblems, unknownParameters } from "./parameters";

/** The kind of key that an operation for either kind is about: `key: secret-key` says that it has no public half. */
export const kindOf = (request: OperationRequest): KeyMention["kind"] =>
  request["key"] === "secret-key" ? "secret-key" : "key-pair";

/** What is wrong with the parameters of an operation for either kind of key: `{label, key?}` and the others named. */
export const eitherKindProblems = (request: OperationRequest, others: readonly string[] = []): string[] => [
  ...unknownParameters(request, ["label", "key", ...others]),
  ...labelProblems(request),
  ...(["key-pair", "secret-key", undefined].includes(request["key"] as string | undefined)
    ? []
    : ["key is key-pair or secret-key."]),
];
