import NextAuth from "next-auth";
import { z } from "zod";
import { Assertion } from "#lib/ceremony/entry.schema";
import type { Objection } from "#lib/conduct/objection";
import { limitFailures } from "#lib/conduct/limit-tries";
import { signIn, signInByAccount, type SignedIn } from "#lib/conduct/sign-in";
import type { Result } from "#lib/result";
import { authOptions, type SignInVerbs } from "#lib/session/auth-options";
import { addressOf, endSession, originOf, peoplePorts, singleSignOn } from "#lib/wiring/parts";
import { cookieRules } from "#lib/wiring/signed-in";
import { say } from "../../interface";

/** `PublicKeyCredential.toJSON()` of an assertion, as far as it is used. */
const Answer = z
  .object({ id: Assertion.shape.credentialId, response: Assertion.omit({ credentialId: true }).loose() })
  .transform(({ id, response: { authenticatorData, clientDataJSON, signature } }) => ({ credentialId: id, authenticatorData, clientDataJSON, signature }));

const told = (signed: Result<SignedIn, Objection>) => (signed.ok ? { session: signed.value.session } : { code: signed.refusal.code });

const verbs: SignInVerbs = {
  async byPasskey({ challengeId, assertion, client, address }) {
    const answer = Answer.safeParse(assertion);
    if (!answer.success) return { code: "SIGN-IN-REFUSED" };
    return told(await signIn(peoplePorts(), { challengeId, assertion: answer.data, client, address: addressOf(address) }));
  },
  byAccount: async (form) => told(await signInByAccount(peoplePorts(), form)),
  signedOut: endSession,
};

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  const handler = NextAuth(authOptions(cookieRules(), verbs, singleSignOn())) as (request: Request, context: Context) => Promise<Response>;
  return handler(request, context);
}

export const GET = handle;

export async function POST(request: Request, context: Context): Promise<Response> {
  const origin = request.headers.get("origin");
  if (origin !== originOf()) return say({ ok: false, refusal: { code: "OTHER-ORIGIN", facts: {} } });
  const quiet = await limitFailures(peoplePorts(), "sign-in-failed", addressOf(request.headers.get("x-forwarded-for")));
  return quiet.ok ? handle(request, context) : say(quiet);
}
