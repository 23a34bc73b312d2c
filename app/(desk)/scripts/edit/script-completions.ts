import {
  pickedCompletion,
  snippet,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { OPERATIONS } from "#lib/operations/every-operation";
import { scriptSchema } from "#lib/operations/script-json-schema";
import type { AreaWords } from "#lib/words/words";
import { completionsAt, type OwnWords, type Schema, type Suggestion } from "#lib/script-source/complete-script";

const schema = scriptSchema as Schema;

/**
 * CodeMirror's question, answered by the schema, the book of operations and the text itself. What the schema says of a member
 * stands in its own language.
 */
export function scriptCompletions(words: AreaWords<"scripts">): (context: CompletionContext) => CompletionResult | null {
  const own = ownWords(words);
  const wholePieces = wholeIn(words);
  return (context) => {
    const text = context.state.doc.toString();
    const found = completionsAt(text, context.pos, schema, own);
    if (!found || (!context.explicit && !context.matchBefore(/[\w-]+|[-:[{,] $/))) return null;
    const whole = found.empty ? (wholePieces[found.path.join("/")] ?? []) : [];
    const options = [...whole, ...found.suggestions.map(optionOf)];
    return options.length === 0 ? null : { from: found.from, options, validFor: /^[\w.-]*$/ };
  };
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

const ownWords = (words: AreaWords<"scripts">): OwnWords => (path, text) => {
  switch (path.at(-1)) {
    case "operation":
      return OPERATIONS.map(({ name, effect }) => ({ word: name, detail: effect }));
    case "label":
    case "issuer":
      return wordsAfter(text, "label").map((word) => ({ word, detail: words("complete.key") }));
    case "token":
    case "to":
      return wordsAfter(text, "token").map((word) => ({ word, detail: words("complete.token") }));
    case "after":
    case "aloud":
      return wordsAfter(text, "step").map((word) => ({ word, detail: words("complete.step") }));
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
const wholeIn = (words: AreaWords<"scripts">): { readonly [path: string]: readonly Completion[] } => ({
  "acts/*/steps/*": [
    step("statement", words("complete.statement"), "by: [\${operator, witness}]"),
    step("attendance", words("complete.attendance"), "by: [witness]"),
    step("check", words("complete.check"), "value: \${Serial number}\n\tphysical: true\n\tby: [operator, witness]"),
    step("operation", words("complete.operation"), "operations:\n\t\t- operation: \${token-health}"),
    step("evidence", words("complete.evidence"), "what: \${Camera, and the name of the file}\n\tby: [operator]"),
    step("pause", words("complete.pause"), "by: [operator]"),
    step("sign-off", words("complete.signOff"), "by: [operator, custodian, witness]"),
  ],
  "acts/*": [
    { label: "act", detail: words("complete.act"), apply: snippet("act: ${id}\n\ttitle: ${Title}\n\tsteps:\n\t\t- ${}"), boost: 20 },
  ],
});
