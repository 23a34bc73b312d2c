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
  "key-state": {
    reached: "Vom Quorum der Teilnehmerliste, Fassung {roster, number}, unterschrieben.",
    missing:
      "Noch ändert sich nichts: {n, plural, one {# weiterer Schlüsselverwahrer} other {# weitere Schlüsselverwahrer}} der Teilnehmerliste, Fassung {roster, number}, {n, plural, one {muss} other {müssen}} unterschreiben.",
    panel: "Unterschriften unter dieser Änderung",
    sheet: "Zustimmen, was aus einem Schlüssel wird",
    said: "Ich habe gelesen, was aus diesem Schlüssel wird und warum, und die anderen lesen dieselben Wörter.",
    agree: "Ich stimme zu, was aus diesem Schlüssel wird:",
    means:
      "Es gilt, sobald {n, number} Schlüsselverwahrer der geltenden Teilnehmerliste unterschrieben haben; wer den Schlüssel verwendet, fragt nach diesen Unterschriften. Datiert auf den <time></time>.",
    hash: "SHA-256 der Änderung, in diesem Browser berechnet; lesen Sie den anderen die Wörter vor, bevor Sie unterschreiben",
    title: "{label}: {from}, von nun an {to}",
    same: "{label}: {from} wie bisher",
    hashed: "Jedes Byte der Änderung wurde hier gehasht, und es ist der Hash, den Sie unterschreiben.",
  },
  grant: {
    reached: "Vom Quorum der Teilnehmerliste, Fassung {roster, number}, unterschrieben.",
    missing:
      "Noch erlaubt sie nichts: {n, plural, one {# weiterer Schlüsselverwahrer} other {# weitere Schlüsselverwahrer}} der Teilnehmerliste, Fassung {roster, number}, {n, plural, one {muss} other {müssen}} unterschreiben.",
    panel: "Unterschriften unter dem, was diese Anwendung darf",
    sheet: "Zustimmen, was eine Anwendung darf",
    said: "Ich habe gelesen, welche Schlüssel diese Anwendung wofür verwenden darf, und die anderen lesen dieselben Wörter.",
    agree: "Ich stimme zu, dass diese Anwendung Schlüssel so verwenden darf:",
    means:
      "Es gilt, sobald {n, number} Schlüsselverwahrer der geltenden Teilnehmerliste unterschrieben haben, an Stelle jeder früheren Ausgabe. Datiert auf den <time></time>.",
    hash: "SHA-256 der Erlaubnis, in diesem Browser berechnet; lesen Sie den anderen die Wörter vor, bevor Sie unterschreiben",
    title: "Anwendung {account}, Ausgabe {edition, number}",
    hashed: "Jedes Byte der Erlaubnis wurde hier gehasht, und es ist der Hash, den Sie unterschreiben.",
  },
  finding: {
    sheet: "Einen Befund erklären",
    said: "Ich weiß, was gefunden wurde, und so ist es dazu gekommen.",
    agree: "Ich erkläre, was auf einem Token gefunden wurde:",
    means: "Der Befund ist damit geschlossen und bleibt mit Ihrer Erklärung im Verzeichnis. Datiert auf den <time></time>.",
    hash: "SHA-256 der Erklärung, in diesem Browser berechnet",
    title: "Befund an Token {token}",
    hashed: "Jedes Byte der Erklärung wurde hier gehasht, und es ist der Hash, den Sie unterschreiben.",
  },
  detail: {
    key: "Schlüssel",
    reason: "Grund",
    says: "Erklärung",
    owner: "Verantwortlich",
    purpose: "Zweck",
    environment: "Umgebung",
    cryptoperiodDays: "Schützt so viele Tage ab seiner Aktivierung",
    processingDays: "Wird danach noch so viele Tage verarbeitet",
    finding: "Befund",
  },
  check: {
    opened: "Jeder Text darauf ist der, auf den sich das Dokument festlegt.",
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
