import { ok, refuse, type Result } from "../result";
import { admit } from "./admit";
import type { Ceremony } from "./ceremony";
import { examine } from "./examine";
import type { OperationBook } from "./operation";
import type { Refusal } from "./refusal";
import type { SignatureVerifier } from "./signature-verifier";

/** A refusal, and which entry of the transcript it is about (counted from 0 in what was given). */
export type TranscriptRefusal = { readonly at: number; readonly refusal: Refusal };

/** One entry through `examine` and `admit`. */
export async function take(verifier: SignatureVerifier, book: OperationBook, ceremony: Ceremony | null, bytes: Uint8Array): Promise<Result<Ceremony, Refusal>> {
  const checked = await examine(verifier, ceremony, bytes);
  return checked.ok ? admit(ceremony, checked.value, book) : checked;
}

/**
 * A whole transcript decided again, entry by entry, from nothing (or from a state made earlier by this function).
 * Refuses with the first entry that the rules do not admit. An empty transcript is null.
 */
export async function replay(
  verifier: SignatureVerifier,
  book: OperationBook,
  transcript: readonly Uint8Array[],
  from: Ceremony | null = null,
): Promise<Result<Ceremony | null, TranscriptRefusal>> {
  let ceremony = from;
  for (const [at, bytes] of transcript.entries()) {
    const next = await take(verifier, book, ceremony, bytes);
    if (!next.ok) return refuse({ at, refusal: next.refusal });
    ceremony = next.value;
  }
  return ok(ceremony);
}
