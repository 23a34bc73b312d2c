import NextAuth from "next-auth";
import { limitFailures } from "#lib/conduct/limit-tries";
import { authOptions } from "#lib/session/auth-options";
import { object } from "#lib/conduct/objection";
import { addressOf, originOf, peoplePorts, singleSignOn } from "#lib/wiring/parts";
import { noteRefusedAct } from "#lib/wiring/refused-acts";
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
  const ours = request.headers.get("origin") === originOf();
  const address = addressOf(request.headers.get("x-forwarded-for"));
  const may = ours ? await limitFailures(peoplePorts(), "sign-in-failed", address) : object("OTHER-ORIGIN");
  if (may.ok) return handle(request, context);
  await noteRefusedAct({ request, params: await context.params }, may.refusal.code);
  return say(may, words);
}
