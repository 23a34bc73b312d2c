import { canonical } from "../log/canonical";
import { remainingOperations, type EnteredPart, type StepState } from "./ceremony";
import type { OperationBook, SecretAsked } from "./operation";
import type { SecretPart } from "./statement";

/** Which half of which secret. */
export type PartPlace = Pick<SecretPart, "secret" | "part">;

/** The secrets that the next operation of a step asks for; none for most. */
export function secretsAsked(state: StepState, book: OperationBook): readonly SecretAsked[] {
  const request = remainingOperations(state)[0];
  return (request && book.find(request.operation)?.secrets?.(request)) ?? [];
}

/**
 * The parts that still have to be entered before the next operation may begin. A part by a person who entered the other one
 * counts for nothing, whatever let it in.
 */
export function awaitedParts(state: StepState, book: OperationBook): readonly PartPlace[] {
  return secretsAsked(state, book).flatMap(({ name }) => {
    const first = state.parts.find((entered) => isPart(entered, { secret: name, part: 1 }));
    const second = state.parts.find((entered) => isPart(entered, { secret: name, part: 2 }) && entered.person !== first?.person);
    return [...(first ? [] : [{ secret: name, part: 1 } as const]), ...(second ? [] : [{ secret: name, part: 2 } as const])];
  });
}

export const isPart = (entered: EnteredPart, { secret, part }: PartPlace): boolean => entered.secret === secret && entered.part === part;

/**
 * What a part is encrypted for (HPKE's info, RFC 9180 section 5): ciphertext lifted out of its place opens nowhere else. The
 * invitation is the hash of the worker's entry, which names ceremony, step, operation and key.
 */
export function partInfo(place: PartPlace & { readonly ceremony: string; readonly nonce: string; readonly invitation: string; readonly person: string }): Uint8Array {
  const { ceremony, nonce, invitation, secret, part, person } = place;
  return canonical({ domain: "claviger/secret-part/v1", ceremony, nonce, invitation, secret, part, person });
}
