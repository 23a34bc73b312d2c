import type { KeyMention } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";

/** A parameter as text, or the empty text when it is missing or of another kind; `problems` says so elsewhere. */
export function textOf(request: OperationRequest, name: string): string {
  const value = request[name];
  return typeof value === "string" ? value : "";
}

/** One parameter as JSON Schema; editors show its description while a script is written. */
export type ParameterSchema = { readonly description: string; readonly [keyword: string]: unknown };

/** Every parameter that an operation has, by name: whatever is not here, a request may not have. */
export type ParameterSchemas = { readonly [name: string]: ParameterSchema };

/** One sentence for each parameter that the operation does not have. `operation` itself is always there. */
export function unknownParameters(request: OperationRequest, known: ParameterSchemas): Told[] {
  return Object.keys(request)
    .filter((name) => name !== "operation" && !Object.hasOwn(known, name))
    .map((name) => told`${request.operation} has no parameter called ${name}.`);
}

const LABEL = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The parameter `label` of operations on one key. */
export const KEY_LABEL: ParameterSchema = {
  type: "string",
  description: "The label of a key, as it stands on the token.",
  pattern: LABEL.source,
};

/**
 * What is wrong with the label of a key. It stands in the middle of the sentence that people approve, so it must not be able to
 * go on with that sentence, nor look like another label.
 */
export function labelProblems(request: OperationRequest): Told[] {
  const label = textOf(request, "label");
  if (label === "") return [told`${request.operation} needs the label of a key.`];
  return LABEL.test(label)
    ? []
    : [told`A key's label has letters from A to z, digits, dots, colons, hyphens and underscores, 64 at most.`];
}

/** The key a request speaks of, as a mention of the given kind. */
export const mention = (request: OperationRequest, kind: KeyMention["kind"]): KeyMention[] =>
  [{ label: textOf(request, "label"), kind }];

/** "a", "a and b", "a, b and c". */
export function inWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
