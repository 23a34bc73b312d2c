import type { KeyMention } from "#lib/ceremony/operation";
import { orderFacts, orderInGerman, orderOf, orderParameters, orderSentence } from "./key-order";
import { makeKey, recheckKey, tellKey } from "./key-outcome";
import type { Operation } from "./operation";
import { mention, textOf } from "./parameters";

/** An operation that makes one key of this kind inside the HSM: `{label, algorithm, usage, extractable}`. */
export function keyGeneration(
  name: string, kind: KeyMention["kind"], own: Pick<Operation, "example" | "work">,
): Operation {
  return {
    name,
    effect: "creates",
    parameters: orderParameters(kind),
    ...own,
    problems: (request) => orderOf(request, kind).problems,
    makes: (request) => mention(request, kind),
    needs: () => [],
    world(request) {
      const { order } = orderOf(request, kind);
      return order ? [{ event: "key-made", kind, ...order }] : [];
    },
    sentence(request, token) {
      const { order } = orderOf(request, kind);
      return order
        ? orderSentence(order, token.serial)
        : `Generate a ${kind.replace("-", " ")} ${textOf(request, "label")} with unsound parameters.`;
    },
    sentenceIn: {
      de(request, token) {
        const { order } = orderOf(request, kind);
        return order ? orderInGerman(order, token.serial) : `Einen Schlüssel ${textOf(request, "label")} mit untauglichen Angaben erzeugen.`;
      },
    },
    facts(request) {
      const { order } = orderOf(request, kind);
      return order ? orderFacts(order) : [];
    },
    recheck: (request, outcome, context) => recheckKey(request, outcome, context, kind),
    tell: (request, outcome) => tellKey(request, outcome, kind),
    execute: (token, request, context) => makeKey(token, request, context, kind),
  };
}
