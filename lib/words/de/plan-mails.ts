import type { planMails as english } from "../en/plan-mails";
import type { Translation } from "../translation";

export const planMails: Translation<typeof english> = {
  subject:
    "{kind, select, hold {Bitte freihalten} invitation {Einladung} update {Geändert} cancellation {Abgesagt} other {Erinnerung}}: {title}{mode, select, rehearsal { (Probe)} other {}}, {day}",
  answerSubject: "{answer, select, declined {{name} kann nicht kommen} other {{name} schlägt einen anderen Termin vor}}: {title}",
  greeting: "Guten Tag, {name},",
  held:
    "die Zeit eines Schlüssels geht zu Ende, und die Zeremonie, die ihn ersetzt, wurde von selbst entworfen, mit Ihnen. Ihre Rolle wäre: {role}. Noch hat niemand sie bestätigt. Bitte halten Sie die Zeit frei; Sie erfahren, was daraus wird.",
  invited: "Sie sind eingeladen, an einer Schlüsselzeremonie teilzunehmen. Ihre Rolle: {role}.",
  changed: "der Plan dieser Schlüsselzeremonie hat sich geändert. Ihre Rolle: {role}.",
  cancelled:
    "diese Schlüsselzeremonie findet nicht wie geplant statt, oder nicht mit Ihnen. Ihre Rolle wäre gewesen: {role}.",
  remindsOf:
    "{days, plural, one {in spätestens einem Tag} other {in spätestens # Tagen}} findet eine Schlüsselzeremonie statt, an der Sie teilnehmen. Ihre Rolle: {role}.",
  answered:
    "{name} (Rolle: {role}) {answer, select, declined {kann nicht kommen.} other {kann zu dieser Zeit nicht kommen und schlägt vor:}}",
  remark: "Bemerkung: {remark}",
  because: "Grund: {reason}",
  summary: "{title}{mode, select, rehearsal { (Probe)} other {}}",
  when: "Wann: {when}",
  where: "Wo: {room}",
  standby: "Ausweichtermin: {when}",
  answer: "Bitte sagen Sie zu, sagen Sie ab, oder schlagen Sie einen anderen Termin vor. Antworten können Sie hier, nach der Anmeldung mit Ihrem Passkey:",
  answerHold: "Sie müssen noch nicht antworten. Wenn Sie schon wissen, dass Sie nicht kommen können, sagen Sie es hier, nach der Anmeldung mit Ihrem Passkey:",
  answerAgain: "Alles Weitere und Ihre Antwort finden Sie hier, nach der Anmeldung mit Ihrem Passkey:",
  yourRole: "Ihre Rolle: {role}.",
  entryFoot: "Geantwortet wird nur auf dieser Seite; Antworten aus einem Kalenderprogramm kommen nicht an:",
  foot: "Der Link allein bewirkt nichts, und eine Antwort aus einem Kalenderprogramm kommt nicht an. Niemand fragt Sie jemals per E-Mail nach einer PIN, einem Kennwort oder einem anderen Geheimnis.",
};
