import { z } from "zod";
import { Assertion } from "#lib/ceremony/assertion.schema";
import type { Objection } from "#lib/conduct/objection";
import { signIn, signInByAccount, type SignedIn } from "#lib/conduct/sign-in";
import type { Result } from "#lib/result";
import type { SignInVerbs } from "#lib/session/auth-options";
import { addressOf, endSession, peoplePorts } from "#lib/wiring/parts";
import { faultSaid } from "../../interface";

/** `PublicKeyCredential.toJSON()` of an assertion, as far as it is used. */
const Answer = z
  .object({ id: Assertion.shape.credentialId, response: Assertion.omit({ credentialId: true }).loose() })
  .transform(({ id, response: { authenticatorData, clientDataJSON, signature } }) => ({
    credentialId: id,
    authenticatorData,
    clientDataJSON,
    signature,
  }));

const told = (signed: Result<SignedIn, Objection>) =>
  signed.ok ? { session: signed.value.session } : { code: signed.refusal.code };

/** next-auth puts the message of whatever is thrown here into an address that strangers see: nothing may be thrown. */
const toldAnyway = (signing: Promise<Result<SignedIn, Objection>>) =>
  signing.then(told, (fault: unknown) => told(faultSaid(fault)));

export const signInVerbs: SignInVerbs = {
  async byPasskey({ challengeId, assertion, client, address }) {
    const answer = Answer.safeParse(assertion);
    if (!answer.success) return { code: "SIGN-IN-REFUSED" };
    return toldAnyway(signIn(peoplePorts(), { challengeId, assertion: answer.data, client, address: addressOf(address) }));
  },
  byAccount: (form) => toldAnyway(signInByAccount(peoplePorts(), form)),
  signedOut: endSession,
};
