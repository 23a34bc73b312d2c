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

/** How many entries are examined at once: enough to keep the platform's crypto threads busy, few enough to stop soon. */
const WINDOW = 64;

/**
 * A whole transcript decided again, entry by entry, from nothing (or from a state made earlier by this function).
 * Refuses with the first entry that the rules do not admit. An empty transcript is null. `hear` is told now and then how many
 * entries were admitted.
 *
 * Signatures are examined a window at a time: `examine` looks only at the roster and the recorder of a ceremony, and
 * `admit` lets neither change once the recorder is attached.
 */
export async function replay(
  verifier: SignatureVerifier,
  book: OperationBook,
  transcript: readonly Uint8Array[],
  from: Ceremony | null = null,
  hear: (entries: number) => void = () => undefined,
): Promise<Result<Ceremony | null, TranscriptRefusal>> {
  let ceremony = from;
  for (let at = 0; at < transcript.length; ) {
    const settled = ceremony;
    const window = transcript.slice(at, at + (settled?.recorder ? WINDOW : 1));
    const examined = await Promise.all(window.map((bytes) => examine(verifier, settled, bytes)));
    for (const checked of examined) {
      const next: Result<Ceremony, Refusal> = checked.ok ? admit(ceremony, checked.value, book) : checked;
      if (!next.ok) return refuse({ at, refusal: next.refusal });
      ceremony = next.value;
      at++;
    }
    hear(at);
  }
  return ok(ceremony);
}
