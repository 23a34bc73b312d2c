import { operationsOf, stepsOf, type OperationRequest, type Script, type Step } from "#lib/ceremony/script";
import { canonicalText, type Json } from "#lib/log/canonical";
import type { AreaWords, Words } from "#lib/words/words";

type Told = AreaWords<"scripts">;

/**
 * What another edition of a script changes, in sentences of the reader's language, in the order of a ceremony: the header, then
 * steps that are new, gone, moved or said otherwise. None when both are the same value, however differently their texts are laid out.
 */
export function scriptChanges(before: Script, after: Script, words: Words): string[] {
  const told = words.of("scripts");
  const then = new Map(stepsOf(before).map((step) => [step.step, step]));
  const now = new Map(stepsOf(after).map((step) => [step.step, step]));
  const gone = [...then.values()].filter(({ step }) => !now.has(step));
  return [
    ...headerChanges(before, after, told),
    ...gone.map(({ title, step }) => told("told.stepGone", { title, step })),
    ...movedSentences(before, after, told),
    ...[...now.values()].flatMap((step) => {
      const old = then.get(step.step);
      return old ? stepChanges(old, step, told) : [placed("New", after, step, told)];
    }),
  ];
}

/** The acts hold the steps, which are told one by one; the edition is what the two are known by. */
const TOLD_ELSEWHERE = new Set(["acts", "edition"]);

type Members = { readonly [member: string]: Json | undefined };

function headerChanges(before: Script, after: Script, told: Told): string[] {
  const [old, now] = [before, after] as unknown as Members[];
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((member) => !TOLD_ELSEWHERE.has(member));
  return members.flatMap((name) =>
    memberChange(told("told.scriptHas", { member: called(name, told) }), old?.[name], now?.[name], told),
  );
}

function stepChanges(before: Step, after: Step, told: Told): string[] {
  const { title, step } = after;
  const [old, now] = [before, after] as unknown as Members[];
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (member) => member !== "step" && member !== "operations",
  );
  const changes = members.flatMap((name) =>
    memberChange(told("told.stepHas", { title, step, member: called(name, told) }), old?.[name], now?.[name], told),
  );
  return [...changes, ...operationChanges(after, operationsOf(before), operationsOf(after), told)];
}

/** Members that people have a word for; every other is called as in the file. */
const SAID: { readonly [member: string]: "said" | "performers" | "kind" | "minutes" | "translations" | undefined } = {
  say: "said",
  by: "performers",
  kind: "kind",
  minutes: "minutes",
  in: "translations",
};

function called(member: string, told: Told): string {
  const key = SAID[member];
  return key ? told(`told.${key}`) : member;
}

function operationChanges(
  { title, step }: Step,
  before: readonly OperationRequest[],
  after: readonly OperationRequest[],
  told: Told,
): string[] {
  const count = Math.max(before.length, after.length);
  return Array.from({ length: count }, (_, i) => [before[i], after[i]] as const).flatMap(([old, now], i) => {
    const which = count === 1 ? told("told.theOperation") : told("told.nthOperation", { n: i + 1 });
    const what = told("told.stepAsks", { title, step, what: which });
    if (!old) return [told("told.operationNew", { what, operation: now?.operation ?? "" })];
    if (!now) return [told("told.operationGone", { what, operation: old.operation })];
    if (old.operation !== now.operation) return [told("told.otherwise", { what, old: old.operation, now: now.operation })];
    const parameters = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return parameters.flatMap((parameter) =>
      memberChange(told("told.parameter", { title, step, parameter, operation: now.operation }), old[parameter], now[parameter], told),
    );
  });
}

function memberChange(what: string, before: Json | undefined, after: Json | undefined, told: Told): string[] {
  const [old, now] = [said(before, told), said(after, told)];
  if (old === now) return [];
  if (before === undefined) return [told("told.given", { what, now })];
  if (after === undefined) return [told("told.notGiven", { what, old })];
  const short = old.length + now.length <= 90;
  return [short ? told("told.otherwise", { what, old, now }) : told("told.another", { what })];
}

const said = (value: Json | undefined, told: Told): string =>
  value === undefined
    ? ""
    : typeof value === "string"
      ? told("told.quoted", { text: value })
      : canonicalText(value)
          .replaceAll('"', "")
          .replaceAll(/([,:])(?=\S)/g, "$1 ");

/** Steps that both editions have, in another order: the fewest that can be said to have moved. */
function movedSentences(before: Script, after: Script, told: Told): string[] {
  const places = new Map(stepsOf(before).map((step, i) => [step.step, i]));
  const kept = stepsOf(after).filter(({ step }) => places.has(step));
  const still = longestRising(kept.map(({ step }) => places.get(step) ?? 0));
  return kept
    .filter((_, i) => !still.has(i))
    .map((step) => placed("Moved", after, step, told));
}

/** The indexes of one longest rising run of the numbers, which are all different. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const best = numbers.map(() => 1);
  const from = numbers.map(() => -1);
  for (let i = 0; i < numbers.length; i++) {
    for (let j = 0; j < i; j++) {
      if ((numbers[j] ?? 0) < (numbers[i] ?? 0) && (best[j] ?? 0) + 1 > (best[i] ?? 0)) {
        best[i] = (best[j] ?? 0) + 1;
        from[i] = j;
      }
    }
  }
  const still = new Set<number>();
  for (let at = best.indexOf(Math.max(0, ...best)); at >= 0; at = from[at] ?? -1) still.add(at);
  return still;
}

function placed(what: "New" | "Moved", script: Script, { title, step }: Step, told: Told): string {
  const steps = stepsOf(script);
  const previous = steps[steps.findIndex((one) => one.step === step) - 1];
  return previous ? told(`told.step${what}`, { title, step, after: previous.title }) : told(`told.step${what}First`, { title, step });
}
