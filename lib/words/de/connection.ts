import type { connection as english } from "../en/connection";
import type { Translation } from "../translation";

export const connection: Translation<typeof english> = {
  gone: "Die laufende Verbindung ist unterbrochen. Nichts, was aufgezeichnet wurde, ist verloren.",
  lostTitle: "Nicht verbunden.",
  lost: "{sentence} Sie sehen den Stand von <at></at>; diese Seite versucht es von selbst wieder.",
  leftTitle: "Sie nehmen an dieser Zeremonie nicht mehr teil.",
  left: "Jemand anderes hat Ihren Platz, und was im Raum geschieht, wird Ihnen nicht gezeigt. Sie sehen den Stand von <at></at>.",
  signedOutTitle: "Abgemeldet.",
  signInAgain: "Melden Sie sich wieder an.",
  unconfirmedTitle: "Gesendet, aber nicht bestätigt.",
  unconfirmed:
    "Auf das, was Sie um <at></at> gesendet haben ({act}), kam noch keine Antwort; ob es im Protokoll steht, ist ungewiss. Tun Sie es nicht noch einmal und lassen Sie diese Seite offen: Sobald der Server antwortet, wird es nachgeschlagen und Ihnen gesagt.",
  notWritten: {
    sentence: "Die Verbindung brach ab, und dies wurde nicht aufgeschrieben.",
    remedy: "Das wurde eben im Protokoll nachgeschlagen. Was Sie getippt haben, steht noch da: Senden Sie es noch einmal.",
  },
  earlierWrittenTitle: "Es wurde aufgeschrieben.",
  earlierWritten:
    "Was Sie vor dem Neuladen dieser Seite gesendet hatten ({act}), ist Eintrag {seq, number} des Protokolls. Tun Sie es nicht noch einmal.",
  earlierNotTitle: "Es wurde nicht aufgeschrieben.",
  earlierNot:
    "Was Sie vor dem Neuladen dieser Seite gesendet hatten ({act}), kam nicht an. Was Sie getippt haben, steht noch da: Senden Sie es noch einmal.",
  understood: "Verstanden",
  stoppedTitle: "Angehalten von {name}.",
  stopped: "Um <at></at>: {reason} Was bis dahin getan wurde, gilt.",
  goingOn: "Weiter nach Ausnahmeblatt {sheet, number}: <b>{agreed, number} von {needed, number}</b> stimmen zu ({rule}).",
  goingOnBy: "Zugestimmt: {names}.",
  lookingOnTitle: "Sie sehen zu.",
  lookingOn: "Sie haben an dieser Zeremonie keinen Anteil: Sie sehen alles und können nichts ändern.",
  act: {
    "open-step": "das Öffnen des Schritts",
    acknowledge: "Ihre Bestätigung",
    "check-identity": "die Identität, die Sie geprüft haben",
    "enter-value": "der Wert, den Sie abgelesen haben",
    "note-evidence": "die Belege, die Sie genannt haben",
    sign: "was Sie unterschrieben haben",
    "note-deviation": "Ihre Abweichung",
    stop: "Ihr Halt",
    resume: "das Fortsetzen der Zeremonie",
    abort: "der Abbruch der Zeremonie",
    other: "Ihre letzte Handlung",
  },
  expiry: {
    until: "offen bis <at></at>, noch <b>{left}</b>",
    over: "offen bis <at></at>; die Zeit ist um",
    minutes: "Noch {minutes, plural, one {# Minute} other {# Minuten}}, um bei diesem Schritt zu unterschreiben.",
    seconds: "Noch {seconds, plural, one {# Sekunde} other {# Sekunden}}, um bei diesem Schritt zu unterschreiben.",
    overAloud: "Die Zeit, bei diesem Schritt zu unterschreiben, ist um.",
    drift:
      "Die Uhr dieses Geräts geht {seconds, plural, one {# Sekunde} other {# Sekunden}} {direction, select, ahead {vor} other {nach}}; gezählt wird nach der Uhr des Servers.",
  },
};
