import type { English } from "../english";
import type { Translation } from "../translation";

export const wall: Translation<English["wall"]> = {
  title: "Raumanzeige",
  rehearsal: "PROBE",
  production: "ECHTBETRIEB",
  chain: "Kette",
  stepOf: "Schritt {number} von {steps}",
  stepCode: "Code dieses Schritts",
  stepCodeNone: "noch nicht geöffnet",
  ofNeeded: "von",
  lost: "Nicht verbunden. Was hier steht, kann veraltet sein.",
  stopped: "ANGEHALTEN von {name}: {reason}",
  goingOn: "Weiter nach Ausnahmeblatt {sheet, number}: Wer stimmt zu?",
  break: "PAUSE. Die Aufnahme läuft weiter. Nichts wird gesagt, eingegeben oder unterschrieben, bevor alle wieder gezählt sind.",
  aborted: "Die Zeremonie wurde abgebrochen.",
  complete: "Die Zeremonie ist abgeschlossen.",
  everyStep: "Alle Schritte sind ausgeführt.",
  record: "SHA-256 der Niederschrift",
  who: "Wer schon und wer noch nicht",
  code: "QR-Code dessen, was zu unterschreiben ist, für ein Zweitgerät",
  codePart: "Code {part} von {parts}",
  codeFor:
    "Lesen Sie ihn mit Ihrem Zweitgerät und vergleichen Sie dessen Wörter mit denen auf dem Gerät, auf dem Sie unterschreiben.",
  compare: "Mit einem Zweitgerät vergleichen",
  compareWhy:
    "Ein anderes Gerät, auf dem die Seite „Zweitgerät“ installiert ist, liest diesen Code, errechnet die Wörter selbst und sagt, was unterschrieben würde.",
  signInCode: "QR-Code dieser Anmeldung, für ein Zweitgerät",
  signInShow: "Zeigen, was mein Passkey unterschreiben wird",
  signInAbout: "Der Hash dieser Anmeldung. Sie gibt nichts frei.",
};
