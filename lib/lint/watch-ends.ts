import type { WorldEvent } from "#lib/ceremony/operation";
import { stepsOf, type OperationStep, type Script, type Step } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import type { Path, Report, Watcher, Work } from "./world";

type Condemned = { readonly path: Path; readonly step: string; readonly called: Told; ended: boolean };

/** What cannot be undone: time passes between the two decisions, the second one is made, and nothing is used after its end. */
export function watchEnds(script: Script, report: Report): Watcher {
  const condemned = new Map<string, Condemned>();
  const ended = new Set<string>();
  const order = stepsOf(script).map(({ step }) => step);

  const condemn = (what: string, called: Told, { path, step }: Work) =>
    condemned.set(what, { path, step: step.step, called, ended: false });
  const destroy = (what: string, called: Told, { path, step }: Work) => {
    const before = condemned.get(what);
    ended.add(what);
    if (before) before.ended = true;
    // Destroyed without being condemned at all: `checkScript` says so.
    if (before && before.step !== step.step && !coolsAfter(step, before.step, order)) {
      report("DESTROY-HASTY", path, told`No time passes between the step that condemns ${called} and this one.`);
    }
  };

  return {
    work(work) {
      for (const { label } of work.rules.needs(work.request)) {
        if (ended.has(keyId(label))) report("USE-AFTER-END", work.path, told`${label} was destroyed in an earlier step.`);
      }
      for (const name of work.rules.tokens?.(work.request) ?? []) {
        if (ended.has(tokenId(name)) && !work.events.some(({ event }) => OF_EMPTY_TOKENS.includes(event))) {
          report("USE-AFTER-END", work.path, told`The token ${name} was zeroised in an earlier step.`);
        }
      }
      for (const event of work.events) {
        if (event.event === "key-condemned") condemn(keyId(event.label), told`the key ${event.label}`, work);
        if (event.event === "key-destroyed") destroy(keyId(event.label), told`the key ${event.label}`, work);
        if (event.event === "token-condemned") condemn(tokenId(event.token), calledToken(event.token), work);
        if (event.event === "token-zeroised") destroy(tokenId(event.token), calledToken(event.token), work);
        if (event.event === "token-initialised") {
          if (!condemned.get(tokenId(event.token))?.ended) destroy(tokenId(event.token), calledToken(event.token), work);
          ended.delete(tokenId(event.token));
        }
      }
    },
    end() {
      for (const { path, called, ended: gone } of condemned.values()) {
        if (!gone) report("CONDEMNED-KEPT", path, told`Condemned and never destroyed: ${called}.`);
      }
    },
  };
}

/** What can still be done with a token that was zeroised. */
const OF_EMPTY_TOKENS: readonly WorldEvent["event"][] = ["token-initialised", "keys-listed", "health-read"];

const keyId = (label: string): string => `key ${label}`;
const calledToken = (name: string | null): Told => (name === null ? told`the token of this ceremony` : told`the token ${name}`);
const tokenId = (name: string | null): string => `token ${name ?? "of-this-ceremony"}`;

/** The cooling-off time runs from the step that condemns, or from one after it. */
function coolsAfter(step: Step, condemning: string, order: readonly string[]): boolean {
  const cooling = (step as OperationStep).cooling;
  return cooling !== undefined && order.indexOf(cooling.after) >= order.indexOf(condemning);
}
