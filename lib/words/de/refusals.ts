import type { refusals as english } from "../en/refusals";
import type { Translation } from "../translation";

const RELOAD = "Laden Sie die Seite neu und sehen Sie nach, wo die Zeremonie jetzt steht.";
const ADMINISTRATOR = "Fragen Sie die Verwaltung der Zeremonie.";
const STOP = "Halten Sie die Zeremonie an, vermerken Sie eine Abweichung, und lassen Sie die Systemverwaltung nachsehen.";
const SIGN_AGAIN = "Laden Sie die Seite neu, lesen Sie die Erklärung noch einmal, und unterschreiben Sie diese.";

export const refusals: Translation<typeof english> = {
  "ENTRY-SHAPE": { sentence: "Was gesendet wurde, ist kein wohlgeformter Eintrag.", remedy: RELOAD },
  "CHAIN-CEREMONY": { sentence: "Der Eintrag gehört zu einer anderen Zeremonie.", remedy: RELOAD },
  "CHAIN-SEQ": { sentence: "Jemand war einen Augenblick früher; der Platz des Eintrags ist vergeben.", remedy: RELOAD },
  "CHAIN-PREV": { sentence: "Der Eintrag schließt nicht an den letzten des Protokolls an.", remedy: RELOAD },
  "TIME-ORDER": {
    sentence: "Die Zeit des Eintrags liegt vor der des letzten.",
    remedy: "Prüfen Sie die Uhr des Servers.",
  },

  "OPENED-FIRST": {
    sentence: "Eine Zeremonie beginnt mit ihrer Eröffnung, einmal, und davor steht nichts.",
    remedy: RELOAD,
  },
  "SCRIPT-HASH": {
    sentence: "Das Skript ist nicht das, dessen Hash genannt wurde.",
    remedy: "Wählen Sie das Skript noch einmal aus der Liste der veröffentlichten.",
  },
  "SCRIPT-SOUND": {
    sentence: "Das Skript lässt sich so, wie es ist, nicht durchführen.",
    remedy: "Berichtigen Sie das Skript, veröffentlichen Sie eine neue Ausgabe, und eröffnen Sie die Zeremonie damit.",
  },
  "ROSTER-HASH": {
    sentence: "Die Teilnehmerliste ist nicht die, deren Hash genannt wurde.",
    remedy: "Wählen Sie die Teilnehmerliste noch einmal aus den veröffentlichten.",
  },
  "ROSTER-MODE": {
    sentence: "Die Teilnehmerliste gehört zur anderen Betriebsart: Proben und Echtbetrieb bleiben getrennt.",
    remedy: "Wählen Sie eine Teilnehmerliste der gewünschten Betriebsart.",
  },
  "ROSTER-PASSKEY": {
    sentence: "Die Teilnehmerliste führt eine Person oder einen Passkey zweimal auf.",
    remedy: "Entfernen Sie einen der beiden, und veröffentlichen Sie die Teilnehmerliste neu.",
  },
  "ROSTER-QUORUM": {
    sentence: "Das Quorum der Teilnehmerliste ist kleiner als zwei oder größer als die Zahl der Schlüsselverwahrer mit Passkey.",
    remedy: "Lassen Sie weitere Schlüsselverwahrer einen Passkey einrichten, oder veröffentlichen Sie die Liste mit anderem Quorum.",
  },
  "ROLE-ONE": {
    sentence: "Eine Person hat in einer Zeremonie genau eine Rolle.",
    remedy: "Geben Sie jeder Person eine Rolle.",
  },
  "ROLE-ALLOWED": {
    sentence: "Die Teilnehmerliste erlaubt einer Person die Rolle nicht, die sie bekommen hat.",
    remedy: "Wählen Sie jemanden, dem die Liste diese Rolle erlaubt, oder veröffentlichen Sie eine neue.",
  },
  "CAST-COMPLETE": {
    sentence: "Die Besetzung reicht für das Skript nicht aus, oder jemand darin hat noch keinen Passkey.",
    remedy: "Ergänzen Sie die fehlenden Personen; jede braucht einen Passkey in der Teilnehmerliste.",
  },

  "ENDORSEMENT-DOCUMENT": { sentence: "Unterschrieben wurde ein anderes Dokument als dieses.", remedy: SIGN_AGAIN },
  "ENDORSEMENT-MODE": {
    sentence: "Unterschrieben wurde für die andere Betriebsart: Was für Proben vereinbart ist, zählt nie im Echtbetrieb.",
    remedy: SIGN_AGAIN,
  },
  "ENDORSEMENT-ROSTER": { sentence: "Unterschrieben wurde unter einer anderen Teilnehmerliste.", remedy: SIGN_AGAIN },
  "ENDORSEMENT-CUSTODIAN": {
    sentence: "Nur Schlüsselverwahrer der geltenden Teilnehmerliste können dies unterschreiben.",
    remedy: "Die Seite zeigt, auf wessen Unterschriften gewartet wird.",
  },
  "ENDORSEMENT-DISTINCT": {
    sentence: "Sie haben dies schon unterschrieben; gezählt werden Personen, nicht Unterschriften.",
    remedy: "Warten Sie auf die anderen.",
  },
  "ENDORSEMENT-TIME": {
    sentence: "Die unterschriebene Zeit ist keine, zu der die Unterschrift zählen kann.",
    remedy: "Laden Sie die Seite neu und unterschreiben Sie sofort; geschieht es zweimal, prüfen Sie die Uhr des Servers.",
  },
  "SCRIPT-ENDORSED": {
    sentence: "Nicht genügend Schlüsselverwahrer der Teilnehmerliste haben dieses Skript für den Echtbetrieb unterschrieben.",
    remedy: "Bitten Sie sie, es unter Skripte zu lesen und dort zu unterschreiben; eröffnen Sie die Zeremonie danach.",
  },
  "DUTIES-ACCEPTED": {
    sentence: "Ein Schlüsselverwahrer der Besetzung hat die vom Skript genannten Pflichten nicht oder vor zu langer Zeit angenommen.",
    remedy: "Bitten Sie die Person, ihre Pflichten unter Bereitschaft zu lesen und zu unterschreiben; eröffnen Sie die Zeremonie danach.",
  },
  "PASSKEYS-TESTED": {
    sentence: "Ein Schlüsselverwahrer der Besetzung hat für dieses Skript nicht kürzlich genug einen Passkey erprobt.",
    remedy: "Bitten Sie die Person, ihren Passkey unter Bereitschaft zu erproben; eröffnen Sie die Zeremonie danach.",
  },
  "GO-NO-GO": {
    sentence: "Die Freigabeprüfung ist unvollständig, oder eine Zeile ist rot und niemand hat eine Abweichung vermerkt.",
    remedy:
      "Vor der Eröffnung: Beantworten Sie jede Zeile. Danach: Vermerken Sie als Abweichung, warum Sie fortfahren, und öffnen Sie dann den ersten Schritt.",
  },
  "ROSTER-FOLLOWS": {
    sentence: "Die Teilnehmerliste schließt nicht an die an, der vertraut wird.",
    remedy: "Veröffentlichen Sie sie noch einmal: Die neue Fassung entsteht aus der geltenden.",
  },
  "ROSTER-ENDORSED": {
    sentence: "Nicht genügend Schlüsselverwahrer der vorigen Teilnehmerliste haben diese unterschrieben.",
    remedy: "Bitten Sie sie, sie unter Personen zu lesen und dort zu unterschreiben.",
  },

  "RECORDER-FIRST": {
    sentence: "Der Worker ist dieser Zeremonie noch nicht beigetreten, deshalb kann kein Schritt geöffnet werden.",
    remedy: "Warten Sie einen Augenblick; dauert es an, sehen Sie nach, wie es dem Worker geht.",
  },
  "RECORDER-SIGNED": { sentence: "Ein Eintrag des Workers trägt keine gültige Unterschrift des Schriftführers.", remedy: STOP },
  "RECORDER-SAME": { sentence: "Ein Eintrag ist von einem anderen Schriftführer unterschrieben als dem beigetretenen.", remedy: STOP },
  "RECORDER-TOKENS": {
    sentence: "Die Token, die der Worker vorfand, sind nicht genau die, an denen das Skript arbeitet.",
    remedy: STOP,
  },
  "PHASE-STOPPED": {
    sentence: "Das geht nur, während die Zeremonie läuft; fortgesetzt wird sie nur, während sie angehalten ist.",
    remedy: "Ist sie angehalten: Vermerken Sie eine Abweichung, lassen Sie die Schlüsselverwahrer zustimmen, und setzen Sie fort; oder brechen Sie ab.",
  },
  "PHASE-ENDED": {
    sentence: "Die Zeremonie ist zu Ende; es kommt nichts mehr hinzu.",
    remedy: "Sehen Sie die Niederschrift an, oder eröffnen Sie eine neue Zeremonie.",
  },
  "ROLE-MAY": {
    sentence: "Zu Ihrer Rolle in dieser Zeremonie gehört diese Handlung nicht.",
    remedy: "Die Seite zeigt, von wem sie erwartet wird.",
  },
  "STEP-ORDER": { sentence: "Schritte werden nacheinander geöffnet, und dieser ist nicht der nächste.", remedy: RELOAD },
  "COOLING-OVER": {
    sentence: "Die Zeit, die vor diesem Schritt vergehen muss, ist noch nicht um.",
    remedy: "Die Seite zeigt, ab wann er geöffnet werden darf.",
  },
  "STEP-OPEN": { sentence: "Der Schritt ist dafür jetzt nicht offen.", remedy: RELOAD },
  "STEP-KIND": { sentence: "Der offene Schritt verlangt etwas anderes.", remedy: RELOAD },
  "ACT-ONCE": { sentence: "Das ist schon getan; einmal genügt.", remedy: RELOAD },
  "NONCE-ONCE": {
    sentence: "Der Schritt wurde mit einer Zahl geöffnet, die schon verwendet ist.",
    remedy: "Öffnen Sie den Schritt noch einmal.",
  },
  "EXPIRY-SANE": {
    sentence: "Die Frist zum Unterschreiben ist keine, die das Skript erlaubt.",
    remedy: "Öffnen Sie den Schritt noch einmal.",
  },
  "REOPEN-DEVIATION": {
    sentence: "Zum Fortfahren braucht es eine seither vermerkte Abweichung, die den Grund nennt.",
    remedy: "Vermerken Sie zuerst eine Abweichung zu diesem Schritt, und versuchen Sie es dann noch einmal.",
  },
  "RESUME-QUORUM": {
    sentence: "Zum Fortsetzen nach einem Anhalten braucht es das Quorum des Skripts.",
    remedy: "Warten Sie, bis genügend Schlüsselverwahrer mit ihrem Passkey zugestimmt haben, so fortzufahren, wie es die Abweichung sagt.",
  },
  "IDENTITY-OTHER": {
    sentence: "Niemand prüft die eigene Identität.",
    remedy: "Bitten Sie einen anderen Zeugen, die Ihre zu prüfen.",
  },
  "PHASE-BREAK": {
    sentence: "Es ist Pause: Es geschieht nichts, bevor alle zurück und gezählt sind.",
    remedy: "Beenden Sie zuerst die Pause. Anhalten, eine Abweichung vermerken und abbrechen können Sie jederzeit.",
  },
  "PRESENT-ACTS": {
    sentence: "Sie sind als nicht im Raum vermerkt.",
    remedy: "Lassen Sie die Zeremonienleitung oder einen Zeugen vermerken, dass Sie da sind; anhalten können Sie jederzeit.",
  },
  "IDENTITY-FIRST": {
    sentence: "Sie kamen, nachdem die anderen geprüft waren, und niemand hat Sie bisher mit einem Ausweis verglichen.",
    remedy: "Lassen Sie einen Zeugen Ihre Identität prüfen; anhalten können Sie jederzeit.",
  },
  "STAND-IN": {
    sentence: "Diese Person kann den Platz nicht einnehmen: Eine Vertretung ist neu in der Zeremonie, übernimmt die Rolle dessen, der geht, und wird von jemand anderem bestimmt.",
    remedy: "Wählen Sie eine der Vertretungen, die die Seite zeigt; wer einmal ersetzt wurde, kommt nicht zurück.",
  },
  "STAND-IN-DEVIATION": {
    sentence: "Wer ersetzt wird, wird es mit einer eigenen Abweichung, die vorher vermerkt wurde und sagt, warum.",
    remedy: "Vermerken Sie die Abweichung, und ersetzen Sie dann die Person.",
  },
  "BREAK-STEP": {
    sentence: "Die Pause kann hier nicht beginnen oder enden: Ein Vorgang läuft, oder das Skript hat dafür einen eigenen Schritt.",
    remedy: "Warten Sie auf den Worker, oder öffnen Sie den Schritt des Skripts, mit dem die Pause beginnt oder endet.",
  },
  "BREAK-COUNT": {
    sentence: "Die Zählung stimmt nicht: Sie nennt jeden Teilnehmer höchstens einmal, auch wer selbst zählt, mindestens ein Siegel oder den Grund, warum es keines gibt, und am Ende dieselben Siegel wie zu Beginn der Pause.",
    remedy: "Laden Sie die Seite neu, und zählen Sie noch einmal.",
  },
  "BREAK-TWO-PEOPLE": {
    sentence: "Wer den Raum hinausgezählt hat, zählt ihn nicht wieder herein: Es braucht die Zeremonienleitung und einen Zeugen.",
    remedy: "Lassen Sie die andere Person zählen und die Siegel selbst ablesen.",
  },
  "TOKEN-OUT": {
    sentence: "Während einer Pause ist der Worker vom Token abgemeldet; er meldet sich an, wenn die Pause vorbei ist.",
    remedy: "Warten Sie, bis der Worker sagt, dass er wieder angemeldet ist.",
  },
  "CLOCK-COMPARED": {
    sentence: "Die Uhr dieses Geräts steht schon so im Protokoll, wie sie jetzt geht.",
    remedy: "Es ist nichts zu tun: Sie wird wieder verglichen, wenn sie sich ändert.",
  },
  "VALUE-TWO-PEOPLE": {
    sentence: "Der Wert muss von zwei Personen abgelesen werden, der Zeremonienleitung und einem Zeugen, jede für sich.",
    remedy: "Lassen Sie ihn jetzt die andere Person ablesen.",
  },
  "DEVIATION-DECIDED": {
    sentence: "Wer entschieden hat, nimmt an dieser Zeremonie teil, ist nicht ihr Prüfer, und wird einmal genannt.",
    remedy: "Wählen Sie noch einmal, wer entschieden hat.",
  },
  "DEVIATION-KNOWN": { sentence: "Ein solches Ausnahmeblatt gibt es nicht.", remedy: RELOAD },
  "DEVIATIONS-READ": {
    sentence: "Alle Ausnahmeblätter werden der Reihe nach vorgelesen, unmittelbar vor den Unterschriften.",
    remedy:
      "Lesen Sie alle vor und bestätigen Sie das; öffnen Sie dann die Unterzeichnung, und lassen Sie alle unterschreiben. Haben alle unterschrieben, halten Sie zuerst die Zeremonie an.",
  },
  "INITIALS-ALL": {
    sentence: "Vor den Unterschriften zeichnen alle, die hier sind, jedes Ausnahmeblatt ab, oder das Blatt sagt, warum nicht.",
    remedy: "Warten Sie auf die fehlenden Kürzel, oder schreiben Sie auf, wer nicht abzeichnet und warum.",
  },
  "STEP-DONE": {
    sentence: "Zeugen zeichnen und bezeugen Schritte, die getan sind.",
    remedy: "Warten Sie, bis der Schritt getan ist.",
  },
  "NOTEBOOK-PAGES": {
    sentence: "Ein Notizbuch wird Seite für Seite freigegeben, wie es geschrieben wurde: keine fehlt, keine steht doppelt.",
    remedy: "Schließen Sie das Blatt, öffnen Sie Ihr Notizbuch noch einmal, und geben Sie es neu frei.",
  },
  "PAPER-CLAIM": {
    sentence:
      "Was auf Papier geschah, liegt innerhalb dieser Zeremonie, nennt eine Abweichung als Grund, und beide Personen berichten dasselbe.",
    remedy: "Sehen Sie nach Zeiten und Abweichung; gibt es zu diesem Schritt keine, vermerken Sie eine.",
  },
  "PAPER-TWO-PEOPLE": {
    sentence: "Für einen Schritt auf Papier unterschreiben zwei Personen verschiedener Rollen.",
    remedy: "Auch jemand in einer anderen Rolle muss unterschreiben.",
  },
  "EVIDENCE-ONCE": {
    sentence: "Diese Datei ist in dieser Zeremonie schon ein Beleg, und sie zählt einmal.",
    remedy: "Nehmen Sie hierfür ein eigenes Foto oder eine eigene Datei, oder nennen Sie den Schritt, bei dem sie steht.",
  },

  "PASSKEY-ROSTER": {
    sentence: "Dieser Passkey steht nicht in der Teilnehmerliste dieser Zeremonie.",
    remedy: "Verwenden Sie den Passkey, den Sie bei Veröffentlichung der Liste hatten, oder fragen Sie die Verwaltung.",
  },
  "PASSKEY-OWNER": {
    sentence: "Dieser Passkey gehört jemand anderem.",
    remedy: "Unterschreiben Sie mit Ihrem eigenen Passkey.",
  },
  "PASSKEY-POLICY": {
    sentence: "Dieser Passkey ist nicht von der Art, die das Skript von seinen Schlüsselverwahrern verlangt.",
    remedy:
      "Verwenden Sie einen anderen Ihrer Passkeys, vielleicht einen Sicherheitsschlüssel; haben Sie keinen solchen, muss einer für die nächste Teilnehmerliste eingerichtet werden.",
  },
  "ASSERTION-TYPE": {
    sentence: "Was der Passkey lieferte, ist keine lesbare Unterschrift.",
    remedy: "Versuchen Sie es noch einmal; geschieht es zweimal, nehmen Sie einen anderen Browser oder Passkey.",
  },
  "ASSERTION-CHALLENGE": { sentence: "Unterschrieben wurde nicht diese Erklärung.", remedy: SIGN_AGAIN },
  "ASSERTION-ORIGIN": {
    sentence: "Die Unterschrift entstand auf einer anderen Website.",
    remedy: "Öffnen Sie die Zeremonie unter der Adresse, die Sie bekommen haben, und sagen Sie es der Verwaltung.",
  },
  "ASSERTION-RP": {
    sentence: "Die Unterschrift wurde für den Namen einer anderen Website geleistet.",
    remedy: "Öffnen Sie die Zeremonie unter der Adresse, die Sie bekommen haben, und sagen Sie es der Verwaltung.",
  },
  "ASSERTION-USER-VERIFIED": {
    sentence: "Der Passkey ließ Sie nicht nachweisen, dass Sie es sind.",
    remedy: "Nehmen Sie einen Passkey mit Fingerabdruck, Gesicht oder eigener PIN, und versuchen Sie es noch einmal.",
  },
  "ASSERTION-SIGNATURE": {
    sentence: "Die Unterschrift hält der Prüfung mit dem Schlüssel dieses Passkeys nicht stand.",
    remedy: "Versuchen Sie es noch einmal; geschieht es zweimal, sagen Sie es der Verwaltung.",
  },
  "STATEMENT-ACT": { sentence: "Unterschrieben wurde eine andere Entscheidung als die gesendete.", remedy: SIGN_AGAIN },
  "STATEMENT-CEREMONY": { sentence: "Die unterschriebene Erklärung gehört zu einer anderen Zeremonie.", remedy: SIGN_AGAIN },
  "STATEMENT-MODE": {
    sentence: "Die unterschriebene Erklärung gehört zur anderen Betriebsart: Eine Probe zählt nie im Echtbetrieb.",
    remedy: SIGN_AGAIN,
  },
  "STATEMENT-SCRIPT": { sentence: "Die unterschriebene Erklärung gehört zu einem anderen Skript.", remedy: SIGN_AGAIN },
  "STATEMENT-STEP": { sentence: "Die unterschriebene Erklärung gehört zu einem anderen Schritt.", remedy: SIGN_AGAIN },
  "STATEMENT-WHAT": {
    sentence: "Der Vorgang oder seine Angaben sind nicht die, die das Skript verlangt.",
    remedy: SIGN_AGAIN,
  },
  "STATEMENT-TOKEN": { sentence: "Die unterschriebene Erklärung nennt ein anderes Token.", remedy: SIGN_AGAIN },
  "STATEMENT-HEAD": { sentence: "Die unterschriebene Erklärung gehört zu einer früheren Öffnung des Schritts.", remedy: SIGN_AGAIN },
  "STATEMENT-NONCE": { sentence: "Die unterschriebene Erklärung gehört zu einer früheren Öffnung des Schritts.", remedy: SIGN_AGAIN },
  "STATEMENT-PERSON": {
    sentence: "Die unterschriebene Erklärung lautet auf den Namen oder die Rolle einer anderen Person.",
    remedy: SIGN_AGAIN,
  },
  "STATEMENT-EXPIRED": {
    sentence: "Die Frist zum Unterschreiben ist abgelaufen.",
    remedy: "Vermerken Sie eine Abweichung, und lassen Sie den Schritt von der Zeremonienleitung neu öffnen.",
  },
  "REQUESTER-APPROVES": {
    sentence: "Wer den Schritt geöffnet hat, kann ihn nicht freigeben.",
    remedy: "Ein anderer Schlüsselverwahrer muss ihn freigeben.",
  },
  "QUORUM-DISTINCT": {
    sentence: "Sie haben dies schon freigegeben; gezählt werden Personen, nicht Unterschriften.",
    remedy: "Warten Sie auf die anderen.",
  },
  "QUORUM-REACHED": {
    sentence: "Es haben noch nicht genügend Personen freigegeben.",
    remedy: "Warten Sie auf die anderen.",
  },

  "SECRET-INVITED": {
    sentence: "Der Worker verlangt Geheimnisse, die der nächste Vorgang nicht braucht, oder vor dessen Freigabe.",
    remedy: STOP,
  },
  "SECRET-NEWEST": {
    sentence: "Der Teil wurde für einen früheren Aufruf des Workers verschlüsselt, oder für keinen.",
    remedy: "Geben Sie den Teil noch einmal ein: Die Seite hat den neuesten Aufruf.",
  },
  "SECRET-ONCE": {
    sentence: "Dieser Teil ist schon eingegeben.",
    remedy: "Sehen Sie nach, auf welche Teile noch gewartet wird.",
  },
  "SECRET-TWO-PEOPLE": {
    sentence: "Die beiden Teile eines Geheimnisses kommen von zwei verschiedenen Personen.",
    remedy: "Ein anderer Schlüsselverwahrer gibt den anderen Teil ein.",
  },
  "SECRET-ROLES-APART": {
    sentence:
      "Sie haben in dieser Zeremonie einen Teil der anderen PIN dieses Tokens eingegeben: Sicherheitsbeauftragter und Benutzer sind getrennt.",
    remedy: "Diesen Teil gibt ein Schlüsselverwahrer ein, der von der anderen PIN keinen eingegeben hat.",
  },
  "SECRET-COMPLETE": {
    sentence: "Es sind noch nicht alle Teile der Geheimnisse eingegeben.",
    remedy: "Warten Sie auf die anderen.",
  },

  "OPERATION-ORDER": {
    sentence: "Die Vorgänge eines Schritts geschehen nacheinander, und dieser ist nicht der nächste.",
    remedy: RELOAD,
  },
  "OPERATION-QUORUM": { sentence: "Der Vorgang nennt nicht die Freigaben, die ihn erlauben.", remedy: STOP },
  "OPERATION-ID": {
    sentence: "Der Vorgang bekam eine andere Schlüsselkennung als die, die aus seinen Freigaben folgt.",
    remedy: STOP,
  },
  "OUTCOME-MATCHES": { sentence: "Was der Worker berichtet, widerspricht dem, was verlangt war.", remedy: STOP },
  "INVENTORY-NOTED": {
    sentence:
      "Eine Bestandsliste des Tokens zeigt, wofür niemand einsteht, und der Schriftführer hat es noch nicht richtig vermerkt.",
    remedy: "Warten Sie auf seine Abweichung, lesen Sie sie vor, und fahren Sie fort, oder halten Sie die Zeremonie an.",
  },
  "STAMP-IMPRINT": {
    sentence: "Dieser Zeitstempel gilt keinem Eintrag, der gestempelt wird.",
    remedy: "Im Raum ist nichts zu tun: Der Worker fragt die Zeitstempelstelle noch einmal.",
  },
  "STAMP-TIME": {
    sentence: "Die Zeit, die die Zeitstempelstelle nennt, kann nicht sein: Sie liegt vor dem Eintrag oder nach dem Erhalt des Stempels.",
    remedy: "Vergleichen Sie die Uhr des Workers mit einer anderen; der Worker fragt die Zeitstempelstelle noch einmal.",
  },
  "STAMP-ONCE": {
    sentence: "Was diese Zeitstempelstelle zu dem Eintrag zu sagen hatte, steht schon im Protokoll.",
    remedy: "Es ist nichts zu tun.",
  },
  "CLOSE-COMPLETE": {
    sentence: "Die Zeremonie kann nicht geschlossen werden, solange noch etwas zu tun ist.",
    remedy: ADMINISTRATOR,
  },

  "KEY-RECORDED": {
    sentence:
      "Das Schlüsselverzeichnis kennt keinen solchen Schlüssel: Kein Ergebnis, das ein vertrauter Schriftführer signiert hat, " +
      "sagt, dass es ihn gibt.",
    remedy:
      "Suchen Sie ihn auf der Seite der Schlüssel; einer, den keine Zeremonie erzeugt hat, muss erst in einer festgestellt werden.",
  },
  "KEY-HEAD": {
    sentence:
      "Mit dem Schlüssel ist etwas geschehen, seit dies geschrieben wurde, oder er ist nicht in dem Zustand, der hier steht.",
    remedy: "Laden Sie die Seite neu und schlagen Sie die Änderung von dem Zustand aus vor, in dem er jetzt ist.",
  },
  "KEY-CHANGE-ENDORSED": {
    sentence: "Die Änderung dieses Schlüssels haben noch nicht genug Schlüsselverwahrer unterschrieben.",
    remedy: "Bitten Sie die noch ausstehenden Schlüsselverwahrer, sie zu lesen und zu unterschreiben.",
  },
  "KEY-TRANSITION": {
    sentence: "Von jenem Zustand geht kein Schlüssel in diesen über, und eine Änderung ändert etwas.",
    remedy: "Die Seite des Schlüssels zeigt, was aus ihm werden kann.",
  },
  "KEY-DESTROYED": {
    sentence: "Dass ein Schlüssel vernichtet ist, beschließt niemand: Es ist das Ergebnis einer Zeremonie, oder es ist nicht so.",
    remedy: "Planen Sie eine Zeremonie, die den Schlüssel vernichtet.",
  },
  "KEY-STATE": {
    sentence: "Der Schlüssel ist nicht in einem Zustand, in dem er das darf.",
    remedy: "Verwenden Sie den Schlüssel, der an seine Stelle getreten ist, oder schlagen Sie vor, seinen Zustand zu ändern.",
  },
  "KEY-PURPOSE": {
    sentence: "Dafür wurde der Schlüssel nicht gemacht.",
    remedy: "Verwenden Sie einen Schlüssel, der dafür gemacht ist.",
  },
  "KEY-CRYPTOPERIOD": {
    sentence: "Die Zeit, in der der Schlüssel das darf, ist vorbei oder hat noch nicht begonnen.",
    remedy: "Verwenden Sie den Schlüssel, der an seine Stelle getreten ist; gibt es keinen, so ist ein Wechsel überfällig.",
  },
  "GRANT-ENDORSED": {
    sentence: "Was diese Anwendung darf, haben noch nicht genug Schlüsselverwahrer unterschrieben.",
    remedy: "Bitten Sie die noch ausstehenden Schlüsselverwahrer, es zu lesen und zu unterschreiben.",
  },
  "GRANT-TIME": {
    sentence: "Die Zeit, für die Schlüsselverwahrer dieser Anwendung Schlüssel erlaubt haben, ist vorbei.",
    remedy: "Schlagen Sie eine neue Ausgabe dessen vor, was sie darf, und lassen Sie sie unterschreiben.",
  },
  "GRANT-SCOPE": {
    sentence: "Dass diese Anwendung das tut, haben Schlüsselverwahrer nicht erlaubt, oder es gibt keinen solchen Schlüssel.",
    remedy: "Verlangen Sie, was die Erlaubnis nennt; eine neue Ausgabe kann mehr nennen.",
  },
  "FINDING-EXPLAINED": {
    sentence:
      "Ein Befund wird durch eine Erklärung geschlossen, die ein Schlüsselverwahrer zu genau diesem Befund unterschrieben hat, " +
      "solange er offen ist.",
    remedy: "Laden Sie die Seite neu und lesen Sie noch einmal, was gefunden wurde.",
  },
};
