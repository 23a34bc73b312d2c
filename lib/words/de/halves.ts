import type { English } from "../english";
import type { Translation } from "../translation";

export const halves: Translation<English["halves"]> = {
  label: "Geheimnisse in zwei Hälften",
  first: "Erste Hälfte",
  second: "Zweite Hälfte",
  awaited: "wird erwartet",
  enteredBy: "eingegeben von {name},",
  apart: "Nicht von {names}: Wer eine Hälfte der anderen PIN des Tokens eingegeben hat, gibt von dieser keine ein.",
  enteredTitle: "Ihre Hälfte ist eingegeben.",
  enteredAbout:
    "Es ist die {half, select, first {erste} other {zweite}} Hälfte ({title}), verschlüsselt allein für den Worker. Sie steht nicht mehr auf dieser Seite und auch nicht in der Niederschrift: Diese hält fest, wer wann welche Hälfte eingegeben hat.",
  back: "Zurück in den Raum",
  nothingTitle: "Hier wird nichts mehr von Ihnen verlangt.",
  nothingAbout: "Andere haben eingegeben, was fehlte, oder der Worker hat neu gefragt. Nichts von dem, was Sie eingegeben haben, wurde gesendet.",
  differ: "Die beiden Felder unterscheiden sich. Geben Sie Ihre Hälfte in beide ein.",
  intro: "Zwei Personen geben ein Geheimnis ein, jede eine Hälfte: {title}. Keine sieht die Hälfte der anderen.",
  makeUp: "Denken Sie sich Ihre jetzt aus und bewahren Sie sie auf, wie Ihre Organisation es vereinbart hat.",
  typeKept: "Geben Sie die Hälfte ein, die Sie aufbewahren.",
  which: "Welche Hälfte ist Ihre?",
  halfOf: "Die {half, select, first {erste} other {zweite}} Hälfte: {title}",
  yours: "Ihre Hälfte",
  yoursAgain: "Ihre Hälfte, noch einmal",
  signs: "{least} bis {most} Zeichen, ohne Leerzeichen",
  asSet: "Wie sie festgelegt wurde, Zeichen für Zeichen",
  capsLock: "Die Feststelltaste ist an.",
  notSent: "Es wurde nicht gesendet.",
  encrypting: "Wird verschlüsselt, dann Ihr Passkey …",
  encrypt: "Verschlüsseln und mit meinem Passkey unterschreiben",
  notNow: "Jetzt nicht",
  about:
    "Ihre Hälfte wird in diesem Browser für einen Schlüssel verschlüsselt, den der Worker für diese eine Verwendung erzeugt und mit dem Schlüssel der Niederschrift unterschrieben hat. Der Server reicht sie weiter und kann sie nicht lesen. Ihr Passkey unterschreibt, dass sie von Ihnen kommt.",
  characters:
    "Verwenden Sie Buchstaben von A bis z, Ziffern und die Zeichen einer englischen Tastatur, ohne Leerzeichen: Jede Tastatur muss dasselbe ergeben.",
  tooShort: "Ihre Hälfte hat {signs} Zeichen und braucht mindestens {least}.",
  tooLong: "Ihre Hälfte hat {signs} Zeichen und darf höchstens {most} haben.",
  notCompared: "Das ist nicht das Zertifikat, das in diesem Browser verglichen wurde.",
  notSigned: "Der Aufruf des Workers trägt nicht die Unterschrift, mit der die Niederschrift dieser Zeremonie geführt wird.",
  noStatement: "Was der Server zur Unterschrift vorlegt, ist nicht, was Sie hier eingegeben haben.",
  nothingSent: "Nichts wurde gesendet. Halten Sie die Zeremonie an und lassen Sie die Verwaltung des Systems nachsehen.",
};
