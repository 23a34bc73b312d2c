import type { KeyMention } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import { KEY_LABEL, labelProblems, unknownParameters, type ParameterSchemas } from "./parameters";

/** The kind of key that an operation for either kind is about: `key: secret-key` says that it has no public half. */
export const kindOf = (request: OperationRequest): KeyMention["kind"] =>
  request["key"] === "secret-key" ? "secret-key" : "key-pair";

/** The parameters of an operation for either kind of key. */
export const EITHER_KIND: ParameterSchemas = {
  label: KEY_LABEL,
  key: {
    enum: ["key-pair", "secret-key"] satisfies KeyMention["kind"][],
    description: "Which kind of key the label names; a key pair, if left out.",
  },
};

/** What is wrong with the parameters of such an operation, where it has these. */
export const eitherKindProblems = (request: OperationRequest, parameters: ParameterSchemas = EITHER_KIND): Told[] => [
  ...unknownParameters(request, parameters),
  ...labelProblems(request),
  ...(["key-pair", "secret-key", undefined].includes(request["key"] as string | undefined)
    ? []
    : [told`${"key"} is ${"key-pair"} or ${"secret-key"}.`]),
];
