import { canonical } from "../log/canonical";
import { remainingOperations, type Ceremony, type EnteredHalf, type EnteredPart, type StepState } from "./ceremony";
import type { OperationBook, SecretAsked } from "./operation";
import type { OperationRequest } from "./script";
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

type Whole = Pick<SecretAsked, "pinOf" | "holder" | "whole">;

/** What a secret is throughout the ceremony, also once it was changed: a PIN of a token, a backup's key. Null where nothing says. */
export function wholeOf({ pinOf, holder, whole }: Whole): string | null {
  if (whole !== undefined) return whole;
  return pinOf === undefined || holder === undefined ? null : `${holder} ${pinOf}`;
}

/** Those who have entered a part of the other PIN of that token in this ceremony: security officers and users are other people. */
export function heldApart({ halves }: Pick<Ceremony, "halves">, { pinOf, holder }: Whole): readonly string[] {
  if (pinOf === undefined || holder === undefined) return [];
  return holdersOf(halves, wholeOf({ pinOf, holder: holder === "user" ? "security-officer" : "user" }), [1, 2]);
}

/** Those who have entered the other part of this very secret in this ceremony, and with this one would have known all of it. */
export function heldOther({ halves }: Pick<Ceremony, "halves">, asked: Whole, part: 1 | 2): readonly string[] {
  return holdersOf(halves, wholeOf(asked), [part === 1 ? 2 : 1]);
}

/**
 * Who knows which part once an operation is done: of a secret that it made up, only those who entered that one. What they knew of
 * the one before opens nothing any more. After a failure everything counts that anybody entered.
 */
export function halvesAfter(
  { halves }: Pick<Ceremony, "halves">,
  { parts }: StepState,
  request: OperationRequest,
  book: OperationBook,
): readonly EnteredHalf[] {
  const made = (book.find(request.operation)?.secrets?.(request) ?? []).filter(({ chosen }) => chosen);
  const fresh = made.flatMap((asked) => {
    const whole = wholeOf(asked);
    return parts.flatMap(({ secret, part, person }) => (whole !== null && secret === asked.name ? [{ whole, part, person }] : []));
  });
  const renewed = made.map(wholeOf);
  return [...halves.filter(({ whole }) => !renewed.includes(whole)), ...fresh];
}

const holdersOf = (halves: readonly EnteredHalf[], whole: string | null, parts: readonly number[]): readonly string[] =>
  [...new Set(halves.flatMap((half) => (half.whole === whole && parts.includes(half.part) ? [half.person] : [])))];

export const isPart = (entered: EnteredPart, { secret, part }: PartPlace): boolean => entered.secret === secret && entered.part === part;

/**
 * What a part is encrypted for (HPKE's info, RFC 9180 section 5): ciphertext lifted out of its place opens nowhere else. The
 * invitation is the hash of the worker's entry, which names ceremony, step, operation and key.
 */
export function partInfo(place: PartPlace & { readonly ceremony: string; readonly nonce: string; readonly invitation: string; readonly person: string }): Uint8Array {
  const { ceremony, nonce, invitation, secret, part, person } = place;
  return canonical({ domain: "claviger/secret-part/v1", ceremony, nonce, invitation, secret, part, person });
}

/** How many bytes one part of a secret may have: the recorder's call says it, browser and worker hold each part against it. */
export type PartLimits = { readonly least: number; readonly most: number };

/** A PIN made up in a ceremony is no shorter than this, where its token takes so long a one. */
const LEAST_CHOSEN = 8;
const MOST_PART = 255;

/**
 * The limits of each part of a secret: half of what the whole may have, so that neither custodian holds most of it and two parts
 * always fit. A secret that is known already is as long as it is: only what no token could take is refused.
 */
export function partLimits({ chosen }: Pick<SecretAsked, "chosen">, whole: PartLimits): PartLimits {
  const most = Math.max(2, whole.most);
  if (!chosen) return { least: 1, most: Math.min(MOST_PART, most - 1) };
  const least = Math.max(whole.least, Math.min(LEAST_CHOSEN, most));
  return { least: Math.ceil(least / 2), most: Math.min(MOST_PART, Math.max(Math.floor(most / 2), Math.ceil(least / 2))) };
}

export const PART_PROBLEMS = ["PART-TOO-SHORT", "PART-TOO-LONG", "PART-CHARACTERS"] as const;
export type PartProblem = (typeof PART_PROBLEMS)[number];

/**
 * What is wrong with a part, or null. Printable ASCII without blanks: whatever else a keyboard gives, two keyboards may give it as
 * different bytes, and nobody would ever know which of them the token was given.
 */
export function partProblem(part: Uint8Array, { least, most }: PartLimits): PartProblem | null {
  if (part.some((byte) => byte < 0x21 || byte > 0x7e)) return "PART-CHARACTERS";
  if (part.length < least) return "PART-TOO-SHORT";
  return part.length > most ? "PART-TOO-LONG" : null;
}
