import NextAuth from "next-auth";
import { limitFailures } from "#lib/conduct/limit-tries";
import { authOptions } from "#lib/session/auth-options";
import { addressOf, originOf, peoplePorts, singleSignOn } from "#lib/wiring/parts";
import { languageAsked } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { cookieRules } from "#lib/wiring/signed-in";
import { say } from "../../interface";
import { signInVerbs } from "./sign-in-verbs";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  const handler = NextAuth(authOptions(cookieRules(), signInVerbs, singleSignOn())) as (
    request: Request,
    context: Context,
  ) => Promise<Response>;
  return handler(request, context);
}

export const GET = handle;

export async function POST(request: Request, context: Context): Promise<Response> {
  const words = wordsIn(languageAsked(request.headers));
  const origin = request.headers.get("origin");
  if (origin !== originOf()) return say({ ok: false, refusal: { code: "OTHER-ORIGIN", facts: {} } }, words);
  const quiet = await limitFailures(peoplePorts(), "sign-in-failed", addressOf(request.headers.get("x-forwarded-for")));
  return quiet.ok ? handle(request, context) : say(quiet, words);
}
