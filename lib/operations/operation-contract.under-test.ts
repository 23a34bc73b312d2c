import { expect, test } from "vitest";
import type { Fact, Outcome } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { sentenceOf, type Told } from "#lib/ceremony/told";
import { canonical } from "#lib/log/canonical";
import type { KeyAlgorithm } from "#lib/token/algorithm";
import { FakeToken } from "#lib/token/fake-token.under-test";
import type { Token } from "#lib/token/token";
import { attributeIn, factName, valueIn } from "#lib/words/fact-name";
import { LANGUAGES } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { bookOf } from "./book";
import { keyBefore } from "./key-before.under-test";
import type { ExecuteContext, Operation, Telling } from "./operation";
import { changed, PerformedOperations } from "./performed-operations.under-test";
import { otherTokenOf } from "./token-json";

/** An operation's own example, played on fake tokens after a look at their health. */
export interface Played {
  readonly request: OperationRequest;
  readonly outcome: Outcome;
  readonly context: ExecuteContext;
  readonly performed: PerformedOperations;
  /** The calls that it made at the ceremony's own token. */
  readonly calls: ReadonlySet<string>;
  /** Objects on the ceremony's own token and on the other one, before it and after it. */
  readonly objects: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** Plays it among these operations. Keys that the example finds are there before. Throws when something is refused. */
export async function playExample({ example }: Operation, operations: readonly Operation[]): Promise<Played> {
  const book = bookOf(operations);
  const performed = new PerformedOperations(book);
  const found = example.flatMap((request) => book.find(request.operation)?.world?.(request) ?? []).filter(({ event }) => event === "key-identified");
  for (const key of found) {
    const algorithm = example.find(({ label }) => "label" in key && label === key.label)?.["algorithm"] as KeyAlgorithm;
    await keyBefore(performed, { ...("label" in key ? { label: key.label } : {}), algorithm });
  }
  for (const request of [{ operation: "token-health" }, ...example.slice(0, -1)]) await performed.do(request);
  const request = example.at(-1);
  if (!request) throw new Error("the example is empty");
  const calls = watch(performed);
  const count = () => [performed.memory, performed.vaultMemory].map(({ objects }) => objects.length);
  const before = count();
  const done = await performed.do(request);
  return { request, ...done, performed, calls, objects: { before, after: count() } };
}

/** The names of the calls made from now on. */
function watch(performed: PerformedOperations): ReadonlySet<string> {
  const calls = new Set<string>();
  const names = Object.getOwnPropertyNames(FakeToken.prototype).filter((name) => name !== "constructor" && name !== "failNext");
  const honest = performed.token;
  performed.token = new Proxy(honest, {
    get(_, name) {
      const member: unknown = Reflect.get(honest, name, honest);
      if (typeof name === "string" && names.includes(name)) calls.add(name);
      return typeof member === "function" ? (member.bind(honest) as unknown) : member;
    },
  });
  return calls;
}

/** What anybody at a token may see: an operation that only reads asks it for nothing else. */
const SEEN_BY_ANYBODY: readonly string[] = ["info", "mechanisms", "lookById", "listObjects", "exportPublicKey", "checkValue", "random"] satisfies (keyof Token)[];

/** One rule that an operation keeps; throws when it does not. */
export type Rule = { readonly rule: string; readonly keeps: (operation: Operation, operations: readonly Operation[]) => Promise<void> | void };

const requestOf = ({ example }: Operation): OperationRequest => example.at(-1) ?? { operation: "none" };
const DEVICES = { serial: "3f9a77c0aa11bb22", others: { vault: "77aa11bb22cc33dd" } };
/** The parameters that stand in words of work as `{label}` and the like. */
const askedIn = (text = ""): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter ?? "").sort();

const plays = new WeakMap<Operation, Promise<Played>>();
function playedOnce(operation: Operation, operations: readonly Operation[]): Promise<Played> {
  const playing = plays.get(operation) ?? playExample(operation, operations);
  plays.set(operation, playing);
  return playing;
}

