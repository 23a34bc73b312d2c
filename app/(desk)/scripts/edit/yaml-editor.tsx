"use client";

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Text } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useWords } from "#components/words";
import type { AreaWords } from "#lib/words/words";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import type { TextFinding } from "./examine-text";
import { editorTheme, ink } from "./editor-theme";
import { scriptCompletions } from "./script-completions";

export type YamlEditorHandle = {
  /** Puts the cursor where a finding stands and gives it the focus. */
  goTo(line: number, column: number): void;
  /** Another text in place of the present one; undo brings the old one back. */
  replace(text: string): void;
};

type YamlEditorProps = {
  initial: string;
  findings: readonly TextFinding[];
  describedBy: string;
  onText: (text: string) => void;
  ref: Ref<YamlEditorHandle>;
};

/**
 * The text of a script, to write in. Tab leaves it, as everywhere else on the page: who lives by the keyboard is not caught.
 * Its styles are let in by the nonce of the page that is on the screen, not of the answer that brought this part.
 */
export function YamlEditor({ initial, findings, describedBy, onText, ref }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const words = useWords("scripts");
  const began = useRef({ initial, describedBy, words });
  const tell = useRef(onText);
  useEffect(() => {
    tell.current = onText;
  }, [onText]);

  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: stateOf(began.current, (text) => {
        tell.current(text);
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    editor.dispatch(
      setDiagnostics(
        editor.state,
        findings.map((finding) => ({
          ...spanOf(doc, finding),
          severity: finding.severity === "advice" ? "info" : finding.severity,
          message: finding.sentence,
        })),
      ),
    );
  }, [findings]);

  useImperativeHandle(ref, () => ({
    goTo(line, column) {
      const editor = view.current;
      if (!editor) return;
      const { from } = spanOf(editor.state.doc, { line, column });
      editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      editor.focus();
    },
    replace(text) {
      view.current?.dispatch({ changes: { from: 0, to: view.current.state.doc.length, insert: text } });
    },
  }));

  return <div ref={place} className="min-h-[24rem] min-w-0 border border-edge bg-sheet" />;
}

function stateOf(
  { initial, describedBy, words }: { initial: string; describedBy: string; words: AreaWords<"scripts"> },
  onText: (text: string) => void,
): EditorState {
  return EditorState.create({
    doc: initial,
    extensions: [
      EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? ""),
      [
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        crosshairCursor(),
      ],
      [
        history(),
        indentUnit.of("  "),
        EditorState.tabSize.of(2),
        indentOnInput(),
        bracketMatching(),
        highlightSelectionMatches(),
        EditorView.lineWrapping,
      ],
      [yaml(), syntaxHighlighting(ink), editorTheme],
      autocompletion({ override: [scriptCompletions(words)], icons: false }),
      keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap]),
      EditorView.contentAttributes.of({
        "aria-label": words("edit.textLabel"),
        tabindex: "0",
        "aria-describedby": describedBy,
        spellcheck: "false",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onText(update.state.doc.toString());
      }),
    ],
  });
}

/** The rest of the line from where a finding stands; the last character of the text when it is shorter by now. */
function spanOf(doc: Text, { line, column }: { line: number; column: number }): { from: number; to: number } {
  const { from, to, length } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return { from: from + Math.min(column - 1, length), to };
}
