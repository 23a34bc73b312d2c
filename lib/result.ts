/** A rule's answer: the value, or the refusal that says why not. Faults (the world broke) are thrown instead. */
export type Result<T, R> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: R };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const refuse = <R>(refusal: R): { readonly ok: false; readonly refusal: R } => ({ ok: false, refusal });

/** For the end of a `switch` over a closed union: does not compile while a case is missing, throws if one arrives anyway. */
export function never(value: never): never {
  throw new Error(`unknown case: ${JSON.stringify(value)}`);
}
