import type { TokenSerials } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import type { Token } from "#lib/token/token";
import type { ExecuteContext } from "./operation";
import { textOf, unknownParameters, type ParameterSchema, type ParameterSchemas } from "./parameters";
import { calling, callingInGerman, otherTokenOf } from "./token-json";

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The parameter `token` of an operation on the ceremony's own token or on another one. */
export const EITHER_TOKEN: ParameterSchema = {
  type: "string",
  description: "One of the script's other tokens; the ceremony's own, if left out.",
};
/** The parameter `token` of an operation that works on another token only. */
export const OTHER_TOKEN: ParameterSchema = { type: "string", description: "One of the script's other tokens." };
/** The parameter `to`. */
export const RECEIVING_TOKEN: ParameterSchema = { type: "string", description: "The other token that receives it." };
/** The parameters of an operation that has `token` alone. */
export const TOKEN_ALONE: ParameterSchemas = { token: OTHER_TOKEN };

/** What is wrong with the name of another token in that parameter. It stands in the sentence that people approve. */
export function otherTokenProblems(request: OperationRequest, parameter: "token" | "to"): Told[] {
  const name = textOf(request, parameter);
  if (name === "") return [told`${request.operation} needs the name of another token: ${parameter}.`];
  return NAME.test(name) ? [] : [told`Another token's name has small letters, digits and hyphens.`];
}

/** The same for an operation that has this parameter alone. */
export const tokenProblems = (request: OperationRequest): Told[] => [
  ...unknownParameters(request, TOKEN_ALONE),
  ...otherTokenProblems(request, "token"),
];

/** For an operation on the ceremony's own token that may name another in its parameter `token`. */
export const optionalTokenProblems = (request: OperationRequest): Told[] =>
  request["token"] === undefined ? [] : otherTokenProblems(request, "token");

/** The other token that is named, as `OperationRules.tokens` wants it. */
export const namedTokens = (request: OperationRequest): readonly string[] => [otherTokenOf(request) ?? []].flat();

/** The token such an operation works on: the ceremony's own, or the other one, opened. */
export function subjectToken(token: Token, request: OperationRequest, context: Pick<ExecuteContext, "other">): Promise<Token> {
  const name = otherTokenOf(request);
  return name === null ? Promise.resolve(token) : context.other(name);
}

/** What people are told of it: "token 3f9a…", or "token standby (serial 77c0…)". */
export function subjectInSentence(request: OperationRequest, token: TokenSerials): string {
  const name = otherTokenOf(request);
  return name === null ? `token ${token.serial}` : calling(name, token);
}

/** The same in German. */
export function subjectInGerman(request: OperationRequest, token: TokenSerials): string {
  const name = otherTokenOf(request);
  return name === null ? `Token ${token.serial}` : callingInGerman(name, token);
}
