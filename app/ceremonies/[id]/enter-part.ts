import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import { partInfo, partProblem, type PartProblem } from "#lib/ceremony/secret-parts";
import { sealPart } from "#lib/hpke/sealed-part";
import { base64url, fromBase64url, sha256Hex, utf8 } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import type { AreaWords } from "#lib/words/words";
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
/** What is wrong with what was typed, and what would be right; null when nothing is. */
export function partObjection(
  typed: string,
  { least, most }: Pick<PartTurn, "least" | "most">,
  words: AreaWords<"halves">,
): string | null {
  const limits = { signs: String(typed.length), least: String(least), most: String(most) };
  const said: { readonly [name in PartProblem]: () => string } = {
    "PART-CHARACTERS": () => words("characters"),
    "PART-TOO-SHORT": () => words("tooShort", limits),
    "PART-TOO-LONG": () => words("tooLong", limits),
  };
  const found = partProblem(utf8(typed), { least, most });
  return found && said[found]();
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
  words: AreaWords<"halves">,
): Promise<Answer<{ seq: number; hash: string }>> {
  const { me } = view;
  if (view.recorder?.fingerprint !== compared)
    return problem("RECORDER-NOT-COMPARED", words("notCompared"), words("nothingSent"));
  const call = await readCall(view, webCryptoVerifier);
  if (!call || !me)
    return problem("CALL-NOT-SIGNED", words("notSigned"), words("nothingSent"));
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
    return problem("NOT-A-STATEMENT", words("noStatement"), words("nothingSent"));

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
