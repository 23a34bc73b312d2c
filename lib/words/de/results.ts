import type { results as english } from "../en/results";
import type { Translation } from "../translation";

export const results: Translation<typeof english> = {
  done: "Erledigt; vom Schriftführer unterschrieben um <time></time>",
  doneAfter: "Erledigt; vom Schriftführer unterschrieben um <time></time> nach <took></took>",
  found: "Nach einer Unterbrechung erledigt vorgefunden, nicht noch einmal getan; vom Schriftführer unterschrieben um <time></time>",
  foundAfter:
    "Nach einer Unterbrechung erledigt vorgefunden, nicht noch einmal getan; vom Schriftführer unterschrieben um <time></time> nach <took></took>",
  readBack: "Aus dem Token zurückgelesen",
  needless: "{text} (das hat niemand verlangt)",
};
