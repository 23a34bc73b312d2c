import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const MEASURED = "var(--font-measured)";

/** Ink on paper: what is a name is set heavier, what is no part of the script is quiet. Colours are kept for findings. */
export const ink = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], fontWeight: "650" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--quiet)" },
  { tag: tags.invalid, color: "var(--halt)" },
]);

const popup = {
  backgroundColor: "var(--sheet)",
  color: "var(--ink)",
  border: "1px solid var(--edge)",
  borderRadius: "3px",
  fontFamily: "var(--font-done)",
};
const wavy = (colour: string) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy ${colour}`,
  textUnderlineOffset: "3px",
  textDecorationSkipInk: "none",
});

export const editorTheme = EditorView.theme({
  "&": { backgroundColor: "var(--sheet)", color: "var(--ink)", fontSize: "0.85rem", height: "min(76dvh, 60rem)" },
  "&.cm-focused": { outline: "3px solid var(--turn)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: MEASURED, lineHeight: "1.6", fontVariantNumeric: "tabular-nums" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0", fontFeatureSettings: '"zero", "calt" 0' },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--quiet)", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sunken) 60%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--rule)", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": {
    backgroundColor: "color-mix(in srgb, var(--turn) 26%, transparent)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--turn-wash)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--turn-wash)",
    outline: "1px solid var(--edge)",
  },
  ".cm-foldPlaceholder": { backgroundColor: "var(--sunken)", color: "var(--quiet)", border: "1px solid var(--edge)" },
  ".cm-lintRange-error": wavy("var(--halt)"),
  ".cm-lintRange-warning": wavy("var(--wait)"),
  ".cm-lintRange-info": wavy("var(--edge)"),
  ".cm-tooltip": popup,
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MEASURED, maxHeight: "18em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--turn)", color: "var(--turn-ink)" },
  ".cm-completionDetail": { fontFamily: "var(--font-done)", fontStyle: "normal", marginLeft: "1rem", opacity: "0.8" },
  ".cm-completionMatchedText": { textDecoration: "underline", textUnderlineOffset: "3px" },
  ".cm-tooltip.cm-completionInfo": { ...popup, padding: "0.5rem 0.75rem", maxWidth: "24rem" },
  ".cm-diagnostic": {
    fontFamily: "var(--font-done)",
    fontSize: "0.95rem",
    padding: "0.4rem 0.75rem",
    borderLeft: "4px solid var(--edge)",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--halt)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--wait)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", fontFamily: "var(--font-done)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--edge)" },
  ".cm-searchMatch": { backgroundColor: "var(--wait-wash)", outline: "1px solid var(--wait)" },
  ".cm-textfield": { backgroundColor: "var(--sheet)", border: "1px solid var(--edge)", color: "var(--ink)" },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--sheet)",
    border: "1px solid var(--edge)",
    color: "var(--ink)",
  },
});
