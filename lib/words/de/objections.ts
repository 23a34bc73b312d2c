import type { objections as english } from "../en/objections";
import type { Translation } from "../translation";

export const objections: Translation<typeof english> = {
  FORM: {
    sentence: "Was gesendet wurde, ist nicht das, was diese Adresse annimmt.",
    remedy: "Berichtigen Sie das genannte Feld, und senden Sie es noch einmal.",
  },
  "TEXT-MISSING": { sentence: "In einem Feld, das ausgefüllt sein muss, steht nichts.", remedy: "Füllen Sie es aus." },
  "TEXT-LONG": { sentence: "Der Text ist länger, als er sein darf.", remedy: "Kürzen Sie ihn." },
  "TEXT-CHARACTERS": {
    sentence: "Der Text enthält ein Zeichen, das man nicht sieht oder das die Leserichtung umkehrt.",
    remedy: "Tippen Sie den Text von Hand, statt ihn einzufügen.",
  },
  "TEXT-UNDRAWABLE": {
    sentence: "Der Text enthält ein Zeichen, das die gedruckte Niederschrift nicht zeigen kann.",
    remedy: "Schreiben Sie ihn mit anderen Zeichen, einen Namen etwa wie in den maschinenlesbaren Zeilen des Reisepasses.",
  },
  "STATEMENT-UNREADABLE": {
    sentence: "Was als Erklärung gesendet wurde, ist keine.",
    remedy: "Laden Sie die Seite neu, und unterschreiben Sie, was sie zeigt.",
  },
  "STATEMENT-NONE": {
    sentence: "Bei diesem Schritt gibt es für Sie jetzt nichts zu unterschreiben.",
    remedy: "Laden Sie die Seite neu, und sehen Sie nach, was verlangt ist.",
  },
  "REMARK-OPENING": {
    sentence: "Die gesendete Anmerkung ist nicht die der unterschriebenen Erklärung.",
    remedy: "Schreiben Sie die Anmerkung noch einmal, und unterschreiben Sie erneut.",
  },
  "PART-CIPHERTEXT": {
    sentence: "Der verschlüsselte Teil fehlt oder ist nicht der unterschriebene.",
    remedy: "Es wurde nichts eingegeben. Laden Sie die Seite neu, und geben Sie Ihren Teil noch einmal ein.",
  },
  "SCRIPT-FINDINGS": {
    sentence: "Das Skript hat Fehler.",
    remedy: "Berichtigen Sie die genannten Zeilen, und veröffentlichen Sie es noch einmal.",
  },

  "BODY-LARGE": {
    sentence: "Gesendet wurde mehr als 600 KiB; es wurde nicht gelesen.",
    remedy: "Senden Sie weniger auf einmal. Ein Skript hat höchstens 256 KiB.",
  },
  "FILE-EMPTY": { sentence: "In der Datei steht nichts.", remedy: "Wählen Sie eine andere." },
  "FILE-LARGE": {
    sentence: "Die Datei ist größer als 20 MiB und wurde nicht aufgenommen.",
    remedy: "Lassen Sie sie, wo sie ist, und halten Sie nur ihren Hash fest; dieser Browser errechnet ihn, ohne sie zu senden.",
  },
  "FILES-MANY": {
    sentence: "Die Dateien dieser Zeremonie sind zusammen größer als 500 MiB; diese wurde nicht mehr aufgenommen.",
    remedy: "Lassen Sie sie, wo sie ist, und halten Sie nur ihren Hash fest; dieser Browser errechnet ihn, ohne sie zu senden.",
  },

  "FILE-NOT-YOURS": {
    sentence: "Mit Ihrer Rolle in dieser Zeremonie benennen Sie keine Belege, deshalb wird von Ihnen keine Datei angenommen.",
    remedy: "Geben Sie sie der Zeremonienleitung oder einem Zeugen.",
  },
  "HAND-UNKNOWN": {
    sentence: "In einem gemeinsam benutzten Browser sagt jede Handlung, wessen sie ist, und ist mit dem Passkey dieser Person unterschrieben.",
    remedy: "Wählen Sie, wer handelt. Es wurde nichts aufgeschrieben.",
  },
  "HAND-REFUSED": {
    sentence: "Der verwendete Passkey gehört nicht der gewählten Person, oder er hat diese Handlung nicht unterschrieben.",
    remedy: "Es wurde nichts aufgeschrieben. Wählen Sie, wer handelt, und lassen Sie diese Person ihren eigenen Passkey verwenden.",
  },
  "HAND-SPENT": {
    sentence: "Seit die Person nach ihrem Passkey gefragt wurde, ist zu viel Zeit vergangen, oder er wurde hierfür schon verwendet.",
    remedy: "Es wurde nichts aufgeschrieben. Wählen Sie, wer handelt, und versuchen Sie es noch einmal.",
  },
  "SHARE-NOT-YOURS": {
    sentence: "Einen Browser geben nur Zeremonienleitung oder Verwaltung herum, und nur während die Zeremonie läuft.",
    remedy: "Bitten Sie eine der beiden.",
  },
  "NOT-SIGNED-IN": {
    sentence: "Sie sind nicht angemeldet, oder Ihre Sitzung ist abgelaufen.",
    remedy: "Melden Sie sich mit Ihrem Passkey an. Nichts Aufgezeichnetes ist verloren.",
  },
  "SIGN-IN-REFUSED": {
    sentence: "Die Anmeldung wurde nicht angenommen.",
    remedy:
      "Versuchen Sie es noch einmal mit dem Passkey, den Sie hier eingerichtet haben; ist er neu oder verloren, bitten Sie die Verwaltung um einen Link.",
  },
  "LOOK-ONLY": {
    sentence: "Sie haben sich ohne Passkey angemeldet und können deshalb zusehen, aber nicht handeln.",
    remedy: "Melden Sie sich ab und mit Ihrem Passkey wieder an.",
  },
  "ADMINISTRATOR-ONLY": { sentence: "Dies ist der Verwaltung vorbehalten.", remedy: "Bitten Sie die Verwaltung darum." },
  "ORGANISER-ONLY": {
    sentence: "Dies ist denen vorbehalten, die Zeremonien vorbereiten: der Verwaltung und der Zeremonienleitung.",
    remedy: "Bitten Sie eine dieser Personen darum.",
  },
  "OTHER-ORIGIN": {
    sentence: "Die Anfrage kam nicht von den eigenen Seiten dieser Website.",
    remedy: "Öffnen Sie die Website unter ihrer eigenen Adresse, und versuchen Sie es dort.",
  },
  "TOO-OFTEN": { sentence: "Dies wurde zu oft versucht.", remedy: "Warten Sie, und versuchen Sie es dann noch einmal." },
  "LINES-MANY": {
    sentence: "Sie haben Räume in zu vielen Fenstern offen.",
    remedy: "Schließen Sie einige davon; diese Seite verbindet sich dann von selbst.",
  },

  "NOT-FOUND": {
    sentence: "Das gibt es hier nicht, oder es ist nicht für Sie bestimmt.",
    remedy: "Prüfen Sie die Adresse; fragen Sie die Verwaltung, ob Sie teilnehmen.",
  },
  "RECORD-NOT-SEALED": {
    sentence: "Die Niederschrift ist noch nicht gesiegelt.",
    remedy: "Sie wird wenige Augenblicke nach dem Schluss gesiegelt; versuchen Sie es dann noch einmal.",
  },
  "PERSON-UNKNOWN": {
    sentence: "Diese Person gibt es nicht, oder sie ist gesperrt.",
    remedy: "Sehen Sie in der Liste der Personen nach.",
  },
  "SCRIPT-UNKNOWN": {
    sentence: "Ein Skript mit diesem Hash wurde nicht veröffentlicht.",
    remedy: "Wählen Sie eines aus der Liste der Skripte.",
  },
  "ROSTER-UNKNOWN": {
    sentence: "Eine Teilnehmerliste mit diesem Hash wurde nicht veröffentlicht.",
    remedy: "Wählen Sie eine der veröffentlichten.",
  },

  "FILE-TOO-LATE": {
    sentence: "Die Zeremonie ist vorbei; Belege können darin nicht mehr benannt werden.",
    remedy: "Bewahren Sie die Datei bei der Niederschrift auf.",
  },
  "LINK-SPENT": {
    sentence: "Dieser Link ist verbraucht oder abgelaufen, oder es gab ihn nie.",
    remedy: "Bitten Sie die Verwaltung um einen neuen.",
  },
  "CHALLENGE-SPENT": {
    sentence: "Es ist zu viel Zeit vergangen, oder die Seite wurde zweimal verwendet.",
    remedy: "Laden Sie die Seite neu, und versuchen Sie es noch einmal.",
  },
  "PASSKEY-TAKEN": {
    sentence: "Dieser Passkey ist schon eingetragen.",
    remedy: "Nehmen Sie einen anderen Passkey oder Sicherheitsschlüssel.",
  },
  "PASSKEY-UNFIT": {
    sentence: "Dieser Passkey kann hier nicht verwendet werden.",
    remedy: "Nehmen Sie einen, der prüft, dass Sie es sind: mit Fingerabdruck, Gesicht oder eigener PIN.",
  },
  "EMAIL-TAKEN": {
    sentence: "Diese E-Mail-Adresse hat schon jemand anderes.",
    remedy: "Nehmen Sie eine andere Adresse, oder lassen Sie sie weg.",
  },
  "SCRIPT-TAKEN": {
    sentence: "Als diese Ausgabe des Skripts wurde schon ein anderer Text veröffentlicht.",
    remedy: "Erhöhen Sie die Nummer der Ausgabe, und veröffentlichen Sie noch einmal.",
  },
  "ROSTER-OVERTAKEN": {
    sentence: "Jemand anderes hat gerade eine Teilnehmerliste veröffentlicht.",
    remedy: "Sehen Sie sie an, und veröffentlichen Sie Ihre, wenn sie noch gebraucht wird.",
  },
  "REHEARSAL-MISSING": {
    sentence: "Dieses Skript verlangt eine kürzliche Probe genau dieses Textes, und es gibt keine, die bis zum Ende gespielt wurde.",
    remedy: "Proben Sie es zuerst bis zum Ende. Ein geänderter Text ist ein anderer und wird neu geprobt.",
  },
  "ROSTER-AWAITED": {
    sentence: "Diese Teilnehmerliste gilt nicht: Ihre Unterschriften stehen noch aus, oder eine neuere ist an ihre Stelle getreten.",
    remedy: "Eröffnen Sie die Zeremonie mit der geltenden Liste; unter Personen steht, wessen Unterschriften fehlen.",
  },
  "NOTHING-TO-ENDORSE": {
    sentence: "Hier gibt es jetzt nichts zu unterschreiben.",
    remedy: "Laden Sie die Seite neu: Es wurde überholt oder gilt schon.",
  },
  "ROSTER-EMPTY": {
    sentence: "Es gibt niemanden, der in eine Teilnehmerliste kommen könnte.",
    remedy: "Laden Sie zuerst Personen ein.",
  },
  "LAST-ADMINISTRATOR": {
    sentence: "Dies ist die letzte Person der Verwaltung, die sich anmelden kann; niemand könnte eine weitere bestimmen.",
    remedy: "Laden Sie zuerst eine zweite Person zur Verwaltung ein, und lassen Sie sie einen Passkey einrichten.",
  },

  "PLAN-PAST": {
    sentence: "Ein Zeitpunkt, der in der Zukunft liegen muss, tut es nicht, oder der Ausweichtermin liegt nicht nach dem Termin.",
    remedy: "Wählen Sie einen späteren Zeitpunkt.",
  },
  "PLAN-CAST": {
    sentence: "Jemand aus der Besetzung hat diese Rolle nicht oder kommt zweimal vor.",
    remedy: "Geben Sie jeder Person eine der Rollen, die sie hat.",
  },
  "PLAN-OVERTAKEN": {
    sentence: "Der Plan wurde inzwischen geändert oder abgesagt, oder seine Zeremonie ist schon eröffnet.",
    remedy: "Laden Sie die Seite neu und sehen Sie nach, was jetzt geplant ist.",
  },
  "DUTY-SETTLED": {
    sentence: "Diese Aufgabe ist schon erledigt.",
    remedy: "Wenn doch noch etwas zu tun ist, fügen Sie eine neue Aufgabe hinzu.",
  },
  "MAIL-ADDRESS": {
    sentence: "Es kann keine E-Mail verschickt werden: Es gibt keinen Mailserver oder keine Adresse dieser Person.",
    remedy: "Adressen pflegt die Verwaltung unter Personen. Der Kalendereintrag lässt sich inzwischen herunterladen.",
  },

  BUSY: {
    sentence: "Zu viele Personen haben im selben Augenblick gehandelt, und diese Handlung wurde nicht aufgezeichnet.",
    remedy: "Versuchen Sie es jetzt noch einmal.",
  },
  "TIME-AHEAD": {
    sentence: "Der letzte Eintrag des Protokolls ist mehr als zwei Minuten vor der Uhr des Servers datiert; danach wird nichts datiert.",
    remedy:
      "Unterschreiben Sie nichts, und sehen Sie nach den Uhren. Gehen sie richtig, hat jemand einen Eintrag für später geschrieben: Halten Sie die Zeremonie an, und finden Sie heraus, wer.",
  },
  "DATABASE-GONE": {
    sentence: "Die Datenbank antwortet gerade nicht. Nichts Aufgezeichnetes ist verloren.",
    remedy: "Warten Sie einen Augenblick, laden Sie die Seite neu, und sehen Sie nach, ob Ihre Handlung aufgezeichnet ist.",
  },
  "TRANSCRIPT-BROKEN": {
    sentence: "Das gespeicherte Protokoll dieser Zeremonie hält der Prüfung nicht stand: Jemand hat das Gespeicherte verändert.",
    remedy:
      "Tun Sie in dieser Zeremonie nichts mehr, und rufen Sie, wer das System betreibt. Frühere Abschriften des Protokolls zeigen, was verändert wurde.",
  },
  FAULT: {
    sentence: "Auf dem Server ist etwas fehlgeschlagen. Nichts Aufgezeichnetes ist verloren.",
    remedy:
      "Laden Sie die Seite neu, und sehen Sie nach, ob Ihre Handlung aufgezeichnet ist; wenn nicht, versuchen Sie es noch einmal.",
  },
};
