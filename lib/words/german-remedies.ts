/** German for what each of the linter's codes means: in short, why it matters, and what to do about it. */
export const GERMAN_REMEDIES: { readonly [english: string]: string } = {
  "The key label {0} is made twice.": "Der Schlüsselname {0} wird zweimal vergeben.",
  "The key label {0} stands for a key of this script already.":
    "Der Schlüsselname {0} steht schon für einen Schlüssel dieses Skripts.",
  "No step before this one condemns {0}.": "Kein früherer Schritt bestimmt {0} zur Vernichtung.",
  "The script has no sign-off: nobody would sign what happened.":
    "Das Skript endet ohne Unterschriften: Niemand unterschriebe, was geschehen ist.",
  "Unreachable: step {0} comes after the sign-off, which ends the ceremony.":
    "Nicht erreichbar: Der Schritt {0} kommt nach den Unterschriften, mit denen die Zeremonie endet.",
  "The invisible character {0} may not stand in a script.": "Das unsichtbare Zeichen {0} darf in keinem Skript stehen.",

  // YAML
  "A file that can be read in two ways is no reviewed text.":
    "Eine Datei, die sich auf zwei Arten lesen lässt, ist kein geprüfter Text.",
  "Write plain YAML: names, lists, text and whole numbers.":
    "Schreiben Sie einfaches YAML: Namen, Listen, Text und ganze Zahlen.",
  // SCHEMA
  "A member nobody knows, or one that is missing, would be guessed at.":
    "Eine Angabe, die niemand kennt oder die fehlt, müsste erraten werden.",
  "Write it as the schema says.": "Schreiben Sie es, wie das Schema es sagt.",
  // TEXT-DECEPTIVE
  "People cannot see what they would read aloud and sign.": "Niemand kann sehen, was er vorläse und unterschriebe.",
  "Take the character out and type the word anew.": "Nehmen Sie das Zeichen heraus, und tippen Sie das Wort neu.",
  // QUORUM-ONE
  "One person alone could do everything.": "Eine Person allein könnte alles tun.",
  "Ask at least two custodians to agree.": "Lassen Sie mindestens zwei Schlüsselverwahrer zustimmen.",
  // QUORUM-TOO-LARGE
  "Nobody can ever reach it.": "Niemand kann es je erreichen.",
  "Ask for fewer approvals, or let more custodians take part.":
    "Verlangen Sie weniger Freigaben, oder lassen Sie mehr Schlüsselverwahrer teilnehmen.",
  // QUORUM-COUNT
  "A ceremony has one set of custodians.": "Eine Zeremonie hat einen einzigen Kreis von Schlüsselverwahrern.",
  "Count the same custodians in the step as in the script.": "Zählen Sie im Schritt dieselben Schlüsselverwahrer wie im Skript.",
  // EMERGENCY-LOOSER
  "An emergency is when people press hardest; a looser rule there is the hole through which all others are walked around.":
    "Im Notfall wird am meisten gedrängt; eine lockerere Regel dort ist das Loch, durch das alle anderen umgangen werden.",
  "Ask for more approvals than the ordinary script does.": "Verlangen Sie mehr Freigaben als das gewöhnliche Skript.",
  // ID-TWICE
  "Deviations and sections point at a step by its id.":
    "Abweichungen und Abschnitte verweisen auf einen Schritt durch seine Kennung.",
  "Give each act and step an id of its own.": "Geben Sie jedem Akt und Schritt eine eigene Kennung.",
  // STEP-NOBODY
  "The ceremony would stand still at this step.": "Die Zeremonie bliebe bei diesem Schritt stehen.",
  "Name roles that may do it.": "Nennen Sie Rollen, die es tun dürfen.",
  // READ-ALONE
  "What one person reads off a device, one person can misread or make up.":
    "Was eine Person von einem Gerät abliest, kann sie falsch lesen oder erfinden.",
  "Let the operator and a witness each read it.": "Lassen Sie Zeremonienleitung und einen Zeugen es je für sich ablesen.",
  // WITNESS-ALONE
  "A single witness would stay unchecked for ever.": "Ein einziger Zeuge bliebe für immer ungeprüft.",
  "Ask for two witnesses at least.": "Verlangen Sie mindestens zwei Zeugen.",
  // OPERATION-UNKNOWN
  "The worker does only what it has a book for.": "Der Worker tut nur, wofür er ein Buch hat.",
  "Choose an operation that there is.": "Wählen Sie einen Vorgang, den es gibt.",
  // OPERATION-PARAMETERS
  "The worker would refuse it, with everybody in the room.": "Der Worker würde es ablehnen, während alle im Raum sind.",
  "Correct the parameter.": "Berichtigen Sie die Angabe.",
  // USE-BEFORE-MAKE
  "The step could never be performed.": "Der Schritt ließe sich nie durchführen.",
  "Move it after the step that makes the key, or name the right key.":
    "Stellen Sie ihn hinter den Schritt, der den Schlüssel erzeugt, oder nennen Sie den richtigen Schlüssel.",
  // KEY-MADE-TWICE
  "Two keys of one name cannot be told apart.": "Zwei Schlüssel eines Namens lassen sich nicht unterscheiden.",
  "Give each key a label of its own.": "Geben Sie jedem Schlüssel einen eigenen Namen.",
  // DESTROY-UNCONDEMNED
  "Destruction is decided twice; the first decision is missing.":
    "Über eine Vernichtung wird zweimal entschieden; die erste Entscheidung fehlt.",
  "Condemn it in an earlier step of its own.": "Bestimmen Sie es in einem früheren, eigenen Schritt zur Vernichtung.",
  // REFERENCE-UNKNOWN
  "It points at nothing, so nobody would know when it holds.": "Es zeigt auf nichts; niemand wüsste, wann es gilt.",
  "Name a step that comes before.": "Nennen Sie einen Schritt, der vorher kommt.",
  // SIGN-OFF-MISSING
  "Nobody would sign what happened.": "Niemand unterschriebe, was geschehen ist.",
  "End with a sign-off of everybody.": "Enden Sie mit den Unterschriften aller.",
  // AFTER-SIGN-OFF
  "What is done after the signatures, nobody has signed.": "Was nach den Unterschriften geschieht, hat niemand unterschrieben.",
  "Move it before the sign-off.": "Stellen Sie es vor die Unterschriften.",
  // QUORUM-ALL
  "If every custodian is needed, one illness or one lost passkey stops everything.":
    "Wird jeder Schlüsselverwahrer gebraucht, hält eine Krankheit oder ein verlorener Passkey alles an.",
  "Let at least one custodian more take part than must agree.":
    "Lassen Sie mindestens einen Schlüsselverwahrer mehr teilnehmen, als zustimmen müssen.",
  // CUSTODIANS-TOO-FEW
  "Whoever enters a part of one PIN of a token enters none of the other, so the step could never be finished.":
    "Wer einen Teil der einen PIN eines Tokens eingibt, gibt von der anderen keinen ein; der Schritt käme also nie zum Ende.",
  "Let four custodians take part at least: two for the security officer's PIN, two for the user's.":
    "Lassen Sie mindestens vier Schlüsselverwahrer teilnehmen: zwei für die PIN des Sicherheitsbeauftragten, zwei für die des Benutzers.",
  // REQUESTER-APPROVES
  "Whoever asked for the ceremony would also agree to it.": "Wer die Zeremonie beantragt hat, stimmte ihr auch zu.",
  "Give the requester's post a role that does not approve.":
    "Geben Sie dem Amt des Antragstellers eine Rolle, die nicht freigibt.",
  // POST-CONFLICT
  "Two pairs of eyes are one when one person fills both posts; in a ceremony each person has one role.":
    "Vier Augen sind zwei, wenn eine Person beide Ämter innehat; in einer Zeremonie hat jede Person eine Rolle.",
  "Give the two posts to two people.": "Geben Sie die beiden Ämter zwei Personen.",
  // POST-UNKNOWN
  "A rule about a post that does not exist protects nothing.": "Eine Regel über ein Amt, das es nicht gibt, schützt nichts.",
  "Name a post of the list.": "Nennen Sie ein Amt der Liste.",
  // ROLE-UNEXPLAINED
  "People come without knowing what is expected of them.": "Menschen kommen, ohne zu wissen, was von ihnen erwartet wird.",
  "Add a post that says what this role does and must not do.":
    "Fügen Sie ein Amt hinzu, das sagt, was diese Rolle tut und nicht tun darf.",
  // ATTENDANCE-MISSING
  "A passkey shows that it is the same person, not who that is.":
    "Ein Passkey zeigt, dass es dieselbe Person ist, nicht, wer sie ist.",
  "Let a witness check everybody's identity in a step.": "Lassen Sie in einem Schritt einen Zeugen die Identität aller prüfen.",
  // ATTENDANCE-LATE
  "Work was approved by people whom nobody had looked at yet.":
    "Arbeit wurde von Personen freigegeben, die noch niemand angesehen hatte.",
  "Check identities before the first operation with a quorum.": "Prüfen Sie die Identitäten vor dem ersten Vorgang mit Quorum.",
  // SIGN-OFF-INCOMPLETE
  "Whoever acted and does not sign can later say it was otherwise.":
    "Wer gehandelt hat und nicht unterschreibt, kann später sagen, es sei anders gewesen.",
  "Let every role that acts sign.": "Lassen Sie jede Rolle unterschreiben, die handelt.",
  // SECTIONS-MISSING
  "An auditor looks for eight things in such a script, and finds out in the room that one is not there.":
    "Wer prüft, sucht in einem solchen Skript acht Dinge und merkt im Raum, dass eines fehlt.",
  "Say for each of the eight sections which steps answer it, or why it is left out.":
    "Sagen Sie zu jedem der acht Abschnitte, welche Schritte ihn beantworten oder warum er ausgelassen ist.",
  // SECTION-UNKNOWN
  "The auditor is sent to a place that is not there.": "Wer prüft, wird an eine Stelle geschickt, die es nicht gibt.",
  "Name acts, steps or members of the header.": "Nennen Sie Akte, Schritte oder Angaben des Kopfes.",
  // SECTION-OMITTED
  "Only the place and the storage of a cloud HSM are somebody else's business.":
    "Nur Ort und Aufbewahrung eines HSM in der Cloud sind Sache eines anderen.",
  "Answer the section, or name the profile of the cloud HSM that the script is for.":
    "Beantworten Sie den Abschnitt, oder nennen Sie das Profil des Cloud-HSM, für das das Skript ist.",
  // TIME-MISSING
  "Without times nobody can book a room or see that the ceremony falls behind.":
    "Ohne Zeiten kann niemand einen Raum buchen oder sehen, dass die Zeremonie in Verzug gerät.",
  "Say how many minutes the step takes.": "Sagen Sie, wie viele Minuten der Schritt dauert.",
  // TIME-SUM
  "The estimate on the first page is not what the steps add up to.":
    "Die Schätzung auf der ersten Seite ist nicht die Summe der Schritte.",
  "Correct the total, or the steps.": "Berichtigen Sie die Summe oder die Schritte.",
  // BLOCK-TOO-SHORT
  "People will have to leave in the middle, with things open.":
    "Menschen werden mittendrin gehen müssen, während etwas offen ist.",
  "Book a longer block, or split the ceremony.": "Buchen Sie länger, oder teilen Sie die Zeremonie.",
  // EXPIRES-SHORT
  "Approvals would run out before the step is expected to be over.":
    "Freigaben liefen ab, bevor der Schritt voraussichtlich zu Ende ist.",
  "Let approvals wait at least as long as the longest step takes.":
    "Lassen Sie Freigaben mindestens so lange warten, wie der längste Schritt dauert.",
  // KEY-UNTESTED
  "A key that was never used may turn out useless on the day it is needed.":
    "Ein nie benutzter Schlüssel kann sich an dem Tag als nutzlos erweisen, an dem er gebraucht wird.",
  "Test it in this ceremony, and check the result outside the HSM.":
    "Erproben Sie ihn in dieser Zeremonie, und prüfen Sie das Ergebnis außerhalb des HSM.",
  // KEY-UNPROVEN
  "That a key cannot leave is so far only what was asked for.":
    "Dass ein Schlüssel nicht herauskommt, ist bisher nur verlangt worden.",
  "Add prove-not-exportable for it.": "Fügen Sie prove-not-exportable für ihn hinzu.",
  // KEY-EXTRACTABLE-DENIED
  "People would hear that the key cannot leave, and approve one that can.":
    "Alle hörten, der Schlüssel könne nicht heraus, und gäben einen frei, der es kann.",
  "Make the key not extractable, or say that it can leave.":
    "Machen Sie den Schlüssel nicht ausführbar, oder sagen Sie, dass er heraus kann.",
  // KEY-EXTRACTABLE
  "A production key that can be wrapped out can be used where nobody watches.":
    "Ein Produktionsschlüssel, der sich eingewickelt herausholen lässt, kann benutzt werden, wo niemand zusieht.",
  "Make it not extractable, unless this ceremony clones it; back it up with the token.":
    "Machen Sie ihn nicht ausführbar, außer wenn diese Zeremonie ihn klont; sichern Sie ihn mit dem Token.",
  // CLONE-UNEXTRACTABLE
  "A key that can never leave cannot be copied either.": "Ein Schlüssel, der nie heraus kann, lässt sich auch nicht kopieren.",
  "Make it extractable, and say so; or copy it by backup and restore.":
    "Machen Sie ihn ausführbar, und sagen Sie es; oder kopieren Sie ihn durch Sichern und Wiederherstellen.",
  // CLONE-UNCOMPARED
  "A copy that nothing shows to be the same key is refused: it might be any key.":
    "Eine Kopie, von der nichts zeigt, dass sie derselbe Schlüssel ist, wird abgelehnt: Sie könnte irgendein Schlüssel sein.",
  "Let the pair sign or decrypt as well; or leave the copy out, and back the key up.":
    "Lassen Sie das Paar auch signieren oder entschlüsseln; oder lassen Sie die Kopie weg, und sichern Sie den Schlüssel.",
  // USAGE-MIXED
  "A key with two purposes lets one be used against the other: what it decrypts can be made to look like what it signs.":
    "Ein Schlüssel mit zwei Zwecken lässt den einen gegen den anderen ausspielen: Was er entschlüsselt, kann aussehen wie das, was er signiert.",
  "Make one key for each purpose.": "Erzeugen Sie für jeden Zweck einen Schlüssel.",
  // LABEL-ALIKE
  "Two labels that look alike are mixed up when read aloud or typed.":
    "Zwei Namen, die gleich aussehen, werden beim Vorlesen oder Tippen verwechselt.",
  "Choose labels that differ in more than such a sign.":
    "Wählen Sie Namen, die sich in mehr als einem solchen Zeichen unterscheiden.",
  // FINGERPRINT-UNREAD
  "A fingerprint nobody heard cannot be compared with anything later.":
    "Einen Fingerabdruck, den niemand gehört hat, kann später niemand vergleichen.",
  "Follow the export with a statement in which it is read aloud.":
    "Lassen Sie auf die Ausgabe eine Verlesung folgen, in der er vorgelesen wird.",
  // BASELINE-MISSING
  "Without a list from before, nobody can say what is new.": "Ohne Liste von vorher kann niemand sagen, was neu ist.",
  "Ask for token-health before the first change.": "Verlangen Sie token-health vor der ersten Änderung.",
  // INVENTORY-MISSING
  "What appeared or vanished unseen stays unseen.": "Was ungesehen auftauchte oder verschwand, bleibt ungesehen.",
  "Add list-keys after the last change.": "Fügen Sie nach der letzten Änderung list-keys hinzu.",
  // BACKUP-MISSING
  "When the HSM breaks, keys without a backup are gone.": "Geht das HSM kaputt, sind Schlüssel ohne Sicherung verloren.",
  "Back the token up and try the backup, or say why not.":
    "Sichern Sie das Token, und erproben Sie die Sicherung; oder sagen Sie, warum nicht.",
  // BACKUP-BEFORE-KEY
  "The key that is made afterwards is in no backup.": "Der Schlüssel, der danach entsteht, ist in keiner Sicherung.",
  "Move the backup after the last key that is made.": "Stellen Sie die Sicherung hinter den letzten Schlüssel, der erzeugt wird.",
  // BACKUP-UNKNOWN
  "Nothing of that name was ever made.": "Nichts dieses Namens wurde je gemacht.",
  "Make the backup first, or correct its name.": "Machen Sie erst die Sicherung, oder berichtigen Sie ihren Namen.",
  // BACKUP-TWICE
  "The second backup would stand in the place of the first.": "Die zweite Sicherung stünde an der Stelle der ersten.",
  "Give each backup a name of its own.": "Geben Sie jeder Sicherung einen eigenen Namen.",
  // BACKUP-UNEXTRACTABLE
  "The token would refuse to wrap it, with everybody in the room.":
    "Das Token würde sich weigern, ihn einzuwickeln, während alle im Raum sind.",
  "Make the key extractable, or take the archive of the whole token where its maker has one.":
    "Machen Sie den Schlüssel ausführbar, oder nehmen Sie das Archiv des ganzen Tokens, wo sein Hersteller eines hat.",
  // BACKUP-UNVERIFIED
  "A backup that nobody looked at may hold something else.":
    "Eine Sicherung, die niemand angesehen hat, kann etwas anderes enthalten.",
  "Add verify-backup.": "Fügen Sie verify-backup hinzu.",
  // BACKUP-UNRESTORED
  "Only a backup that was restored is known to be one.":
    "Nur von einer Sicherung, die wiederhergestellt wurde, weiß man, dass sie eine ist.",
  "Add a restore test into another token.": "Fügen Sie eine Wiederherstellungsprobe in ein anderes Token hinzu.",
  // DESTROY-HASTY
  "Without time in between, one talked-over moment destroys a key.":
    "Ohne Zeit dazwischen vernichtet ein überredeter Augenblick einen Schlüssel.",
  "Give the step a cooling-off time after the step that condemns.":
    "Geben Sie dem Schritt eine Bedenkzeit nach dem Schritt, der zur Vernichtung bestimmt.",
  // CONDEMNED-KEPT
  "The first half of a destruction was done, and nobody says what becomes of it.":
    "Die erste Hälfte einer Vernichtung ist getan, und niemand sagt, was daraus wird.",
  "Destroy it in a later step, or do not condemn it.":
    "Vernichten Sie es in einem späteren Schritt, oder bestimmen Sie es nicht dazu.",
  // USE-AFTER-END
  "What was destroyed or zeroised is not there any more.": "Was vernichtet oder gelöscht wurde, ist nicht mehr da.",
  "Move the step before the destruction.": "Stellen Sie den Schritt vor die Vernichtung.",
  // TOKEN-UNDECLARED
  "The worker would look for a token that nobody provided.": "Der Worker suchte ein Token, das niemand bereitgestellt hat.",
  "List it under tokens, with what it is.": "Führen Sie es unter tokens auf, mit dem, was es ist.",
  // TOKEN-UNUSED
  "Somebody carries a device into the room for nothing.": "Jemand trägt ein Gerät umsonst in den Raum.",
  "Take it out of the list, or use it.": "Nehmen Sie es aus der Liste, oder verwenden Sie es.",
  // TOKEN-NOT-EMPTY
  "Initialising a token destroys every key that is on it.": "Wer ein Token initialisiert, vernichtet jeden Schlüssel darauf.",
  "Initialise it before any key is made on it.": "Initialisieren Sie es, bevor ein Schlüssel darauf entsteht.",
  // DEVICE-UNCHECKED
  "Nobody has looked whether the device on the table is the one that is meant.":
    "Niemand hat nachgesehen, ob das Gerät auf dem Tisch das gemeinte ist.",
  "Add a physical check of its serial number.": "Fügen Sie eine Prüfung der Seriennummer am Gerät hinzu.",
  // SERIAL-UNEXPECTED
  "Two people may read the same wrong device alike.": "Zwei Personen können dasselbe falsche Gerät gleich ablesen.",
  "Write the expected serial number into the copy of the script that is approved.":
    "Schreiben Sie die erwartete Seriennummer in die Fassung des Skripts, die freigegeben wird.",
  // STATE-UNCOMPARED
  "An HSM with other firmware, or in another mode, than the one that was certified answers just as well.":
    "Ein HSM mit anderer Firmware oder in anderer Betriebsart als der zertifizierten antwortet ebenso gut.",
  "Give token-health an expect with firmware, and for an approved mode with withoutMechanisms.":
    "Geben Sie token-health ein expect mit firmware und, für eine zugelassene Betriebsart, mit withoutMechanisms.",
  // RECORDING-MISSING
  "For a root key either an auditor is present or the whole is filmed.":
    "Bei einem Wurzelschlüssel ist entweder ein Prüfer anwesend, oder das Ganze wird gefilmt.",
  "Add evidence steps that start and stop the recording.":
    "Fügen Sie Belegschritte hinzu, die die Aufnahme beginnen und beenden.",
  // RECORDING-LATE
  "The film does not show what was done before it began.": "Der Film zeigt nicht, was vor seinem Beginn geschah.",
  "Start it before the first operation that changes anything.": "Beginnen Sie ihn vor dem ersten Vorgang, der etwas ändert.",
  // RECORDING-UNSTOPPED
  "A camera nobody stops films on, and the film has no end that could be hashed.":
    "Eine Kamera, die niemand anhält, filmt weiter, und der Film hat kein Ende, von dem ein Hash zu bilden wäre.",
  "Add an evidence step that stops it.": "Fügen Sie einen Belegschritt hinzu, der sie anhält.",
  // RECORDING-UNSTARTED
  "What does not run cannot be stopped.": "Was nicht läuft, kann man nicht anhalten.",
  "Add the step that starts it.": "Fügen Sie den Schritt hinzu, der sie beginnt.",
  // BREAK-UNENDED
  "Nobody would count the people who came back.": "Niemand zählte die Personen, die zurückkamen.",
  "Add a pause that ends the break.": "Fügen Sie eine Pause hinzu, die die Unterbrechung beendet.",
  // BREAK-UNBEGUN
  "A break that did not begin cannot end.": "Eine Pause, die nicht begonnen hat, kann nicht enden.",
  "Add the pause that begins it.": "Fügen Sie den Schritt hinzu, mit dem die Pause beginnt.",
  // BREAK-WORK
  "Work at the token while people are out of the room has no witnesses.":
    "Arbeit am Token, während Personen nicht im Raum sind, hat keine Zeugen.",
  "End the break first.": "Beenden Sie zuerst die Pause.",
  // BREAK-OPEN
  "Whoever stays behind is alone with what lies open.": "Wer zurückbleibt, ist allein mit dem, was offen liegt.",
  "Close safes and seal bags before the break.": "Schließen Sie Tresore und versiegeln Sie Beutel vor der Pause.",
  // PLACE-UNCLOSED
  "A safe would stay open when everybody has gone.": "Ein Tresor bliebe offen, wenn alle gegangen sind.",
  "Add the step that closes it.": "Fügen Sie den Schritt hinzu, der ihn schließt.",
  // PLACE-UNOPENED
  "What is not open cannot be closed.": "Was nicht offen ist, kann man nicht schließen.",
  "Add the step that opens it, or correct the name.":
    "Fügen Sie den Schritt hinzu, der es öffnet, oder berichtigen Sie den Namen.",
  // BAG-TWICE
  "A tamper-evident bag serves once: a second use hides that it was opened.":
    "Ein Siegelbeutel dient einmal: Eine zweite Verwendung verbirgt, dass er geöffnet wurde.",
  "Take a new bag with a new number.": "Nehmen Sie einen neuen Beutel mit neuer Nummer.",
  // BAG-NOT-THERE
  "What is in another bag cannot be put into this one.": "Was in einem anderen Beutel liegt, kann nicht in diesen gelegt werden.",
  "Open the bag that holds it first.": "Öffnen Sie zuerst den Beutel, in dem es liegt.",
  // THING-LEFT-OUT
  "What was taken out of its bag stays out when everybody has gone.":
    "Was aus seinem Beutel genommen wurde, bleibt draußen, wenn alle gegangen sind.",
  "Seal it into a new bag before the end.": "Versiegeln Sie es vor dem Ende in einem neuen Beutel.",
  // SECRET-IN-SCRIPT
  "Scripts are printed, handed out and hashed for good: a secret in one is no secret.":
    "Skripte werden gedruckt, verteilt und für immer gehasht: Ein Geheimnis darin ist keines.",
  "Take it out, and change it: it has been read.": "Nehmen Sie es heraus, und ändern Sie es: Es ist gelesen worden.",
  // SECRET-ASKED
  "What is typed into a check stands in the record for good.":
    "Was bei einer Prüfung eingetippt wird, steht für immer in der Niederschrift.",
  "Never ask for a PIN or password in a check; secrets have operations of their own.":
    "Fragen Sie in einer Prüfung nie nach PIN oder Passwort; Geheimnisse haben eigene Vorgänge.",
  // TEXT-MIXED
  "A word of letters from two scripts reads as another word than it is.":
    "Ein Wort aus Buchstaben zweier Schriften liest sich anders, als es ist.",
  "Type the word anew in one script.": "Tippen Sie das Wort neu, in einer Schrift.",
  // TEXT-UNFINISHED
  "Somebody meant to come back to this.": "Jemand wollte hierher zurückkommen.",
  "Finish the sentence.": "Schreiben Sie den Satz zu Ende.",
  // TRANSLATION-MISSING
  "Who reads only the second language is left alone just there.": "Wer nur die zweite Sprache liest, steht gerade dort allein.",
  "Translate this too, with as many lines as the first; or take the language out of the script.":
    "Übersetzen Sie auch dies, mit so vielen Zeilen wie im Ersten; oder nehmen Sie die Sprache aus dem Skript.",
  // TRANSLATION-LANGUAGE
  "Screens and readers aloud speak it by the rules of a language that is not there.":
    "Bildschirme und Vorleseprogramme sprechen es nach den Regeln einer Sprache, die es nicht gibt.",
  "Name the language by its tag: de, fr, pt-BR.": "Nennen Sie die Sprache mit ihrer Kennung: de, fr, pt-BR.",
  // TRANSLATION-SAME
  "A sentence that is the same in two languages was copied and never translated.":
    "Ein Satz, der in zwei Sprachen gleich lautet, wurde kopiert und nie übersetzt.",
  "Translate it, or take the language out of the script.": "Übersetzen Sie ihn, oder nehmen Sie die Sprache aus dem Skript.",
  // TEXT-LONG
  "Nobody can follow so long a text read aloud.": "Niemand kann einem so langen vorgelesenen Text folgen.",
  "Split the step.": "Teilen Sie den Schritt.",
  // PROVIDER-UNKNOWN
  "What such an HSM can do is not known.": "Was ein solches HSM kann, ist nicht bekannt.",
  "Name a profile that there is.": "Nennen Sie ein Profil, das es gibt.",
  // PROVIDER-INITIALISE
  "This kind of HSM refuses to be initialised through PKCS#11.": "Diese Art HSM lässt sich nicht über PKCS#11 initialisieren.",
  "Initialise it with its maker's own tool, and check the result here.":
    "Initialisieren Sie es mit dem Werkzeug des Herstellers, und prüfen Sie hier das Ergebnis.",
  // PROVIDER-PIN
  "This kind of HSM changes credentials with its maker's own tool.":
    "Diese Art HSM ändert Zugangsdaten mit dem Werkzeug des Herstellers.",
  "Change them there, and check the result here.": "Ändern Sie sie dort, und prüfen Sie hier das Ergebnis.",
  // PROVIDER-WRAP
  "This kind of HSM has no way to wrap a key that others understand.":
    "Diese Art HSM kann keinen Schlüssel so einwickeln, dass andere ihn verstehen.",
  "Use the maker's own backup.": "Verwenden Sie die Sicherung des Herstellers.",
  // PROVIDER-PROOF
  "On this kind of HSM the proof cannot succeed: the step ends refused.":
    "Auf dieser Art HSM kann der Nachweis nicht gelingen: Der Schritt endet mit einer Ablehnung.",
  "Choose another kind of key or of HSM; or leave the proof out, and let the record say that nothing was shown.":
    "Wählen Sie eine andere Art Schlüssel oder HSM; oder lassen Sie den Nachweis weg, und lassen Sie das Protokoll sagen, dass nichts gezeigt wurde.",
  // PROVIDER-TRUSTED
  "This kind of HSM is not known to keep a key back from wrapping keys that nobody made trusted.":
    "Von dieser Art HSM ist nicht bekannt, dass sie einen Schlüssel vor Schlüsseln zurückhält, denen niemand das Vertrauen gegeben hat.",
  "Leave wrapWithTrusted out and say so, or make the key on an HSM that keeps to it.":
    "Lassen Sie wrapWithTrusted weg, und sagen Sie es; oder erzeugen Sie den Schlüssel auf einem HSM, das sich daran hält.",
  // PROVIDER-BACKUP
  "Keys of this kind of HSM are backed up by its maker's own service, not here.":
    "Schlüssel dieser Art HSM sichert der Dienst des Herstellers, nicht dieses Programm.",
  "Clone the keys, or use the maker's backup and check it.":
    "Klonen Sie die Schlüssel, oder verwenden und prüfen Sie die Sicherung des Herstellers.",
  // PROVIDER-IV
  "This kind of HSM chooses the IV of AES-GCM itself and refuses one that it is given; applications find out on the first day.":
    "Diese Art HSM wählt den IV von AES-GCM selbst und lehnt einen vorgegebenen ab; Anwendungen merken es am ersten Tag.",
  "Write gcmIv: module into the script's head once every application keeps the HSM's IV with the ciphertext.":
    "Schreiben Sie gcmIv: module in den Kopf des Skripts, sobald jede Anwendung den IV des HSM mit dem Geheimtext aufbewahrt.",
  // PROVIDER-LABEL
  "This kind of HSM refuses a second key of the same label.": "Diese Art HSM nimmt keinen zweiten Schlüssel desselben Namens an.",
  "Give the copy another token, or the key another label.":
    "Geben Sie der Kopie ein anderes Token oder dem Schlüssel einen anderen Namen.",
  // PROVIDER-ALGORITHM
  "This kind of HSM does not make such keys.": "Diese Art HSM erzeugt solche Schlüssel nicht.",
  "Choose an algorithm it has.": "Wählen Sie ein Verfahren, das sie hat.",
};
