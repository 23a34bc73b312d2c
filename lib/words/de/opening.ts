import type { opening as english } from "../en/opening";
import type { Translation } from "../translation";

export const opening: Translation<typeof english> = {
  title: "Eine Zeremonie eröffnen",
  intro:
    "Wählen Sie das geprüfte Skript und wer welche Aufgabe übernimmt. Ist die Zeremonie eröffnet, lässt sich beides nicht mehr ändern: Es steht im ersten Eintrag des Protokolls.",
  noRoster: "Es gibt noch keine Teilnehmerliste. <people>Laden Sie Personen ein, und veröffentlichen Sie eine</people>.",
  noScript: "Es gibt noch kein Skript. <scripts>Fügen Sie eines hinzu</scripts>.",
  script: "Skript",
  reviewed: "Geprüftes Skript",
  choice: "{title}, Ausgabe {edition, number}",
  choiceMissing: "{title}, Ausgabe {edition, number} (nicht unterschrieben)",
  hash: "Sein Hash, zum Vergleich mit dem geprüften Ausdruck",
  name: "Titel dieser Zeremonie",
  place: "Ort",
  placeExample: "Gebäude, Raum",
  notEndorsed: "Dieses Skript ist für den Echtbetrieb nicht unterschrieben.",
  notEndorsedWhy:
    "{n, plural, one {# weiterer Schlüsselverwahrer muss} other {# weitere Schlüsselverwahrer müssen}} es lesen und mit einem Passkey unterschreiben: <page>Seine Seite zeigt, auf wen gewartet wird</page>.",
  rehearsals: "Proben dieses Textes",
  rehearsalAsked: "Der Echtbetrieb verlangt eine, die bis zum Ende gespielt wurde und höchstens {days, number} Tage alt ist.",
  cast: "Besetzung",
  fromRoster: "Aus Fassung {version, number} der Teilnehmerliste.",
  needs: "Was das Skript verlangt",
  have: "{n, number} von {needed}",
  goNoGo: "Freigabe des Beginns",
  cannot: "Diese Besetzung kann das Skript noch nicht durchführen.",
  open: "Die Zeremonie eröffnen",
  opening: "Wird eröffnet …",
  noPasskey: "Kein Passkey hinterlegt: kann nur als Prüfer zusehen.",
  roleOf: "Rolle von {name}",
  noRole: "nimmt nicht teil",
  counted: {
    administrator: "{n, plural, one {# Verwaltung} other {# Verwaltungen}}",
    operator: "{n, plural, one {# Zeremonienleitung} other {# Zeremonienleitungen}}",
    custodian: "{n, plural, one {# Schlüsselverwahrer} other {# Schlüsselverwahrer}}",
    witness: "{n, plural, one {# Zeuge} other {# Zeugen}}",
    auditor: "{n, plural, one {# Prüfer} other {# Prüfer}}",
  },
  lead: "Sie eröffnen diese Zeremonie und müssen darum als Zeremonienleitung oder Verwaltung teilnehmen.",
  more: "{n, plural, one {Es fehlt noch} other {Es fehlen noch}}: {counted}.",
  exactly: "Das Skript verlangt genau {counted}; es sind {found, number}.",
};
