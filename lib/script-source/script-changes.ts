import { operationsOf, stepsOf, type OperationRequest, type Script, type Step } from "#lib/ceremony/script";
import { canonicalText, type Json } from "#lib/log/canonical";

/**
 * What another edition of a script changes, in sentences, in the order of a ceremony: the header, then steps that are new, gone,
 * moved or said otherwise. None when both are the same value, however differently their texts are laid out.
 */
export function scriptChanges(before: Script, after: Script): string[] {
  const then = new Map(stepsOf(before).map((step) => [step.step, step]));
  const now = new Map(stepsOf(after).map((step) => [step.step, step]));
  const gone = [...then.values()].filter(({ step }) => !now.has(step));
  return [
    ...headerChanges(before, after),
    ...gone.map((step) => `Step “${step.title}” (${step.step}) is no longer there.`),
    ...movedSentences(before, after),
    ...[...now.values()].flatMap((step) => {
      const old = then.get(step.step);
      return old ? stepChanges(old, step) : [`Step “${step.title}” (${step.step}) is new${placeOf(after, step)}.`];
    }),
  ];
}

/** The acts hold the steps, which are told one by one; the edition is what the two are known by. */
const TOLD_ELSEWHERE = new Set(["acts", "edition"]);

function headerChanges(before: Script, after: Script): string[] {
  const [old, now] = [before, after] as unknown as { readonly [member: string]: Json | undefined }[];
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((member) => !TOLD_ELSEWHERE.has(member));
  return members.flatMap((member) => memberChange(`The script’s ${member}`, old?.[member], now?.[member]));
}

function stepChanges(before: Step, after: Step): string[] {
  const step = `Step “${after.title}” (${after.step})`;
  const [old, now] = [before, after] as unknown as { readonly [member: string]: Json | undefined }[];
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (member) => member !== "step" && member !== "operations",
  );
  const changes = members.flatMap((member) =>
    memberChange(`${step}: its ${SAID[member] ?? member}`, old?.[member], now?.[member]),
  );
  return [...changes, ...operationChanges(step, operationsOf(before), operationsOf(after))];
}

const SAID: { readonly [member: string]: string } = {
  say: "text that is read aloud",
  by: "performers",
  kind: "kind",
  minutes: "planned minutes",
};

function operationChanges(step: string, before: readonly OperationRequest[], after: readonly OperationRequest[]): string[] {
  const count = Math.max(before.length, after.length);
  return Array.from({ length: count }, (_, i) => [before[i], after[i]] as const).flatMap(([old, now], i) => {
    const which = count === 1 ? "the operation" : `operation ${String(i + 1)}`;
    if (!old) return [`${step}: ${which}, ${now?.operation ?? ""}, is new.`];
    if (!now) return [`${step}: ${which}, ${old.operation}, is no longer there.`];
    if (old.operation !== now.operation) return [`${step}: ${which} was ${old.operation} and is ${now.operation}.`];
    const parameters = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return parameters.flatMap((name) => memberChange(`${step}: ${name} of ${now.operation}`, old[name], now[name]));
  });
}

function memberChange(what: string, before: Json | undefined, after: Json | undefined): string[] {
  const [old, now] = [said(before), said(after)];
  if (old === now) return [];
  if (before === undefined) return [`${what} is new: ${now}.`];
  if (after === undefined) return [`${what}, ${old}, is no longer given.`];
  const short = old.length + now.length <= 90;
  return [short ? `${what} was ${old} and is ${now}.` : `${what} is another one.`];
}

const said = (value: Json | undefined): string =>
  value === undefined
    ? ""
    : typeof value === "string"
      ? `“${value}”`
      : canonicalText(value)
          .replaceAll('"', "")
          .replaceAll(/([,:])(?=\S)/g, "$1 ");

/** Steps that both editions have, in another order: the fewest that can be said to have moved. */
function movedSentences(before: Script, after: Script): string[] {
  const places = new Map(stepsOf(before).map((step, i) => [step.step, i]));
  const kept = stepsOf(after).filter(({ step }) => places.has(step));
  const still = longestRising(kept.map(({ step }) => places.get(step) ?? 0));
  return kept
    .filter((_, i) => !still.has(i))
    .map((step) => `Step “${step.title}” (${step.step}) has moved${placeOf(after, step)}.`);
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

function placeOf(script: Script, step: Step): string {
  const steps = stepsOf(script);
  const previous = steps[steps.findIndex((one) => one.step === step.step) - 1];
  return previous ? `, after “${previous.title}”` : ", as the first";
}
