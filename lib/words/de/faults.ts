import type { faults as english } from "../en/faults";
import type { Translation } from "../translation";

export const faults: Translation<typeof english> = {
  notShown: "Nicht angezeigt",
  notShownHeading: "Diese Seite konnte nicht angezeigt werden.",
  notShownWhy:
    "Der Server konnte sie nicht aufbauen, wahrscheinlich weil die Datenbank nicht geantwortet hat. Alles Geschriebene ist bewahrt, und eine laufende Zeremonie steht, wo sie stand. Der Worker wartet, statt zu raten.",
  tryAgainHint: "Versuchen Sie es noch einmal. Bleibt es so, sagen Sie es der Person, die den Server betreibt.",
  tryAgainNumber: "Versuchen Sie es noch einmal. Bleibt es so, sagen Sie es der Person, die den Server betreibt, mit dieser Nummer:",
  tryAgain: "Noch einmal versuchen",
  toFirst: "Zur ersten Seite",
  notHere: "Nicht hier",
  notHereHeading: "Unter dieser Adresse ist nichts.",
  notHereWhy:
    "Vielleicht ist sie vertippt, oder Sie nehmen an der Zeremonie nicht teil, zu der sie gehört. Nichts wurde verändert, nichts ist verloren: Zeremonien und ihre Niederschriften werden nie gelöscht.",
  toWaiting: "Zu dem, was auf Sie wartet",
  code: "Code: <measured>{code}</measured>",
  offline: {
    sentence: "Der Server antwortet nicht.",
    remedy: "Nichts Geschriebenes ist verloren. Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.",
  },
  signedOut: {
    sentence: "Sie sind nicht mehr angemeldet.",
    remedy: "Melden Sie sich wieder an; die Zeremonie geht inzwischen weiter, und nichts ist verloren.",
  },
  http: {
    sentence: "Der Server konnte das nicht tun.",
    remedy: "Das Protokoll ist unverändert. Versuchen Sie es in einem Augenblick noch einmal.",
  },
  passkey: {
    cancelled: "Der Passkey wurde nicht verwendet: Der Vorgang wurde abgebrochen oder dauerte zu lange.",
    broken: "Dieser Browser konnte den Passkey nicht verwenden.",
    remedy:
      "Es wurde nichts unterschrieben und nichts gesendet. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Ihrer Passkeys.",
  },
};
