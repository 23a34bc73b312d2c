import {
  pickedCompletion,
  snippet,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { OPERATIONS } from "#lib/operations/book";
import { scriptSchema } from "#lib/operations/script-json-schema";
import { completionsAt, type OwnWords, type Schema, type Suggestion } from "#lib/script-source/complete-script";

const schema = scriptSchema as Schema;

/** CodeMirror's question, answered by the schema, the book of operations and the text itself. */
export function completeScript(context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const found = completionsAt(text, context.pos, schema, ownWords);
  if (!found || (!context.explicit && !context.matchBefore(/[\w-]+|[-:[{,] $/))) return null;
  const whole = found.empty ? (WHOLE[found.path.join("/")] ?? []) : [];
  const options = [...whole, ...found.suggestions.map(optionOf)];
  return options.length === 0 ? null : { from: found.from, options, validFor: /^[\w.-]*$/ };
}

function optionOf({ word, detail, info, follows }: Suggestion): Completion {
  const apply = (view: EditorView, completion: Completion, from: number, to: number) => {
    view.dispatch({
      changes: { from, to, insert: word + follows },
      selection: { anchor: from + word.length + follows.length },
      annotations: pickedCompletion.of(completion),
    });
    // What may stand behind "kind: " is the next thing to choose.
    if (follows === ": ") startCompletion(view);
  };
  return {
    label: word,
    apply,
    ...(detail === "" ? {} : { detail }),
    ...(info === "" ? {} : { info }),
    boost: detail === "needed" ? 10 : 0,
  };
}

const ownWords: OwnWords = (path, text) => {
  switch (path.at(-1)) {
    case "operation":
      return OPERATIONS.map(({ name, effect }) => ({ word: name, detail: effect }));
    case "label":
    case "issuer":
      return wordsAfter(text, "label").map((word) => ({ word, detail: "a key of this script" }));
    case "token":
    case "to":
      return wordsAfter(text, "token").map((word) => ({ word, detail: "a token of this script" }));
    case "after":
    case "aloud":
      return wordsAfter(text, "step").map((word) => ({ word, detail: "a step of this script" }));
    default:
      return [];
  }
};

const wordsAfter = (text: string, name: string): string[] => [
  ...new Set([...text.matchAll(new RegExp(`\\b${name}: *([\\w.:-]+)`, "g"))].map((found) => found[1] ?? "")),
];

const step = (kind: string, detail: string, rest: string): Completion => ({
  label: `step: ${kind}`,
  detail,
  apply: snippet(
    `step: \${id}\n\tkind: ${kind}\n\ttitle: \${Title}\n\tminutes: \${5}\n\tsay: >-\n\t\t\${What is read aloud.}\n\t${rest}`,
  ),
  boost: 20,
});

/** Whole pieces, where a list is begun. */
const WHOLE: { readonly [path: string]: readonly Completion[] } = {
  "acts/*/steps/*": [
    step("statement", "read aloud and acknowledged", "by: [\${operator, witness}]"),
    step("attendance", "a witness checks who is here", "by: [witness]"),
    step("check", "a value read by two people", "value: \${Serial number}\n\tphysical: true\n\tby: [operator, witness]"),
    step("operation", "asked of the token", "operations:\n\t\t- operation: \${token-health}"),
    step("evidence", "a file, and where it is kept", "what: \${Camera, and the name of the file}\n\tby: [operator]"),
    step("pause", "a break", "by: [operator]"),
    step("sign-off", "everybody signs, the last step", "by: [operator, custodian, witness]"),
  ],
  "acts/*": [
    { label: "act", detail: "a group of steps", apply: snippet("act: ${id}\n\ttitle: ${Title}\n\tsteps:\n\t\t- ${}"), boost: 20 },
  ],
};
