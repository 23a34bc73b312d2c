import type { OperationBook, OperationRules } from "./operation";
import { told } from "./told";

export const labelOf = (request: { readonly [parameter: string]: unknown } | undefined) => (typeof request?.["label"] === "string" ? request["label"] : "");

const operation = (name: string, effect: OperationRules["effect"]): OperationRules => ({
  name,
  effect,
  problems: (request) => (typeof request["label"] === "string" ? [] : [told`A label is missing.`]),
  makes: (request) => (effect === "creates" ? [{ label: labelOf(request), kind: "key-pair" }] : []),
  needs: (request) => (effect === "uses" ? [{ label: labelOf(request), kind: "key-pair" }] : []),
  sentence: (request) => `${name} ${labelOf(request)}`,
  facts: () => [],
  recheck: (request, outcome) => (outcome["label"] === request["label"] ? [] : ["The outcome is about another key."]),
});
/** Looks at another token, the one its parameter names, or at the ceremony's own. May find what nobody accounts for: `stray`. */
const look: OperationRules = {
  ...operation("look", "reads"),
  tokens: ({ token }) => (typeof token === "string" ? [token] : []),
  differs: (_request, { stray }) => (typeof stray === "string" ? { unexpected: 1, missing: 0, appeared: stray } : null),
};
/** Needs a secret from two people, whose PIN it is not said. */
const keep: OperationRules = { ...operation("keep", "uses"), needs: () => [], secrets: () => [{ name: "pin", title: "the PIN", titleIn: { de: "die PIN" }, chosen: true }] };
/** Needs both PINs of the token that its label names; with `one` only one of them, the user's old and new one, or a backup's key. */
const pins: OperationRules = {
  ...operation("pins", "uses"),
  needs: () => [],
  secrets({ label, one }) {
    const told = { title: "the secret", titleIn: { de: "das Geheimnis" }, chosen: true };
    if (one === "backup") return [{ ...told, name: one, whole: `backup ${labelOf({ label })}` }];
    const pin = { ...told, pinOf: labelOf({ label }), holder: "user" } as const;
    if (one === "change") return [{ ...pin, name: "user", chosen: false }, { ...pin, name: "new-user" }];
    return (["security-officer", "user"] as const)
      .filter((holder) => one === undefined || one === holder)
      .map((holder) => ({ ...told, name: holder, pinOf: labelOf({ label }), holder }));
  },
};
/** Gives another token, the one its parameter names, a new identity. */
const renew: OperationRules = {
  ...operation("renew", "destroys"),
  tokens: ({ token }) => (typeof token === "string" ? [token] : []),
  renews: true,
};
const operations = [operation("make", "creates"), operation("use", "uses"), operation("destroy", "destroys"), look, keep, pins, renew];
export const smallBook: OperationBook = { find: (name) => operations.find((one) => one.name === name) ?? null };
