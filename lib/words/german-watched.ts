/** German for what the linter finds in a script: each sentence of its checks, and each part of one. */
export const GERMAN_WATCHED: { readonly [english: string]: string } = {
  "There is no language called {0}.": "Eine Sprache {0} gibt es nicht.",
  "This is not there in {0}, which the script speaks elsewhere.": "Dies fehlt in der Sprache {0}, die das Skript sonst spricht.",
  "{0} has {1} and in {2} {3}.": "{0} hat {1} Zeilen, in der Sprache {2} aber {3}.",
  "{0} is in {1} word for word the same.": "{0} lautet in der Sprache {1} Wort für Wort gleich.",
  "All {0} custodians have to agree; none of them may be away.":
    "Alle {0} Schlüsselverwahrer müssen zustimmen; keiner darf fehlen.",
  "Both PINs of the token {0} are entered, and only {1} custodians take part.":
    "Beide PINs des Tokens {0} werden eingegeben, und nur {1} Schlüsselverwahrer nehmen teil.",
  "The script has no post called {0}.": "Das Skript hat kein Amt {0}.",
  "One person would be {0} ({1}) and {2} ({3}).": "Eine Person wäre zugleich {0} ({1}) und {2} ({3}).",
  "One person would be {0} and {1}, which are kept apart.": "Eine Person wäre zugleich {0} und {1}, die getrennt bleiben.",
  "No post says what a {0} does.": "Kein Amt sagt, was die Rolle {0} tut.",
  "{0} asked for the ceremony and is one of those who approve.":
    "{0} hat die Zeremonie beantragt und gehört zu denen, die freigeben.",
  "Nobody's identity is checked.": "Niemandes Identität wird geprüft.",
  "This is approved before anybody's identity was checked.": "Dies wird freigegeben, bevor irgendjemandes Identität geprüft ist.",
  "The sign-off leaves out: {0}.": "Bei den Unterschriften fehlt: {0}.",
  "The script does not name its sections: {0}.": "Das Skript nennt seine Abschnitte nicht: {0}.",
  "The section {0} is missing.": "Der Abschnitt {0} fehlt.",
  "The section {0} may not be left out.": "Der Abschnitt {0} darf nicht ausgelassen werden.",
  "The section {0} may be left out only for an HSM in a cloud.":
    "Der Abschnitt {0} darf nur bei einem HSM in der Cloud ausgelassen werden.",
  "{0} names {1}, which is no act, step or member of the header.":
    "{0} nennt {1}; das ist kein Akt, kein Schritt und keine Angabe des Kopfes.",
  "This reads like a secret.": "Dies liest sich wie ein Geheimnis.",
  "This is not finished: {0}.": "Dies ist nicht fertig: {0}.",
  "The word {0} has letters of two scripts.": "Das Wort {0} hat Buchstaben aus zwei Schriften.",
  "The text has {0} characters.": "Der Text hat {0} Zeichen.",
  "Somebody would type {0} here for all to read.": "Jemand würde hier {0} eintippen, für alle lesbar.",
  "No step before this one makes the backup {0}.": "Kein früherer Schritt macht die Sicherung {0}.",
  "The backup {0} is made twice.": "Die Sicherung {0} wird zweimal gemacht.",
  "{0} is made after the last backup and is in none.": "{0} entsteht nach der letzten Sicherung und ist in keiner.",
  "Nothing backs up {0}.": "Nichts sichert {0}.",
  "Nobody looks into the backup {0}.": "Niemand sieht in die Sicherung {0} hinein.",
  "The backup {0} is never restored.": "Die Sicherung {0} wird nie wiederhergestellt.",
  "The bag number {0} was that of {1}.": "Die Beutelnummer {0} war schon die von {1}.",
  "The bag {0} was opened before.": "Der Beutel {0} wurde schon geöffnet.",
  "The bag {0} is used a second time.": "Der Beutel {0} wird ein zweites Mal verwendet.",
  "{0} is in the bag {1}, which no step opened.": "{0} liegt im Beutel {1}, den kein Schritt geöffnet hat.",
  "The break begins while {0} is out of its bag.": "Die Pause beginnt, während {0} nicht im Beutel liegt.",
  "{0} is taken out of its bag here and never sealed again.": "{0} wird hier aus dem Beutel genommen und nie wieder versiegelt.",
  "No time passes between the step that condemns {0} and this one.":
    "Zwischen dem Schritt, der {0} zur Vernichtung bestimmt, und diesem vergeht keine Zeit.",
  "{0} was destroyed in an earlier step.": "{0} wurde in einem früheren Schritt vernichtet.",
  "The token {0} was zeroised in an earlier step.": "Das Token {0} wurde in einem früheren Schritt gelöscht.",
  "the key {0}": "den Schlüssel {0}",
  "Condemned and never destroyed: {0}.": "Kein Schritt vernichtet, was zur Vernichtung bestimmt ist: {0}.",
  "the token of this ceremony": "das Token dieser Zeremonie",
  "the token {0}": "das Token {0}",
  "The labels {0} and {1} look alike.": "Die Namen {0} und {1} sehen gleich aus.",
  "The text says that {0} cannot leave the HSM, and the order lets it leave.":
    "Der Text sagt, {0} könne das HSM nicht verlassen, und der Auftrag erlaubt es.",
  "{0} is made so that it can never leave the HSM.": "{0} wird so erzeugt, dass er das HSM nie verlassen kann.",
  "{0} may only {1}: nothing would show that its copy is the same key.":
    "{0} darf nur {1}: nichts würde zeigen, dass die Kopie derselbe Schlüssel ist.",
  "{0} can be taken out of the HSM in wrapped form, and nothing here needs that.":
    "{0} kann eingewickelt aus dem HSM geholt werden, und nichts hier braucht das.",
  "{0} is made and never tested.": "{0} wird erzeugt und nie erprobt.",
  "Nothing shows that these cannot leave the HSM: {0}.": "Nichts zeigt, dass diese das HSM nicht verlassen können: {0}.",
  "The public key of {0} is exported, and its fingerprint is read aloud in no step.":
    "Der öffentliche Schlüssel von {0} wird ausgegeben, und kein Schritt liest seinen Fingerabdruck vor.",
  "{0} may {1}: that is more than one purpose.": "{0} darf {1}: das ist mehr als ein Zweck.",
  "There is no profile called {0}; there are {1}.": "Ein Profil {0} gibt es nicht; es gibt {1}.",
  "{0} refuses a second key called {1}.": "{0} nimmt keinen zweiten Schlüssel {1} an.",
  "{0} cannot wrap {1} in the way that other makers understand.":
    "{0} kann {1} nicht so einwickeln, dass andere Hersteller es verstehen.",
  "{0} takes in no {1} key that comes wrapped.": "{0} nimmt keinen eingewickelten Schlüssel der Art {1} auf.",
  "{0} wraps no {1} key.": "{0} wickelt keinen Schlüssel der Art {1} ein.",
  "{0} wraps keys that say they cannot leave, and so it will {1}.":
    "{0} wickelt auch Schlüssel ein, die laut Attribut nicht hinaus können, also auch {1}.",
  "{0} wraps no {1} key, even one that may leave: that it does not wrap {2} shows nothing.":
    "{0} wickelt keinen Schlüssel der Art {1} ein, auch keinen, der hinaus darf: dass es {2} nicht einwickelt, zeigt nichts.",
  "{0} makes no {1} keys.": "{0} erzeugt keine Schlüssel der Art {1}.",
  "{0} is not known to keep {1} back from wrapping keys that are not trusted.":
    "Von {0} ist nicht bekannt, dass es {1} vor Schlüsseln zurückhält, denen nicht vertraut wird.",
  "{0} chooses the IV of AES-GCM for {1} itself.": "{0} wählt den IV von AES-GCM für {1} selbst.",
  "the keys for {0}": "die Schlüssel für {0}",
  "{0} has no archive of a whole token: form: wrapped-keys takes each key by itself.":
    "{0} hat kein Archiv eines ganzen Tokens: form: wrapped-keys nimmt jeden Schlüssel einzeln.",
  "the keys of {0}": "die Schlüssel von {0}",
  "A backup of {0} cannot be restored with the library of {1}.":
    "Eine Sicherung von {0} lässt sich mit der Bibliothek von {1} nicht wiederherstellen.",
  "{0} has no C_InitToken.": "{0} hat kein C_InitToken.",
  "{0} changes that PIN through no call of PKCS#11.": "{0} ändert diese PIN durch keinen Aufruf von PKCS#11.",
  "{0} has no security officer’s PIN to initialise it with.":
    "{0} hat keine PIN des Sicherheitsbeauftragten, mit der es initialisiert wird.",
  "A recording stops that no step before this one started.": "Eine Aufnahme endet, die kein früherer Schritt begonnen hat.",
  "The break begins while {0} is open.": "Die Pause beginnt, während {0} offen steht.",
  "A break ends that no step before this one began.": "Eine Pause endet, die kein früherer Schritt begonnen hat.",
  "{0} is closed, and no step before this one opened it.": "{0} wird geschlossen, und kein früherer Schritt hat es geöffnet.",
  "Step {0} is done during a break.": "Der Schritt {0} geschieht während einer Pause.",
  "The recording starts here and is never stopped.": "Die Aufnahme beginnt hier und endet nie.",
  "This is done while no camera runs.": "Dies geschieht, während keine Kamera läuft.",
  "No step starts a recording.": "Kein Schritt beginnt eine Aufnahme.",
  "The break that begins here is never ended.": "Die Pause, die hier beginnt, endet nie.",
  "{0} is opened here and never closed.": "{0} wird hier geöffnet und nie geschlossen.",
  "Step {0} takes {1} minutes; its approvals wait {2}.": "Der Schritt {0} dauert {1} Minuten; seine Freigaben warten {2}.",
  "The step does not say how long it takes.": "Der Schritt sagt nicht, wie lange er dauert.",
  "The script says {0} minutes; its steps take {1} together.":
    "Das Skript nennt {0} Minuten; seine Schritte dauern zusammen {1}.",
  "The steps take {0} minutes; {1} are booked.": "Die Schritte dauern {0} Minuten; gebucht sind {1}.",
  "the HSM": "das HSM",
  "Nobody has looked at what is on {0} before this changes it.":
    "Bevor dies etwas ändert, hat niemand nachgesehen, was darauf ist: {0}.",
  "The script lists no token called {0}.": "Das Skript führt kein Token {0} auf.",
  "Initialising {0} destroys {1}, which an earlier step put there.":
    "Wer {0} initialisiert, vernichtet {1}, das ein früherer Schritt dort angelegt hat.",
  "Step {0} does not say which serial number is expected.": "Der Schritt {0} sagt nicht, welche Seriennummer erwartet wird.",
  "Nobody compares the firmware of {0} with what is expected.": "Niemand vergleicht den Firmware-Stand ({0}) mit dem erwarteten.",
  "Nobody compares the firmware of {0} with what is expected after it is initialised.":
    "Niemand vergleicht nach dem Initialisieren den Firmware-Stand ({0}) mit dem erwarteten.",
  "The HSM is put to work before anybody has read its serial number.":
    "Das HSM arbeitet, bevor jemand seine Seriennummer gelesen hat.",
  "Nobody lists what is on {0} after this last change.": "Nach dieser letzten Änderung listet niemand auf, was darauf ist: {0}.",
  "No operation works on the token {0}.": "Kein Vorgang arbeitet am Token {0}.",
};
