import type { endorsements as english } from "../en/endorsements";
import type { Translation } from "../translation";

export const endorsements: Translation<typeof english> = {
  script: {
    reached: "Für den Echtbetrieb unterschrieben von Schlüsselverwahrern der Teilnehmerliste, Fassung {roster, number}.",
    missing:
      "Noch nicht für den Echtbetrieb: {n, plural, one {Ein weiterer Schlüsselverwahrer} other {# weitere Schlüsselverwahrer}} der Teilnehmerliste, Fassung {roster, number}, {n, plural, one {muss} other {müssen}} es unterschreiben.",
    panel: "Unterschriften unter diesem Skript",
    sheet: "Ein Skript für den Echtbetrieb unterschreiben",
    said: "Ich habe das Skript mit diesem Hash gelesen, und die anderen lesen dieselben Wörter.",
    agree: "Ich stimme zu, dass dieses Skript im Echtbetrieb durchgeführt werden darf:",
    means:
      "Damit kann eine Zeremonie im Echtbetrieb eröffnet werden, sobald {n, number} Schlüsselverwahrer der geltenden Teilnehmerliste unterschrieben haben. Datiert <time></time>.",
    hash: "SHA-256 des Skripts, in diesem Browser errechnet; lesen Sie den anderen die Wörter vor, bevor Sie unterschreiben",
    title: "{title}, Ausgabe {edition, number}",
    hashed: "Jedes Byte des Skripts wurde hier gehasht und hat den Hash, den Sie unterschreiben.",
  },
  roster: {
    reached: "Unterschrieben vom Quorum der Fassung {roster, number}; der Worker vertraut ihr von selbst.",
    missing:
      "Sie zählt noch nicht: {n, plural, one {Ein weiterer Schlüsselverwahrer} other {# weitere Schlüsselverwahrer}} der Teilnehmerliste, Fassung {roster, number}, {n, plural, one {muss} other {müssen}} sie unterschreiben.",
    panel: "Unterschriften unter dieser Teilnehmerliste",
    sheet: "Die nächste Teilnehmerliste unterschreiben",
    said: "Ich weiß von jeder Änderung, und die anderen lesen dieselben Wörter.",
    agree: "Ich stimme zu, dass von nun an diese Personen und Passkeys zählen:",
    means:
      "Der Worker vertraut ihr von selbst, sobald {n, number} Schlüsselverwahrer der geltenden Teilnehmerliste unterschrieben haben. Datiert <time></time>.",
    hash: "SHA-256 der Teilnehmerliste, in diesem Browser errechnet; lesen Sie den anderen die Wörter vor, bevor Sie unterschreiben",
    title: "Teilnehmerliste, Fassung {version, number}",
    hashed: "Jedes Byte der Teilnehmerliste wurde hier gehasht und hat den Hash, den Sie unterschreiben.",
  },
  check: {
    page: "Es geht um das, was Sie auf der Seite sehen.",
    roster: "Gefragt sind die Schlüsselverwahrer der geltenden Teilnehmerliste, deren Bytes hier ebenfalls gehasht wurden.",
    you: "Sie sind eine dieser Personen.",
    own: "Name, Nummer und Betriebsart darin sind die des Dokuments, und sonst steht nichts darin.",
    follows: "Die neue Teilnehmerliste folgt auf die geltende.",
  },
  has: "Hat unterschrieben:",
  hasNot: "Hat nicht unterschrieben:",
  awaited: "Erwartet:",
  done: "Sie haben unterschrieben.",
  read: "Lesen und unterschreiben …",
  asking: "Jedes Byte wird geholt und sein Hash hier errechnet …",
  sign: "Mit meinem Passkey unterschreiben",
  code: "Code dessen, was Sie signieren, für ein Zweitgerät",
  itsHash: "Sein SHA-256: das, was Ihr Passkey unterschreibt",
  unchanged: "Nichts ist anders als in der geltenden Teilnehmerliste, außer dem Salz ihrer Namen.",
  noDocument: {
    sentence: "Was der Server zu unterschreiben vorschlägt, ist kein solches Dokument.",
    remedy: "Unterschreiben Sie nicht, und sagen Sie es der Systemverwaltung.",
  },
};