/**
 * What every operation keeps, so that app, worker, linter, screens, published schema, record and verifier can take it as it is:
 * all that they need stands in its own file. `operations` are those that its example is played among, itself too.
 */
export const CONTRACT: readonly Rule[] = [
  {
    rule: "its example ends with it and is asked as it wants to be asked",
    keeps(operation, operations) {
      const { name, example, parameters } = operation;
      const request = requestOf(operation);
      expect(request.operation).toBe(name);
      for (const one of example) expect(bookOf(operations).find(one.operation)?.problems(one), JSON.stringify(one)).toEqual([]);
      for (const parameter of Object.keys(request)) expect(["operation", ...Object.keys(parameters)]).toContain(parameter);
    },
  },
  {
    rule: "it knows the parameters that it describes, and no others",
    keeps(operation) {
      const { name, parameters } = operation;
      const request = requestOf(operation);
      const unknown = (parameter: string) => `${name} has no parameter called ${parameter}.`;
      const sentences = (asked: OperationRequest) => operation.problems(asked).map((said) => sentenceOf(said));
      expect(sentences({ ...request, strange: 1 })).toContain(unknown("strange"));
      for (const [parameter, { description }] of Object.entries(parameters)) {
        expect(sentences({ operation: name, [parameter]: null })).not.toContain(unknown(parameter));
        expect(description).toMatch(/^[A-Z].*[.]$/);
      }
    },
  },
  {
    rule: "its sentence stands in every language and names in each the same devices, keys and backups",
    keeps(operation) {
      const request = requestOf(operation);
      const { serial, others } = DEVICES;
      const [english, german] = [operation.sentence(request, DEVICES), operation.sentenceIn.de(request, DEVICES)];
      expect(english).toMatch(/3f9a77c0aa11bb22|77aa11bb22cc33dd/);
      for (const other of operation.tokens?.(request) ?? []) expect(english).toContain(others[other as "vault"]);
      const texts = Object.entries(request).flatMap(([name, value]) => (name !== "operation" && typeof value === "string" ? [value] : []));
      for (const sign of [serial, others.vault, ...texts].filter((one) => english.includes(one))) expect(german).toContain(sign);
      expect(german).not.toBe(english);
      for (const sentence of [english, german]) expect(sentence).toMatch(/[.]$/);
    },
  },
  {
    rule: "the room has words for it in every language, and each says what the others say",
    keeps(operation) {
      const { parameters, work } = operation;
      expect(Object.keys(work).sort()).toEqual([...LANGUAGES].sort());
      expect(work.en.doing).toMatch(/^[a-z]+ing .*[a-z0-9}]$/);
      for (const which of ["doing", "done"] as const) {
        expect(askedIn(work.de[which])).toEqual(askedIn(work.en[which]));
        for (const parameter of askedIn(work.en[which])) expect(Object.keys(parameters)).toContain(parameter);
        if (work.en[which] !== undefined) expect(work.de[which]).not.toBe(work.en[which]);
      }
    },
  },
  {
    rule: "its secrets are called by name in every language",
    keeps(operation) {
      const request = requestOf(operation);
      for (const { title, titleIn } of operation.secrets?.(request) ?? []) {
        expect(titleIn.de).not.toBe(title);
        for (const sign of ["vault", String(request["backup"])]) expect(titleIn.de.includes(sign)).toBe(title.includes(sign));
      }
    },
  },
  {
    rule: "its outcome is canonical, and a verifier finds nothing wrong with it",
    async keeps(operation, operations) {
      const request = requestOf(operation);
      const { outcome, context } = await playedOnce(operation, operations);
      expect(() => canonical(outcome)).not.toThrow();
      expect(operation.recheck(request, outcome, context)).toEqual([]);
    },
  },
  {
    rule: "refuses an outcome that says more, or less",
    async keeps(operation, operations) {
      const request = requestOf(operation);
      const { outcome, context } = await playedOnce(operation, operations);
      expect(operation.recheck(request, { ...outcome, extra: true }, context)).toContain("outcome has a member extra that is not known");
      for (const member of Object.keys(outcome)) {
        expect(operation.recheck(request, changed(outcome, member, undefined), context), member).not.toEqual([]);
      }
    },
  },
  {
    rule: "refuses work done on another token than the work before it",
    async keeps(operation, operations) {
      const request = requestOf(operation);
      const { outcome, context } = await playedOnce(operation, operations);
      const elsewhere = changed(outcome, "token.serial", "0000000000000000");
      // Other tokens are known from the start, by the name under which the recorder announced them; one made anew is another.
      const known = operation.renews !== true && (context.earlier.length > 0 || otherTokenOf(request) !== null);
      expect(operation.recheck(request, elsewhere, context).some((problem) => /the work before it|announced as vault/.test(problem))).toBe(known);
    },
  },
  {
    rule: "tells its outcome, in every language, and does not break over one that cannot be read",
    async keeps(operation, operations) {
      const { rowsIn } = operation;
      const request = requestOf(operation);
      const { outcome } = await playedOnce(operation, operations);
      const told = operation.tell(request, outcome);
      expect(unsaid([...operation.facts(request), ...told.facts], rowsIn)).toEqual([]);
      expect(told.facts.length).toBeGreaterThan(0);
      expect(told.facts.every(({ value }) => value !== "")).toBe(true);
      expect(untranslated(told, rowsIn)).toEqual([]);
      expect(() => operation.tell(request, {})).not.toThrow();
    },
  },
  {
    rule: "does to the token what its effect says, and no less: only what reads goes without a quorum",
    async keeps(operation, operations) {
      const request = requestOf(operation);
      const { calls, objects } = await playedOnce(operation, operations);
      const { effect } = operation;
      const [own = 0, other = 0] = objects.after.map((count, i) => count - (objects.before[i] ?? 0));
      if (effect === "reads") expect([...calls].filter((call) => !SEEN_BY_ANYBODY.includes(call))).toEqual([]);
      if (effect === "reads") expect({ other, secrets: operation.secrets }).toEqual({ other: 0, secrets: undefined });
      expect(own > 0, "it makes keys").toBe(effect === "creates");
      expect(operation.makes(request).length > 0, "it names the keys that it makes").toBe(effect === "creates");
      if (effect !== "destroys") expect(Math.min(own, other), "nothing is gone").toBe(0);
    },
  },
];

