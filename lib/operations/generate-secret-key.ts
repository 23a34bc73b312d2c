import { makeKey, recheckKey, tellKey } from "./key-outcome";
import { orderFacts, orderOf, orderSentence } from "./key-order";
import type { Execute, Operation } from "./operation";
import { mention, textOf } from "./parameters";

const KIND = "secret-key";

/** A key without a public half (AES, HMAC), made inside the HSM: `{label, algorithm, usage, extractable}`. */
export const rules: Operation = {
  name: "generate-secret-key",
  effect: "creates",
  problems: (request) => orderOf(request, KIND).problems,
  makes: (request) => mention(request, KIND),
  needs: () => [],
  sentence(request, token) {
    const { order } = orderOf(request, KIND);
    return order ? orderSentence(order, KIND, token.serial) : `Generate a secret key ${textOf(request, "label")} with unsound parameters.`;
  },
  facts(request) {
    const { order } = orderOf(request, KIND);
    return order ? orderFacts(order) : [];
  },
  recheck: (request, outcome, context) => recheckKey(request, outcome, context, KIND),
  tell: (request, outcome) => tellKey(request, outcome, KIND),
};

export const execute: Execute = (token, request, context) => makeKey(token, request, context, KIND);
