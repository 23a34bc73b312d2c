import { haltMeaning } from "#lib/words/halt-meaning";
import { reasonIn } from "#lib/words/reason-in";
import type { Words } from "#lib/words/words";

/** What a worker last said about itself in its health row. */
export type HealthSaid = {
  readonly state: string;
  /** In English, as the worker's own log has it. */
  readonly sentence: string;
  /** What it is about, so that it can be said in every language: `said`, with what it says it of. */
  readonly facts?: unknown;
  readonly seenAt: string;
};

type Values = Readonly<Record<string, string>>;
type Said = { readonly of: string; readonly values: Values };

/** Every name that a sentence may ask for: a worker of another version may leave one out. */
const UNSAID: Values = Object.fromEntries(
  [
    ...["serial", "ceremonies", "why", "path", "doing", "roster", "version", "newest", "mode", "seq", "at", "looked"],
    ...["again", "until", "name", "found", "expected", "operation", "ceremony", "origin", "what", "count", "day", "within"],
  ].map((name) => [name, "?"]),
);

const REASONS: Values = { "LABEL-NOT-LISTED": "label", "PROFILE-HAS-NO-SECURITY-OFFICER-PIN": "officer" };

/** How the worker says it is, in the reader's language; as it wrote it where the catalogues know no such thing. */
export function healthInWords({ state, sentence, facts }: HealthSaid, words: Words): string {
  const said = saidIn(facts);
  if (!said) return sentence;
  const say = words.of("workerHealth");
  const values = valuesOf(said.of, { ...said.values, ...reasonsOf(said, words) });
  const own = said.of as "busy";
  if (say.has(own) && said.of !== "block") return withMeaning(say(own, values), said, words);
  const block = `block.${said.of}` as "block.RULE";
  if (say.has(block)) return withMeaning(say(block, values), said, words);
  return state === "blocked" && "seq" in said.values ? say("block.RULE", values) : sentence;
}

/** What is said of a token names PKCS#11's or the worker's own code; what that means follows. */
function withMeaning(sentence: string, { of, values }: Said, words: Words): string {
  if (of !== "token-silent" && of !== "OTHER-TOKEN-THERE") return sentence;
  const code = values["why"]?.replace(/^\w+: /, "").replace(/ \(0x[0-9a-f]+\)$/, "") ?? "";
  const meaning = haltMeaning(code, words);
  return meaning === null ? sentence : `${sentence} ${meaning}`;
}

/** Sentences that end in a reason, and which of their values it is. */
const REASONED: Readonly<Record<string, string>> = {
  "log-stopped": "why",
  "log-differs": "what",
  "RECORD-MINE": "why",
  "RECORD-SEALED": "why",
  "TIME-STAMPED": "why",
};

/** A reason in the reader's language. One that nobody has put into it, a fault that nobody foresaw, is quoted as the worker has it. */
function reasonsOf({ of, values }: Said, words: Words): Values {
  const name = REASONED[of];
  const given = name === undefined ? undefined : values[name];
  if (name === undefined || given === undefined || words.language === "en") return {};
  const [, fault = "", said = given] = /^(\w*(?:Error|Fault)): (.+)$/s.exec(given) ?? [];
  return { [name]: `${fault && `${fault}: `}${reasonIn(said, words.language) ?? `„${said}“`}` };
}

/** The row is the worker's own, but no more than JSON to whoever reads it. */
function saidIn(facts: unknown): Said | null {
  const said = memberOf(facts, "said");
  const [of, values] = [memberOf(said, "of"), memberOf(said, "values")];
  if (typeof of !== "string") return null;
  const texts = Object.entries(values ?? {}).map(([name, value]) => [name, String(value)] as const);
  return { of, values: Object.fromEntries(texts) };
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

function valuesOf(code: string, given: Values) {
  const values: Values = { ...UNSAID, ...given };
  const { roster = "", why = "", again = "", until = "", doing = "", seq = "" } = values;
  return {
    ...{ ...values, doing, seq, code, rosterStart: roster.slice(0, 12), reason: REASONS[why] ?? "other" },
    ...{ againAt: again.slice(11, 19), untilAt: until.slice(11, 19) },
  };
}
