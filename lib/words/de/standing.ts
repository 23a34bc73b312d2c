import type { standing as english } from "../en/standing";
import type { Translation } from "../translation";

export const standing: Translation<typeof english> = {
  title: "Zeremonie",
  phase: { running: "Im Gang", break: "Pause", stopped: "Angehalten", aborted: "Abgebrochen", closed: "Geschlossen" },
  chain: "Kette",
  entry: "Eintrag",
  chainHash: "Hash des letzten Eintrags: {hash}",
  display: "Raumanzeige",
  cameOf: "Was daraus geworden ist",
  worker: "Der Worker",
  keys: "Erzeugte Schlüssel ({n, number})",
  noKeys: "Noch keiner. Ein Schlüssel erscheint hier, wenn der Schriftführer sein Ergebnis unterschrieben hat.",
  keyPair: "{algorithm}-Schlüsselpaar, Schritt {step, number}, <at></at>",
  secretKey: "Geheimer {algorithm}-Schlüssel, Schritt {step, number}, <at></at>",
  standsOn: "Worauf diese Zeremonie beruht",
  organisation: "Organisation und Ort",
  opened: "Eröffnet",
  script: "Skript",
  scriptEdition: "{title}, Ausgabe {edition, number}",
  roster: "Teilnehmerliste, Fassung {version, number}",
  token: "Das Token",
  tokenSays: "{label}, {model}, Seriennummer <serial></serial>",
  otherToken: "Weiteres Token: {name}",
  recorder: "Zertifikat des Schriftführers, SHA-256",
  lastEntry: "Der letzte von {n, number} Einträgen",
  ended: {
    everyStep: "Alle Schritte sind getan.",
    aborted: "Die Zeremonie wurde abgebrochen.",
    complete: "Die Zeremonie ist abgeschlossen.",
  },
  abortedBy: "Von {name}, weil: {reason}",
  sealed:
    "Ihre Niederschrift wurde am <at></at> gesiegelt. Sie enthält jeden Eintrag, jede Unterschrift und jedes Ergebnis und lässt sich noch in Jahren ohne diesen Server prüfen.",
  download: "Niederschrift herunterladen",
  trustAnchor: "Vertrauensanker",
  recordHash: "SHA-256 der Datei mit der Niederschrift",
  howToCheck: "Wie man sie prüft",
  checkAbout:
    "Wer die Datei hat, kann dies ausführen, auch ohne Netz. Nur den Fingerabdruck unten muss man von anderswo mitbringen: Nehmen Sie ihn aus dem Sitzungsprotokoll des Tages, an dem dieses HSM eingerichtet wurde, nicht von dieser Seite.",
  checkCommand: "Befehl, der die Niederschrift prüft",
  trustAnchorHash: "SHA-256 des Zertifikats des Schriftführers, des Vertrauensankers",
};
