import { z, type ZodType } from "zod";
import { asAdministrator, type Administrator } from "#lib/conduct/administrator";
import { object, type Objection, type ObjectionName } from "#lib/conduct/objection";
import { objectionSentence } from "#lib/conduct/objection-sentence";
import { TranscriptFault } from "#lib/conduct/transcript";
import { ok, refuse, type Result } from "#lib/result";
import { languageAsked } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { addressOf, isDatabaseGone, originOf, peoplePorts } from "#lib/wiring/parts";
import { noteRefusedAct } from "#lib/wiring/refused-acts";
import { actorOf, type SignedInActor } from "#lib/wiring/signed-in";
import { readBody } from "./read-body";

export type Asked<F> = {
  readonly request: Request;
  readonly params: { readonly [name: string]: string };
  readonly form: F;
  /** Where the request came from, for limits. */
  readonly address: string;
};
type Answer = Result<unknown, Objection> | Response;
/** Next gives no parameters to a route that has none. */
type Context = { readonly params: Promise<{ readonly [name: string]: string } | undefined> };
type Handler = (request: Request, context: Context) => Promise<Response>;

const nothing = z.undefined();

type BodyReader = (request: Request) => Promise<Result<unknown, Objection>>;
/** For work that reads the body itself, once it knows from whom it comes. */
export const leaveBody: BodyReader = () => Promise.resolve(ok(undefined));

/** For anybody, signed in or not. That an act is refused is noted before it is told. */
export const forAnyone =
  <F = undefined>(
    work: (asked: Asked<F>) => Promise<Answer>,
    form: ZodType<F> = nothing as unknown as ZodType<F>,
    body: BodyReader = readBody,
  ): Handler =>
  async (request, context) => {
    const words = wordsIn(languageAsked(request.headers));
    try {
      const params = (await context.params) ?? {};
      const read = await readForm(request, form, body);
      const asked = (value: F) => ({ request, params, form: value, address: addressOf(request.headers.get("x-forwarded-for")) });
      const answer: Answer = read.ok ? await work(asked(read.value)).catch(faultSaid) : read;
      if (answer instanceof Response) return answer;
      if (!answer.ok) await noteRefusedAct({ request, params }, answer.refusal.code);
      return say(answer, words);
    } catch (fault) {
      return say(faultSaid(fault), words);
    }
  };

/** For people who are signed in. */
export const forPeople = <F = undefined>(
  work: (asked: Asked<F>, actor: SignedInActor) => Promise<Answer>,
  form?: ZodType<F>,
): Handler =>
  forAnyone<F>(async (asked) => {
    const actor = await actorOf(asked.request.headers.get("cookie"));
    return actor ? work(asked, actor) : object("NOT-SIGNED-IN");
  }, form);

/** For administrators who signed in with a passkey. */
export const forAdministrators = <F = undefined>(
  work: (asked: Asked<F>, administrator: Administrator) => Promise<Answer>,
  form?: ZodType<F>,
): Handler =>
  forPeople<F>(async (asked, actor) => {
    const administrator = await asAdministrator(peoplePorts().people, actor);
    return administrator.ok ? work(asked, administrator.value) : administrator;
  }, form);

async function readForm<F>(request: Request, form: ZodType<F>, body: BodyReader): Promise<Result<F, Objection>> {
  if (request.method === "GET" || request.method === "HEAD") return ok(undefined as F);
  // A page elsewhere may make a browser send a request with our cookie, but not with our origin (RFC 6454 section 7).
  if (request.headers.get("origin") !== originOf()) return object("OTHER-ORIGIN");
  const read = request.method === "DELETE" ? ok(undefined) : await body(request);
  if (!read.ok) return read;
  const parsed = form.safeParse(read.value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return object("FORM", { where: issue?.path.join("/") ?? "", problem: issue?.message ?? "" });
}

/** Parses query parameters as a form; each at most once. */
export function readQuery<F>(request: Request, form: ZodType<F>): Result<F, Objection> {
  const parsed = form.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return object("FORM", { where: issue?.path.join("/") ?? "", problem: issue?.message ?? "" });
}

/** JSON for a value; `{error: {code, sentence, remedy, facts}}`, in those words, with its status for an objection. Not cached. */
export function say(answer: Result<unknown, Objection>, words = wordsIn("en")): Response {
  const headers = { "cache-control": "no-store" };
  if (answer.ok) return Response.json(answer.value, { headers });
  const { code, facts } = answer.refusal;
  const { status, sentence, remedy } = objectionSentence(answer.refusal, words);
  const seconds = facts["seconds"];
  const retry = typeof seconds === "number" ? { "retry-after": String(seconds) } : {};
  return Response.json({ error: { code, sentence, remedy, facts } }, { status, headers: { ...headers, ...retry } });
}

/** The world broke: noted for whoever runs the server, and told without its insides. */
export function faultSaid(fault: unknown): Result<never, Objection> {
  const said = (code: ObjectionName) => refuse({ code, facts: {} });
  if (isDatabaseGone(fault)) return said("DATABASE-GONE");
  console.error(fault);
  return said(fault instanceof TranscriptFault ? "TRANSCRIPT-BROKEN" : "FAULT");
}
