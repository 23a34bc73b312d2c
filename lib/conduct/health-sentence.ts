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

/** Every name that a sentence may ask for: a worker of another version may leave one out. */
const UNSAID: Values = Object.fromEntries(
  [
    ...["serial", "ceremonies", "why", "path", "doing", "roster", "version", "newest", "mode", "seq", "at", "looked"],
    ...["again", "until", "name", "found", "expected", "operation"],
  ].map((name) => [name, "?"]),
);

const REASONS: Values = { "LABEL-NOT-LISTED": "label", "PROFILE-HAS-NO-SECURITY-OFFICER-PIN": "officer" };

/** How the worker says it is, in the reader's language; as it wrote it where the catalogues know no such thing. */
export function healthInWords({ state, sentence, facts }: HealthSaid, words: Words): string {
  const said = saidIn(facts);
  if (!said) return sentence;
  const say = words.of("workerHealth");
  const values = valuesOf(said.of, said.values);
  const own = said.of as "busy";
  if (say.has(own) && said.of !== "block") return say(own, values);
  const block = `block.${said.of}` as "block.RULE";
  if (say.has(block)) return say(block, values);
  return state === "blocked" && "seq" in said.values ? say("block.RULE", values) : sentence;
}

/** The row is the worker's own, but no more than JSON to whoever reads it. */
function saidIn(facts: unknown): { readonly of: string; readonly values: Values } | null {
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
