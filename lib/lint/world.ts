import type { Finding, LintCode } from "#lib/ceremony/lint-code";
import type { OperationBook, OperationRules, WorldEvent } from "#lib/ceremony/operation";
import { operationsOf, type OperationRequest, type Script, type Step } from "#lib/ceremony/script";
import type { Told } from "#lib/ceremony/told";

export type Path = Finding["path"];
export type Report = (code: LintCode, path: Path, said: Told) => void;

/** One operation of a step, as it happens in the model: what it is, where it stands, and what it changes or learns. */
export type Work = {
  readonly step: Step;
  /** The last operation of its step: what came of it is what the room still shows when the next step begins. */
  readonly last: boolean;
  readonly path: Path;
  readonly request: OperationRequest;
  readonly rules: OperationRules;
  readonly events: readonly WorldEvent[];
};

/** One part of the model of the world. It sees everything happen in the order of the script, and says what is wrong. */
export interface Watcher {
  step?(step: Step, path: Path): void;
  work?(work: Work): void;
  end?(): void;
}

/**
 * Performs a script in the model: every step, and every operation whose parameters are sound, in order. The watchers keep what
 * they need to know of the world (keys, backups, tokens, who is in the room, what is open) and report what cannot be right.
 */
export function performIn(watchers: readonly Watcher[], script: Script, book: OperationBook): void {
  for (const [a, act] of script.acts.entries()) {
    for (const [s, step] of act.steps.entries()) {
      const path = ["acts", a, "steps", s];
      for (const watcher of watchers) watcher.step?.(step, path);
      for (const work of workOf(step, path, book)) for (const watcher of watchers) watcher.work?.(work);
    }
  }
  for (const watcher of watchers) watcher.end?.();
}

function workOf(step: Step, path: Path, book: OperationBook): Work[] {
  const requests = operationsOf(step);
  return requests.flatMap((request, i) => {
    const rules = book.find(request.operation);
    if (!rules || rules.problems(request).length > 0) return [];
    const events = rules.world?.(request) ?? [];
    return [{ step, last: i === requests.length - 1, path: [...path, "operations", i], request, rules, events }];
  });
}