/** A test for each rule. */
export function operationContract(operation: Operation, operations: readonly Operation[]): void {
  for (const { rule, keeps } of CONTRACT) test(rule, () => keeps(operation, operations));
}

/** Formats, names that a maker or X.509 gives: neither measured nor words of ours. */
const NAMES = new Set(["Sealed", "Wrapped by", "Maker and model", "The key may"]);

/** Rows whose value is neither measured nor words that can be said in another language; and words that cannot. */
function unsaid(facts: readonly Fact[], rowsIn: Operation["rowsIn"]): string[] {
  const texts = ({ text, values }: Told): string[] => [text, ...values.flatMap((value) => (typeof value === "string" ? [] : texts(value)))];
  const missing = (text: string) => /\p{L}/u.test(text) && valueIn({ text, values: [] }, wordsIn("de"), rowsIn) === text;
  return facts.flatMap(({ name, value, measured, said }) => {
    if (said) return sentenceOf(said) === value ? texts(said).filter(missing) : [name];
    return measured || NAMES.has(name) ? [] : [name];
  });
}

/** Names of rows that neither the operation nor the catalogues have in every language. */
function untranslated({ facts, attributes, fingerprint }: Telling, rowsIn: Operation["rowsIn"]): string[] {
  const rows = facts.filter(({ called }) => !called).map(({ name }) => name);
  const untold = facts.filter(({ name, called }) => called && (sentenceOf(called) !== name || valueIn(called, wordsIn("de"), rowsIn) === name));
  const isKept = (name: string) => factName(name, wordsIn("de"), rowsIn) === name;
  const marks = attributes.map(({ text }) => text).filter((text) => attributeIn(text, wordsIn("de"), rowsIn) === text);
  return [...rows, ...(fingerprint ? [fingerprint.of] : [])].filter(isKept).concat(untold.map(({ name }) => name), marks);
}
