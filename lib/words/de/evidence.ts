import type { evidence as english } from "../en/evidence";
import type { Translation } from "../translation";

export const evidence: Translation<typeof english> = {
  what: "Was",
  kept: "Wo aufbewahrt",
  files: "Dateien, falls es schon welche gibt",
  photo: "Foto davon, falls Sie eines machen",
  note: "Beleg nennen",
  enter: "Wert eintragen",
  sending: "Wird aufgeschrieben …",
  expected: "Erwartet: {value}",
  choose: "Dateien wählen …",
  choosePhoto: "Foto machen oder wählen …",
  hint: "Ihre Hashwerte werden in diesem Browser berechnet. Hochgeladen wird nichts, was Sie nicht Datei für Datei verlangen.",
  hashing: "Hashwert von {name} wird in diesem Browser berechnet: {done} von {size}, {percent, number} %",
  hashed: "{size}, {mediaType}, SHA-256 {start} …",
  cancel: "Abbrechen",
  again: "Von vorn berechnen",
  remove: "{name} von der Liste nehmen",
  cancelled: "{name} wurde abgebrochen. Nichts davon wurde vermerkt; die Berechnung beginnt von vorn.",
  unreadable:
    "{name} ließ sich hier nicht lesen. Liegt die Datei noch am selben Ort, und hat das Programm, das sie schrieb, sie geschlossen? Berechnen Sie sie noch einmal, oder nennen Sie den Beleg ohne Datei.",
  upload: "Auch hier eine Kopie von {name} aufbewahren (bis 20 MiB; alle im Raum können sie herunterladen)",
  uploading: "{name} wird abgegeben …",
  tooLarge: "{name} bleibt, wo sie ist: Mehr als 20 MiB werden nicht angenommen, und was zählt, ist der Hashwert.",
  wait: "Die Hashwerte der Dateien werden noch berechnet. Senden Sie, wenn sie fertig sind, oder brechen Sie ab.",
  named: "Dateien",
  download: "{name} herunterladen",
  notHeld: "nicht hier aufbewahrt",
  by: "{name}, abgegeben von {person}",
  empty: "In {name} steht nichts; das ist kein Beleg.",
};
