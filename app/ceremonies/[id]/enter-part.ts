import type { MyAct, RoomView } from "#lib/conduct/room";
import { partInfo, partProblem, type PartProblem } from "#lib/ceremony/secret-parts";
import { sealPart } from "#lib/hpke/sealed-part";
import { base64url, fromBase64url, sha256Hex, utf8 } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { ask, type Answer, type Problem } from "../../ask";
import { readCall } from "./read-call";
import { readStatement, type Proposal } from "./read-statement";
import { signStatement } from "../../sign-statement";
import type { Send } from "./use-room";

export type PartTurn = Extract<MyAct, { act: "enter-part" }>;

const problem = (code: string, sentence: string, remedy: string): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem: { code, sentence, remedy },
});
const NOTHING_SENT = "Nothing was sent. Stop the ceremony, and let the administrator of the system look.";

/** What is wrong with what was typed, and what would be right; null when nothing is. */
export function partObjection(typed: string, { least, most }: Pick<PartTurn, "least" | "most">): string | null {
  const said: { readonly [name in PartProblem]: string } = {
    "PART-CHARACTERS":
      "Use letters from A to z, digits and the signs of an English keyboard, without blanks: every keyboard must give the same.",
    "PART-TOO-SHORT": `Your half has ${String(typed.length)} signs, and needs ${String(least)} at least.`,
    "PART-TOO-LONG": `Your half has ${String(typed.length)} signs, and may have ${String(most)} at most.`,
  };
  const found = partProblem(utf8(typed), { least, most });
  return found && said[found];
}

/**
 * Encrypts one part to the worker's key of this call, after checking whose key it is, has my passkey sign the hash of the
 * ciphertext, and sends both. `compared` is the fingerprint of the recorder that this browser's holder compared: the call of any
 * other is encrypted to by nobody. What was typed leaves this function only encrypted; its bytes are overwritten.
 */
export async function enterPart(
  view: RoomView,
  turn: PartTurn,
  typed: string,
  compared: string,
  send: Send,
): Promise<Answer<{ seq: number; hash: string }>> {
  const { me } = view;
  if (view.recorder?.fingerprint !== compared)
    return problem("RECORDER-NOT-COMPARED", "This is not the recorder that was compared in this browser.", NOTHING_SENT);
  const call = await readCall(view, webCryptoVerifier);
  if (!call || !me)
    return problem(
      "CALL-NOT-SIGNED",
      "The worker's call for secrets does not carry the signature of this ceremony's recorder.",
      NOTHING_SENT,
    );
  const place = { invitation: call.hash, secret: turn.secret, part: turn.part } as const;
  const part = utf8(typed);
  const info = partInfo({ ceremony: view.id, nonce: call.nonce, person: me.person, ...place });
  const ciphertext = await sealPart(fromBase64url(call.body.publicKey), info, part).finally(() => part.fill(0));
  const sha256 = sha256Hex(ciphertext);

  const query = new URLSearchParams({ act: "enter-part", step: turn.step, ...place, part: String(turn.part), sha256, person: me.person });
  const proposed = await ask<Proposal>(`/api/ceremonies/${view.id}/statement?${query.toString()}`);
  if (!proposed.ok) return proposed;
  const intended = { act: "enter-part", step: turn.step, verdict: null, remark: "", part: { ...place, sha256 } } as const;
  const read = await readStatement(proposed.value, intended, view);
  if (!read?.sound)
    return problem("NOT-A-STATEMENT", "What the server proposes to sign is not what you typed here.", NOTHING_SENT);

  const signed = await signStatement(read.hash, view.rp.id, me.passkeys);
  if (!signed.ok) return signed;
  return send({
    act: "sign",
    statement: read.text,
    openings: [],
    assertion: signed.assertion,
    ciphertext: base64url(ciphertext),
  });
}
