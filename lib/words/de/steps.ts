import type { steps as english } from "../en/steps";
import type { Translation } from "../translation";

export const steps: Translation<typeof english> = {
  acts: "Akte",
  outline: "Übersicht",
  act: "Akt {n, number}",
  done: "erledigt",
  doneAfterTitle: ", erledigt",
  doneOf: "{done, number} von {of, number} Schritten erledigt",
  opened: "geöffnet <at></at>",
  opensFrom: "kann ab <at></at> geöffnet werden",
  planned: "geplant: {minutes, number} min",
  minutes: "{minutes, number} min",
  halted: "Dieser Schritt kam zum Stehen.",
  haltedAtToken: "Dieser Schritt kam am Token zum Stehen.",
  expired: "Die Frist zum Unterschreiben ist abgelaufen.",
  expiredAbout:
    "Was unterschrieben wurde, bleibt im Protokoll, zählt aber nicht mehr. Die Zeremonienleitung vermerkt eine Abweichung und öffnet den Schritt neu.",
  aloud: "{what}, zum Vorlesen",
  progress: "Wer schon und wer noch nicht",
  count: "<b><n>{done}</n> von <n>{takes}</n></b>",
  counted: {
    statement: "bestätigt",
    pause: "beendet",
    attendance: "geprüft",
    check: "abgelesen",
    operation: "freigegeben",
    evidence: "benannt",
    "sign-off": "unterschrieben",
  },
  takes: "· nötig: {rule}",
  seals: "Siegel von Schritt {number, number}",
  doings: "Was bei Schritt {number, number} getan wurde",
  since: "Seit <at></at>.",
};
