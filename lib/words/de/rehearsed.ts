import type { rehearsed as english } from "../en/rehearsed";
import type { Translation } from "../translation";

export const rehearsed: Translation<typeof english> = {
  aborted: "Sie wurde abgebrochen.",
  undone: "{n, number} von {of, number} Schritten wurden nicht getan.",
  deviation: "Abweichung der Klasse {class}",
  deviationSaid: "Abweichung der Klasse {class}: {happened}",
  deviationAt: "Abweichung der Klasse {class} bei Schritt {step}",
  deviationAtSaid: "Abweichung der Klasse {class} bei Schritt {step}: {happened}",
  title: "Geprobt",
  passed: "Genau dieser Text wurde in der Probe {id} zu Ende gespielt; sie wurde geschlossen: <at></at>.",
  took: "Sie dauerte {minutes, number} Minuten; geplant waren {planned, number}.",
  people: "Mit {people}.",
  differed: "Was vom Skript abwich:",
  alike: "Nichts wich vom Skript ab.",
  untold: "Mehr sagt die Eröffnung nicht darüber.",
  head: "Ihr letzter Eintrag, zum Vergleich mit dem eigenen Protokoll jener Probe",
  word: "Nach Angabe der Anwendung: Es steht im ersten Eintrag, und die Regeln entscheiden es nicht.",
  none: "Die Eröffnung nennt keine Probe dieses Textes.",
};
