import type { z } from "zod";
import { verifyEndorsement, checkEndorsement, type Endorsable, type Endorsement, type Voted } from "#lib/ceremony/endorsement";
import { no, type Refusal } from "#lib/ceremony/refusal";
import { rosterHash } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { hashOf, parseCanonical, type Json } from "#lib/log/canonical";
import { ok, type Result } from "#lib/result";
import type { ChainedRoster } from "./chained-rosters";
import { givenIn, reachUnderChain } from "./reach-under-chain";
import { FindingExplanation as ExplanationSchema, KeyChange as ChangeSchema } from "./key-change.schema";

export type KeyChange = z.infer<typeof ChangeSchema>;
export type FindingExplanation = z.infer<typeof ExplanationSchema>;

/** The document in kept bytes, or null when they are none. */
export const readKeyChange = (bytes: Uint8Array): KeyChange | null => read(bytes, ChangeSchema);
export const readExplanation = (bytes: Uint8Array): FindingExplanation | null => read(bytes, ExplanationSchema);

function read<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(parseCanonical(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export const changeToEndorse = (change: KeyChange): Voted => {
  const { key, label, from, to, head } = change;
  return { what: "key-state", hash: hashOf(change as unknown as Json), key, label, from, to, head };
};
export const explanationToSign = (explanation: FindingExplanation): Endorsable => {
  const { finding, token } = explanation;
  return { what: "finding", hash: hashOf(explanation), finding, token };
};

declare const endorsed: unique symbol;

/** A change that the quorum of the roster in force agrees to. Only `reachKeyChange` makes one. */
export type EndorsedChange = {
  readonly [endorsed]: true;
  readonly change: KeyChange;
  readonly hash: string;
  /** When the last signature that was needed was given. */
  readonly at: string;
  readonly people: readonly string[];
};

/**
 * The proof that a quorum agrees to what becomes of a key: signatures under one roster, each given while that roster was in force
 * and not before the change was written, no later than `until`. Of `kept` only what counts is looked at. Refuses
 * KEY-CHANGE-ENDORSED.
 */
export async function reachKeyChange(
  verifier: SignatureVerifier,
  change: KeyChange,
  chain: readonly ChainedRoster[],
  kept: readonly Endorsement[],
  until: string,
): Promise<Result<EndorsedChange, Refusal>> {
  const reached = await reachUnderChain(verifier, { document: changeToEndorse(change), written: change.at }, chain, kept, until, "KEY-CHANGE-ENDORSED");
  return reached.ok ? ok({ change, ...reached.value } as unknown as EndorsedChange) : reached;
}

declare const explained: unique symbol;

/** An explanation that a custodian signed. Only `signedExplanation` makes one. */
export type SignedExplanation = {
  readonly [explained]: true;
  readonly explanation: FindingExplanation;
  readonly hash: string;
  readonly at: string;
  readonly person: string;
};

/** The first signature that counts under an explanation: of its own writer, a custodian of the roster in force. Else FINDING-EXPLAINED. */
export async function signedExplanation(
  verifier: SignatureVerifier,
  explanation: FindingExplanation,
  chain: readonly ChainedRoster[],
  kept: readonly Endorsement[],
  until: string,
): Promise<Result<SignedExplanation, Refusal>> {
  const document = explanationToSign(explanation);
  for (const one of kept) {
    const { statement } = one;
    const under = chain.find((chained) => rosterHash(chained.roster) === statement.roster && givenIn(chained, explanation.at, statement.at));
    if (!under || statement.person !== explanation.by) continue;
    const signed = await verifyEndorsement(verifier, under.roster, one);
    if (!signed.ok || !checkEndorsement(document, under.roster, signed.value, until).ok) continue;
    return ok({ explanation, hash: document.hash, at: statement.at, person: statement.person } as SignedExplanation);
  }
  return no("FINDING-EXPLAINED", { finding: explanation.finding });
}

