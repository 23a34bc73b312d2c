import { base64url, fromBase64url, fromHex } from "#lib/log/digest";
import { wordsHere } from "#components/words";
import type { Problem } from "./ask";

export type SignedAssertion = {
  readonly credentialId: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
};
type Signing = { readonly ok: true; readonly assertion: SignedAssertion } | { readonly ok: false; readonly problem: Problem };

/**
 * Asks one of my passkeys to sign the hash (hex) of a statement: the hash is the challenge, and nothing the server says is.
 * User verification is required. A passkey that was not used is a problem with words, never an exception.
 */
export async function signStatement(hash: string, rpId: string, passkeys: readonly string[]): Promise<Signing> {
  try {
    const credential = await navigator.credentials.get({
      publicKey: {
        challenge: new Uint8Array(fromHex(hash)),
        rpId,
        userVerification: "required",
        timeout: 180_000,
        allowCredentials: passkeys.map((id) => ({ type: "public-key", id: new Uint8Array(fromBase64url(id)) })),
      },
    });
    const { response, rawId } = credential as PublicKeyCredential;
    const { authenticatorData, clientDataJSON, signature } = response as AuthenticatorAssertionResponse;
    const spell = (bytes: ArrayBuffer) => base64url(new Uint8Array(bytes));
    return {
      ok: true,
      assertion: {
        credentialId: spell(rawId),
        authenticatorData: spell(authenticatorData),
        clientDataJSON: spell(clientDataJSON),
        signature: spell(signature),
      },
    };
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : "unknown";
    const cancelled = name === "NotAllowedError" || name === "AbortError";
    const words = wordsHere().of("faults");
    const sentence = words(cancelled ? "passkey.cancelled" : "passkey.broken");
    return { ok: false, problem: { code: name, sentence, remedy: words("passkey.remedy") } };
  }
}
