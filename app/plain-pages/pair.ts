import { element } from "./element";

/** A fact of a list (`dl`): what it is, and what it is here. */
export const pair = (term: string, value: string | Node): HTMLDivElement =>
  element("div", {}, element("dt", {}, term), element("dd", {}, value));

/** Text to be compared sign by sign. */
export const measured = (text: string): HTMLSpanElement => element("span", { class: "measured" }, text);
