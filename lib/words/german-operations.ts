/**
 * German for what operations say in words: why a parameter is not taken, and values of rows that are no measured ones. Each
 * stands under the English that is told; what one operation alone says of its outcome may stand in that operation's `rowsIn`.
 * A test holds both together equal to what operations tell.
 */
export const GERMAN_OPERATIONS: { readonly [english: string]: string } = {
  // parameters
  "{0} has no parameter called {1}.": "{0} hat keinen Parameter {1}.",
  "{0} needs the label of a key.": "{0} braucht die Bezeichnung eines Schlüssels (label).",
  "A key's label has letters from A to z, digits, dots, colons, hyphens and underscores, 64 at most.":
    "Die Bezeichnung eines Schlüssels hat höchstens 64 Zeichen: Buchstaben von A bis z, Ziffern, Punkte, Doppelpunkte, Binde- und Unterstriche.",
  "A token's label has letters from A to z, digits, dots, colons, hyphens and underscores, 32 at most.":
    "Die Bezeichnung eines Tokens hat höchstens 32 Zeichen: Buchstaben von A bis z, Ziffern, Punkte, Doppelpunkte, Binde- und Unterstriche.",
  "A key whose label begins with claviger- is the worker's own, and no ceremony works with it.":
    "Ein Schlüssel, dessen Bezeichnung mit claviger- beginnt, gehört dem Worker selbst; keine Zeremonie arbeitet damit.",
  "{0} is {1} or {2}.": "{0} ist {1} oder {2}.",
  "{0} needs the name of another token: {1}.": "{0} braucht den Namen eines anderen Tokens: {1}.",
  "Another token's name has small letters, digits and hyphens.":
    "Der Name eines anderen Tokens hat Kleinbuchstaben, Ziffern und Bindestriche.",
  "{0} needs the name of the backup: {1}.": "{0} braucht den Namen der Sicherung: {1}.",
  "A backup's name has small letters, digits and hyphens, 32 at most.":
    "Der Name einer Sicherung hat höchstens 32 Zeichen: Kleinbuchstaben, Ziffern und Bindestriche.",
  "The form of a backup is one of {0}.": "Die Form einer Sicherung (form) ist eine von: {0}.",
  "The usage says what the key may do: a list of {0}.": "usage sagt, was der Schlüssel darf: eine Liste aus {0}.",
  "A key cannot {0}: usage is a list of {1}.": "{0} kann kein Schlüssel: usage ist eine Liste aus {1}.",
  "The usage names a use twice.": "usage nennt etwas zweimal.",
  "a key pair": "eines Schlüsselpaars",
  "a secret key": "eines geheimen Schlüssels",
  "The algorithm of {0} is one of {1}.": "Der Algorithmus {0} ist einer von: {1}.",
  "The algorithm is one of {0}.": "Der Algorithmus ist einer von: {0}.",
  "Whether the key is extractable must be said: true or false.":
    "Es muss dastehen, ob der Schlüssel das HSM verlassen kann (extractable): true oder false.",
  "Whether only trusted keys may wrap it is said by true or false.":
    "Ob nur vertraute Schlüssel ihn einwickeln dürfen (wrapWithTrusted), sagt man mit true oder false.",
  "The key cannot be made: {0} cannot {1}.": "Der Schlüssel kann nicht erzeugt werden: {0} kann kein {1}.",
  "The key cannot be made: {0}.": "Der Schlüssel kann nicht erzeugt werden: {0}.",
  "key that never leaves is wrapped by no trusted key":
    "ein Schlüssel, der das HSM nie verlässt, wird auch von keinem vertrauten Schlüssel eingewickelt",
  "AES key that neither encrypts nor wraps cannot be tested":
    "ein AES-Schlüssel, der weder verschlüsselt noch einwickelt, lässt sich nicht prüfen",
  "HMAC key that does not sign cannot be tested": "ein HMAC-Schlüssel, der nicht signiert, lässt sich nicht prüfen",
  "A secret key has no public key with a fingerprint.": "Ein geheimer Schlüssel hat keinen öffentlichen mit einem Fingerabdruck.",
  "The fingerprint of a public key is its SHA-256 in 64 hex digits.":
    "Der Fingerabdruck eines öffentlichen Schlüssels ist sein SHA-256 in 64 Hexziffern.",
  "The signature that is tested is one of {0}.": "Geprüft wird eine dieser Signaturen: {0}.",
  "The request has more than {0} characters.": "Der Antrag hat mehr als {0} Zeichen.",
  "The request is no PKCS #10 in PEM that can be certified: “{0}”.":
    "Der Antrag ist kein PKCS #10 in PEM, das sich beglaubigen lässt: „{0}“.",
  "The request names nobody in letters that can be read.": "Der Antrag nennt niemanden in lesbaren Buchstaben.",
  "The request's subject has a quotation mark, a line break or a character that cannot be seen.":
    "Der Name im Antrag enthält ein Anführungszeichen, einen Zeilenumbruch oder ein unsichtbares Zeichen.",
  "The profile is one of {0}.": "Das Profil ist eines von: {0}.",
  "A {0} certificate is valid for 1 to {1} whole days.": "Ein Zertifikat der Art {0} gilt 1 bis {1} ganze Tage.",
  "The issuer's certificate has more than {0} characters.": "Das Zertifikat des Ausstellers hat mehr als {0} Zeichen.",
  "The issuer's certificate cannot be read: “{0}”.": "Das Zertifikat des Ausstellers lässt sich nicht lesen: „{0}“.",
  "A root is valid for 1 to {0} whole years.": "Eine Wurzel gilt 1 bis {0} ganze Jahre.",
  "The path length is 0 to {0}: how many authorities may stand one below the other.":
    "Die Pfadlänge (pathLength) ist 0 bis {0}: so viele Stellen dürfen untereinander stehen.",
  "The subject is a list of names: {0}.": "Der Name (subject) besteht aus: {0}.",
  "A subject has no {0}: it has {1}.": "Ein Name (subject) hat kein {0}; er hat {1}.",
  "The subject's {0} is missing or not text.": "Im Namen (subject) fehlt {0} oder ist kein Text.",
  "The subject's {0} has more than {1} characters.": "Im Namen (subject) hat {0} mehr als {1} Zeichen.",
  "The subject's {0} has blanks at its ends or is not in NFC.":
    "Im Namen (subject) hat {0} Leerzeichen am Rand oder steht nicht in der Unicode-Form NFC.",
  "The subject's {0} has a quotation mark, a line break or a character that cannot be seen.":
    "Im Namen (subject) hat {0} ein Anführungszeichen, einen Zeilenumbruch oder ein unsichtbares Zeichen.",
  "The subject's country is two capital letters (ISO 3166).": "Das Land im Namen (subject) sind zwei Großbuchstaben (ISO 3166).",
  "What is expected has members: {0}.": "Erwartet wird eine Angabe aus: {0}.",
  "A token is not expected to have {0}: {1}.": "{0} wird von einem Token nicht erwartet; es gibt {1}.",
  "Nothing is expected: leave it out, or say what.": "Nichts wird erwartet: Lassen Sie es weg, oder sagen Sie, was.",
  "The expected {0} is a text of plain letters, 64 at most.":
    "Als {0} wird ein Text aus einfachen Buchstaben erwartet, höchstens 64.",
  "The expected {0} are a list of names such as those of PKCS#11.":
    "Als {0} wird eine Liste von Namen wie denen von PKCS#11 erwartet.",

  // values of rows
  none: "keine",
  nothing: "nichts",
  yes: "ja",
  no: "nein",
  true: "ja",
  false: "nein",
  "and {0} more": "und {0} weitere",
  "{0} and {1}": "{0} und {1}",
  "an unsound request": "ein untauglicher Antrag",
  "{0} bytes": "{0} Bytes",
  "{0}, serial {1}": "{0}, Seriennummer {1}",
  "one day": "einen Tag",
  "{0} days": "{0} Tage",
  "one year": "ein Jahr",
  "{0} years": "{0} Jahre",
  unknown: "unbekannt",
  "not known": "nicht bekannt",
  sign: "signieren",
  verify: "Signaturen prüfen",
  encrypt: "verschlüsseln",
  decrypt: "entschlüsseln",
  wrap: "Schlüssel einwickeln",
  unwrap: "Schlüssel auswickeln",
  derive: "Schlüssel ableiten",
  never: "nie",
  "yes, wrapped": "ja, eingewickelt",
  "yes, wrapped by a trusted key only": "ja, nur eingewickelt von einem vertrauten Schlüssel",
  "the module does not say": "das Modul sagt es nicht",
  "private-key": "privater Schlüssel",
  "public-key": "öffentlicher Schlüssel",
  "secret-key": "geheimer Schlüssel",
  certificate: "Zertifikat",
  data: "Daten",
  other: "anderes Objekt",
  "not offered": "nicht angeboten",
  "not offered by this module": "bietet dieses Modul nicht",
  allowed: "erlaubt",
  unclear: "unklar",
  refused: "abgewiesen",
  "not refused": "nicht abgewiesen",
  "refused, {0}": "abgewiesen, {0}",
  "the signature is good": "die Signatur ist gültig",
  "the signature is not good": "die Signatur ist nicht gültig",
  "the message came back whole": "die Nachricht kam unversehrt zurück",
  "the message did not come back": "die Nachricht kam nicht zurück",
  "the module takes no known key": "das Modul nimmt keinen bekannten Schlüssel an",
  "the module takes no known key: nothing of it was checked outside":
    "das Modul nimmt keinen bekannten Schlüssel an: Außerhalb wurde nichts davon geprüft",
  "agrees with the outside": "stimmt mit der Rechnung außerhalb überein",
  "agrees with the outside, byte for byte": "stimmt mit der Rechnung außerhalb Byte für Byte überein",
  "disagrees with the outside": "stimmt mit der Rechnung außerhalb nicht überein",
  "known by name only": "nur dem Namen nach bekannt",
  "none that this token gives: the key is known by its CKA_ID and its attributes only":
    "keiner, den dieses Token gibt: Der Schlüssel ist nur an CKA_ID und Attributen zu erkennen",
  "key type": "Schlüsselart",
  algorithm: "Algorithmus",
  size: "Größe",
  "mechanism of its making": "Mechanismus der Erzeugung",
  "{0} was {1}, is {2}": "{0} war {1}, ist {2}",
  "yes, with {0} below it": "ja, mit {0} darunter",

  // what is to be known of a kind of token
  "SoftHSM keeps its keys in files: for rehearsals and development only.":
    "SoftHSM bewahrt seine Schlüssel in Dateien auf: nur für Proben und Entwicklung.",
  "NSS softokn wraps keys that say they are not extractable, and copies them as extractable ones: never for production.":
    "NSS softokn wickelt auch Schlüssel ein, die laut Attribut nicht hinaus können, und kopiert sie so, dass sie es können: nie für den Echtbetrieb.",
  "openCryptoki locks the user PIN after three wrong tries.":
    "openCryptoki sperrt die Benutzer-PIN nach drei falschen Versuchen.",
  "AWS CloudHSM gives no attestation for a key: what is shown is what the module says.":
    "AWS CloudHSM stellt für Schlüssel keine Bescheinigung aus: Gezeigt wird, was das Modul sagt.",
  "A key needs two HSMs in the cluster.": "Ein Schlüssel braucht zwei HSMs im Cluster.",
};
