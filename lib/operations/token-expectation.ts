import type { OperationRequest } from "#lib/ceremony/script";
import { joined, sentenceOf, told, type Told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";

/** What a script expects of a token before it lets anything be made on it. */
export interface TokenExpectation {
  readonly model?: string;
  readonly firmware?: string;
  /** Each must be set; PKCS#11's names without `CKF_`. */
  readonly flags?: readonly string[];
  /** Each must be offered; PKCS#11's names without `CKM_`. */
  readonly mechanisms?: readonly string[];
  /** None may be offered: PKCS#11 has no word for an approved mode, which shows in what a module no longer does. */
  readonly withoutMechanisms?: readonly string[];
}

const TEXTS = ["model", "firmware"] as const;
const LISTS = ["flags", "mechanisms", "withoutMechanisms"] as const;
const NAME = /^[A-Za-z0-9_]{1,64}$/;
/** What a token says of itself has no quotation marks; neither may what is expected, for it stands in a sentence. */
const WORDS = /^[A-Za-z0-9 ._:/()+-]{1,64}$/;

/** The parameter `expect`, or the sentences that say why it is none; null where it is left out. */
export function expectationOf(
  { expect }: OperationRequest,
): { readonly expectation: TokenExpectation | null; readonly problems: Told[] } {
  if (expect === undefined) return { expectation: null, problems: [] };
  if (typeof expect !== "object" || expect === null || Array.isArray(expect)) {
    return { expectation: null, problems: [told`What is expected has members: ${[...TEXTS, ...LISTS].join(", ")}.`] };
  }
  const members = expect as { readonly [name: string]: Json };
  const known: readonly string[] = [...TEXTS, ...LISTS];
  const strange = Object.keys(members).filter((name) => !known.includes(name));
  const problems = strange.map((name) => told`A token is not expected to have ${name}: ${known.join(", ")}.`);
  if (Object.keys(members).length === 0) problems.push(told`Nothing is expected: leave it out, or say what.`);
  for (const name of TEXTS) {
    const value = members[name];
    if (value !== undefined && !(typeof value === "string" && WORDS.test(value))) {
      problems.push(told`The expected ${name} is a text of plain letters, 64 at most.`);
    }
  }
  for (const name of LISTS) {
    const value = members[name];
    const sound = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && NAME.test(item));
    if (value !== undefined && !sound) problems.push(told`The expected ${name} are a list of names such as those of PKCS#11.`);
  }
  return problems.length > 0 ? { expectation: null, problems } : { expectation: members, problems };
}

export interface TokenFound {
  readonly model: string;
  readonly firmware: string;
  readonly flags: readonly string[];
  readonly mechanisms: readonly string[];
}

/** The members in which a token is not what was expected, each with what was missed: "model", "flags LOGIN_REQUIRED". */
export function unexpectedIn(expectation: TokenExpectation | null, found: TokenFound): string[] {
  if (!expectation) return [];
  const texts = TEXTS.filter((name) => expectation[name] !== undefined && expectation[name] !== found[name]);
  const lists = LISTS.flatMap((name) => {
    const listed = name === "withoutMechanisms" ? found.mechanisms : found[name];
    const wrong = (expectation[name] ?? []).filter((item) => listed.includes(item) === (name === "withoutMechanisms"));
    return wrong.length > 0 ? [`${name} ${wrong.join(" ")}`] : [];
  });
  return [...texts, ...lists];
}

const IN_WORDS: Readonly<Record<(typeof LISTS)[number], Told>> = {
  flags: told`flags`,
  mechanisms: told`mechanisms`,
  withoutMechanisms: told`none of the mechanisms`,
};
const OF_TEXTS: Readonly<Record<(typeof TEXTS)[number], Told>> = { model: told`model`, firmware: told`firmware` };

/** What `expectationInWords` says, in German: for a row, and for a sentence. */
export const EXPECTATION_IN_GERMAN: { readonly [english: string]: string } = {
  model: "Modell",
  firmware: "Firmware",
  flags: "Flags",
  mechanisms: "Mechanismen",
  "none of the mechanisms": "keinen der Mechanismen",
  "{0} and {1}": "{0} und {1}",
};

/** "model SoftHSM v2, firmware 2.6, flags RNG, none of the mechanisms RC4 and MD2" */
export const expectationInWords = (expectation: TokenExpectation): Told =>
  joined(
    [
      ...TEXTS.flatMap((name) => (expectation[name] === undefined ? [] : [told`${OF_TEXTS[name]} ${expectation[name]}`])),
      ...LISTS.flatMap((name) => (expectation[name] === undefined ? [] : [listed(IN_WORDS[name], expectation[name])])),
    ],
    ", ",
  );

export const expectationInGerman = (expectation: TokenExpectation): string =>
  sentenceOf(expectationInWords(expectation), (text) => EXPECTATION_IN_GERMAN[text] ?? text);

const listed = (of: Told, names: readonly string[]): Told =>
  told`${of} ${names.reduce<Told | string>((all, name, i) => (i === 0 ? name : told`${all} and ${name}`), "")}`;
