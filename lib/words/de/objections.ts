import type { objections as english } from "../en/objections";
import type { Translation } from "../translation";

export const objections: Translation<typeof english> = {
  FORM: {
    sentence: "Was gesendet wurde, ist nicht das, was diese Adresse annimmt.",
    remedy: "Berichtigen Sie das genannte Feld, und senden Sie es noch einmal.",
  },
  "CRYPTOPERIOD-MISSING": {
    sentence: "Ohne Nutzungsdauer wird kein Schlüssel aktiv: Niemand erführe, wann er abzulösen ist.",
    remedy: "Sagen Sie, wie viele Tage ab der Aktivierung er schützen darf, zum Beispiel 90.",
  },
  "CRYPTOPERIOD-OVER": {
    sentence: "Mit dieser Nutzungsdauer wäre die Zeit des Schlüssels schon um: Sie zählt ab der Aktivierung, und was mit ihm geschützt wird, stünde still.",
    remedy: "Sagen Sie mehr Tage, als der Schlüssel schon aktiv ist, zum Beispiel 290 für einen, der es seit 200 Tagen ist und noch 90 bleiben soll.",
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
  "FILE-NOT-AS-NAMED": {
    sentence: "Unter diesem Hash liegen andere Bytes: Jemand hat die Datei dort geändert, wo sie liegt.",
    remedy: "Sagen Sie es der Verwaltung, die sie in einer Sicherung hat; was das Log von der Datei sagt, gilt weiter.",
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
  "SHEET-COMPLETED": {
    sentence: "Inzwischen hat jemand anderes dieses Ausnahmeblatt ausgefüllt.",
    remedy: "Lesen Sie, was darauf steht. Was noch zu sagen ist, kommt auf ein eigenes Blatt.",
  },
  "SHEET-OPEN": {
    sentence: "Ein Ausnahmeblatt ist offen: Nur was zu seinem Schritt vermerkt wird und seine Nummer nennt, füllt es aus.",
    remedy: "Um es auszufüllen, senden Sie die Nummer des Blatts zusammen mit seinem Schritt. Anderes vermerken Sie an einer anderen Stelle.",
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
  "EMERGENCY-ALONE": {
    sentence: "Ein Notfallskript wird mit dem gewöhnlichen verglichen, an dessen Stelle es tritt, und keine solche Ausgabe gilt hier.",
    remedy: "Veröffentlichen Sie zuerst das gewöhnliche Skript, lassen Sie es für den Echtbetrieb bestätigen, und nennen Sie es im Notfallskript.",
  },
  "EMERGENCY-NOT-STRICTER": {
    sentence: "Das Notfallskript ist nicht strenger als das gewöhnliche, an dessen Stelle es tritt.",
    remedy: "Verlangen Sie mehr als das gewöhnliche Skript, und veröffentlichen Sie das als weitere Ausgabe.",
  },
  looser: {
    usual: "was es die übliche Regel nennt, ist nicht die des gewöhnlichen Skripts",
    quorum: "nicht jedem Vorgang stimmen mehr Schlüsselverwahrer zu",
    share: "ein kleinerer Anteil der Schlüsselverwahrer stimmt zu",
    groups: "eine Gruppe, die sonst zustimmt, wird nicht gefragt",
    expires: "ein geöffneter Schritt wartet länger auf seine Zustimmungen",
    cooling: "die Bedenkzeit ist kürzer als sonst, oder sie fehlt",
    witnesses: "weniger Zeugen sind dabei",
    rehearsed: "über Proben wird weniger verlangt",
    duties: "über angenommene Pflichten wird weniger verlangt",
    passkeys: "von Passkeys wird weniger verlangt",
    "go-no-go": "es beginnt ohne Freigabe",
    backups: "die neueste Sicherung darf älter sein",
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
  "PLAN-DRAFT": {
    sentence: "Dies wurde von selbst entworfen, und niemand hat es übernommen.",
    remedy: "Jemand aus der Verwaltung übernimmt oder verwirft den Entwurf auf seiner Seite; danach ist er ein Plan wie jeder andere.",
  },
  "DUTY-SETTLED": {
    sentence: "Diese Aufgabe ist schon erledigt.",
    remedy: "Wenn doch noch etwas zu tun ist, fügen Sie eine neue Aufgabe hinzu.",
  },
  "MAIL-ADDRESS": {
    sentence: "Es kann keine E-Mail verschickt werden: Es gibt keinen Mailserver oder keine Adresse dieser Person.",
    remedy: "Adressen pflegt die Verwaltung unter Personen. Der Kalendereintrag lässt sich inzwischen herunterladen.",
  },
  "AUDITOR-ONLY": { sentence: "Das ist Sache der Prüfer.", remedy: "Bitten Sie einen Prüfer, es zu tun." },
  "DESK-ONLY": { sentence: "Das ist Sache der Prüfer und der Verwaltung.", remedy: "Bitten Sie jemanden von ihnen, es zu tun." },
  "MATTER-OVERTAKEN": {
    sentence: "Jemand anderes hat in dieser Sache inzwischen etwas getan, oder sie steht nicht mehr dort, wo das möglich ist.",
    remedy: "Laden Sie die Seite neu, und sehen Sie nach, wie es jetzt steht. Es wurde nichts aufgeschrieben.",
  },
  "SECOND-PERSON": {
    sentence: "Darüber entscheiden zwei Personen, und die erste waren Sie.",
    remedy: "Bitten Sie einen anderen Prüfer oder die Verwaltung, es zu bestätigen.",
  },
  "POPULATION-EMPTY": { sentence: "Der Filter findet nichts, woraus sich ziehen ließe.", remedy: "Verlangen Sie im Filter weniger." },
  "POPULATION-LARGE": {
    sentence: "Der Filter findet mehr, als auf einmal in eine Ziehung oder eine Akte passt.",
    remedy: "Fassen Sie den Filter enger, etwa zeitlich, und nehmen Sie den Rest in einen zweiten.",
  },
  "SAMPLE-SIZE": {
    sentence: "Eine Stichprobe hat mindestens ein Element und höchstens so viele wie die Grundgesamtheit.",
    remedy: "Wählen Sie eine andere Zahl.",
  },
  "SAMPLE-WORDS": {
    sentence: "Das sind nicht die Worte, auf die die Ankündigung der Stichprobe festgelegt ist.",
    remedy:
      "Geben Sie sie genau so ein, wie sie waren, samt dem Zufall, den der Browser angefügt hat. Ohne sie kündigen Sie eine neue Stichprobe an; diese bleibt ungezogen.",
  },
  "CHECKPOINT-AWAITED": {
    sentence: "Das Log hat nach der Ankündigung noch keinen Checkpoint unterschrieben.",
    remedy: "Warten Sie einen Augenblick; ein laufender Worker unterschreibt binnen Sekunden einen.",
  },
  "CHECKPOINT-OTHER": {
    sentence: "Die Worte kamen für einen anderen Checkpoint als den ersten nach der Ankündigung. Es wurde nichts gezogen.",
    remedy:
      "Heben Sie den Checkpoint auf, den Ihr Browser zeigt, und fragen Sie, warum das Log einen anderen hat. Die Worte sind jetzt bekannt: Senden Sie sie für keinen anderen Checkpoint, sondern kündigen Sie eine neue Stichprobe an.",
  },
  "LOG-NONE": {
    sentence: "Hier wird kein Transparenzlog geführt, und ohne dessen Checkpoint könnte eine Seite die Stichprobe wählen.",
    remedy: "Bitten Sie, wer das System betreibt, Worker und App den Ursprung eines Logs zu geben.",
  },
  "DUE-PAST": { sentence: "Dieser Tag liegt nicht in der Zukunft.", remedy: "Wählen Sie heute oder einen späteren." },
  "RETENTION-RUNS": {
    sentence:
      "Die Niederschrift ist noch aufzubewahren: sieben Jahre ab dem Ende ihrer Zeremonie, und zwei ab der Vernichtung ihrer Schlüssel.",
    remedy: "Der Prüfplatz sagt, bis wann. Es wurde nichts vernichtet.",
  },
  "RECORD-HELD": {
    sentence: "Auf dieser Niederschrift liegt eine Löschsperre, oder es ist eine verlangt.",
    remedy: "Zwei Personen heben sie auf, mit einem Grund, wenn es einen gibt. Es wurde nichts vernichtet.",
  },
  "RECORD-BESIDE": {
    sentence:
      "Eine geschlossene Prüfakte enthält diese Niederschrift zusammen mit einer anderen, die gesperrt oder noch aufzubewahren ist.",
    remedy: "Sie kann gehen, wenn auch die andere gehen darf. Es wurde nichts vernichtet.",
  },
  "RECORD-DESTROYED": {
    sentence: "Diese Niederschrift wurde vernichtet, als ihre Zeit um war.",
    remedy: "Ihr Vernichtungsnachweis sagt, wann und durch wen, und was bleibt.",
  },
  "RENEWAL-OTHER": {
    sentence: "Das ist nicht die neueste Ausgabe dieser Niederschrift mit einer Erneuerung dahinter.",
    remedy: "Laden Sie hier die neueste Ausgabe herunter, erneuern Sie diese, und reichen Sie ein, was daraus wird.",
  },
  "AUDIT-FILE-EMPTY": { sentence: "Für die Akte wurde nichts gewählt.", remedy: "Wählen Sie mindestens eine Niederschrift oder eine Sache." },
  "AUDIT-FILE-LARGE": {
    sentence: "Was gewählt wurde, ist mehr, als eine Akte fassen darf.",
    remedy: "Machen Sie zwei Akten: Jede wird für sich geschlossen.",
  },

  "CLIENT-PRIVATE": {
    sentence: "Was eingefügt wurde, enthält einen privaten Schlüssel oder ein gemeinsames Geheimnis. Es wurde ungelesen abgelehnt und ist hier nirgends aufbewahrt.",
    remedy: "Erzeugen Sie dort, wo die Anwendung läuft, ein neues Paar, und fügen Sie nur dessen öffentliche Hälfte ein: Wer dieses gesehen hat, kann sich als die Anwendung ausgeben.",
  },
  "CLIENT-UNREADABLE": {
    sentence: "Was eingefügt wurde, ist kein öffentlicher Schlüssel, mit dem sich Anwendungen hier ausweisen.",
    remedy: "Fügen Sie einen auf der Kurve P-256 ein oder einen von 2048 bis 4096 Bit, in einer der beiden Formen, die das Feld nennt.",
  },
  "CLIENT-NONE": {
    sentence: "Es fehlt ein Schlüssel, mit dem sich die Anwendung ausweisen könnte.",
    remedy: "Fügen Sie ihren öffentlichen Schlüssel ein. Um zu beenden, was sie darf, nehmen Sie stattdessen alles zurück.",
  },
  "GRANT-OVERTAKEN": {
    sentence: "Für diese Anwendung ist eine andere Ausgabe niedergeschrieben: inzwischen von jemand anderem oder früher unter demselben Namen.",
    remedy: "Laden Sie die Seite neu, und gehen Sie von dem aus, was jetzt dort steht. Es wurde nichts niedergeschrieben.",
  },
  "GRANT-SAME": {
    sentence: "Das ist schon, was gilt.",
    remedy: "Ändern Sie, was anders werden soll: vielleicht das Ende.",
  },
  "GRANT-NONE": {
    sentence: "Für diese Anwendung gilt nichts, was zurückgenommen werden könnte.",
    remedy: "Ziehen Sie zurück, was für sie vorgeschlagen ist, falls etwas vorgeschlagen ist.",
  },
  "GRANT-COUNTS": {
    sentence: "Genügend Schlüsselverwahrer haben das unterschrieben: Es ist kein Vorschlag mehr.",
    remedy: "Schlagen Sie eine Ausgabe vor, die alles zurücknimmt, und lassen Sie sie unterschreiben.",
  },
  "GRANT-NAMES": {
    sentence: "Ein Name steht zweimal da, oder ein Schlüssel steht hinter zwei Namen.",
    remedy: "Geben Sie jeder Gruppe von Schlüsseln einen eigenen Namen und jedem Schlüssel nur einen.",
  },
  "GRANT-TOKENS": {
    sentence: "Schlüssel, die Token ausstellen oder prüfen, sagen, welche; andere sagen es nicht.",
    remedy: "Füllen Sie aus, was die Token sagen, oder nehmen Sie ihnen die Vorgänge mit Token.",
  },
  "GRANT-LONG": {
    sentence: "Das Ende liegt weiter als zwei Jahre voraus.",
    remedy: "Wählen Sie ein früheres; die nächste Ausgabe geht von dort weiter.",
  },
  "GRANT-MIXED": {
    sentence: "Mit einem dieser Schlüssel werden Token ausgestellt, und mit ihm wird signiert, was jemand vorlegt: Wer signiert, könnte jedes Token schreiben.",
    remedy: "Nehmen Sie zum Signieren einen Schlüssel und für Token einen anderen.",
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
