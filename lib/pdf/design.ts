import { PAGE } from "./canvas";
import type { TextStyle } from "./text-lines";

/** Ink on paper, one accent; red is kept for refusals, needless capabilities and deviations of class D, and never stands alone. */
export const COLOUR = {
  ink: "#1a1c20",
  soft: "#5a5f68",
  hairline: "#cbcfd5",
  accent: "#1c4173",
  red: "#9d1b1b",
  rehearsal: "#f2e4e1",
} as const;

export const MARGIN = { left: 62, right: 62, top: 82, bottom: 74 } as const;
export const BODY = { width: PAGE.width - MARGIN.left - MARGIN.right, bottom: PAGE.height - MARGIN.bottom } as const;

/** Lines of a style stand this many times its size apart. */
export const LEADING = { text: 1.42, spoken: 1.5, tight: 1.3 } as const;

export const STYLE = {
  coverTitle: { face: "spoken-bold", size: 29, colour: COLOUR.ink },
  recital: { face: "spoken", size: 12.5, colour: COLOUR.ink },
  h1: { face: "spoken-bold", size: 19, colour: COLOUR.ink },
  h2: { face: "spoken-bold", size: 13, colour: COLOUR.ink },
  h3: { face: "done-bold", size: 10.6, colour: COLOUR.ink },
  text: { face: "done", size: 9.8, colour: COLOUR.ink },
  strong: { face: "done-bold", size: 9.8, colour: COLOUR.ink },
  small: { face: "done", size: 8.6, colour: COLOUR.ink },
  note: { face: "done", size: 8.6, colour: COLOUR.soft },
  label: { face: "done-bold", size: 8.2, colour: COLOUR.soft },
  spoken: { face: "spoken", size: 11.2, colour: COLOUR.ink },
  /** What was said, in another language than the one that counts. */
  translated: { face: "spoken", size: 9.4, colour: COLOUR.soft },
  measured: { face: "measured", size: 8, colour: COLOUR.ink },
  measuredSmall: { face: "measured", size: 7.1, colour: COLOUR.soft },
  running: { face: "done", size: 8, colour: COLOUR.soft },
  runningHash: { face: "measured", size: 6.1, colour: COLOUR.soft },
} as const satisfies Record<string, TextStyle>;
