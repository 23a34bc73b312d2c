import type { signIn as english } from "../en/sign-in";
import type { Translation } from "../translation";

export const signIn: Translation<typeof english> = {
  title: "Anmelden",
  rehearsals: "Proben von HSM-Schlüsselzeremonien",
  rehearsalsAt: "Proben von HSM-Schlüsselzeremonien bei {organisation}",
  ceremonies: "HSM-Schlüsselzeremonien",
  ceremoniesAt: "HSM-Schlüsselzeremonien bei {organisation}",
  how: "Melden Sie sich mit dem Passkey an, den Sie eingerichtet haben. Ihr Gerät fragt nach, ob Sie es wirklich sind.",
  firstStart:
    "Hier ist noch niemand eingerichtet. Wer diesen Server aufgesetzt hat, erzeugt auf dem Server selbst den Link für die erste Person der Verwaltung.",
  withPasskey: "Mit Passkey anmelden",
  waiting: "Ihr Passkey wird erwartet …",
  withOther: "Anmelden mit {name}",
  otherLooks: "Zum Zusehen. Freigeben und Unterschreiben verlangen immer einen Passkey.",
  refused: {
    sentence: "Dieser Passkey wurde nicht angenommen.",
    remedy:
      "Vielleicht wurde er entzogen oder gehört zu einer anderen Website. Nehmen Sie den hier eingerichteten, oder bitten Sie die Verwaltung um einen neuen Link.",
  },
  unused: {
    sentence: "Es wurde kein Passkey verwendet: Der Vorgang wurde abgebrochen oder dauerte zu lange.",
    remedy: "Es ist nichts geschehen. Versuchen Sie es noch einmal, wenn Sie so weit sind.",
  },
  noSignIn: {
    sentence: "Was der Server Ihren Passkey unterschreiben lassen will, ist keine Anmeldung.",
    remedy:
      "Es wurde nichts unterschrieben. Versuchen Sie es nicht noch einmal: Sagen Sie es der Verwaltung, und halten Sie eine laufende Zeremonie an.",
  },
  elsewhere: {
    sentence: "Die andere Anmeldung führte nicht hierher.",
    remedy: "Eingelassen wird nur, wer auf der Teilnehmerliste steht. Nehmen Sie Ihren Passkey, oder fragen Sie die Verwaltung.",
  },
  enrol: "Einen Passkey einrichten",
  welcome: "Willkommen, {name}",
  enrolled: "Ihr Passkey ist eingerichtet.",
  counts:
    "In Zeremonien zählt er, sobald die Verwaltung eine Teilnehmerliste veröffentlicht hat, die ihn enthält. Dieser Link ist verbraucht.",
  whatItIs:
    "Mit einem Passkey melden Sie sich an; mit ihm geben Sie in Zeremonien frei, lehnen ab und unterschreiben. Er bleibt auf Ihrem Gerät oder Sicherheitsschlüssel, der prüfen muss, dass Sie es sind: mit Fingerabdruck, Gesicht oder PIN. Wenn Sie das nicht sind, schließen Sie diese Seite, und sagen Sie es der Person, die Ihnen den Link geschickt hat.",
  waitingForDevice: "Ihr Gerät wird erwartet …",
  make: "Meinen Passkey anlegen",
  lookingUp: "Es wird nachgesehen, für wen dieser Link ist …",
  unmade: {
    sentence: "Es wurde kein Passkey angelegt: Der Vorgang wurde abgebrochen, dauerte zu lange, oder dieses Gerät hat Ihren schon.",
    remedy: "Der Link gilt noch. Versuchen Sie es noch einmal, oder nehmen Sie ein anderes Gerät oder einen Sicherheitsschlüssel.",
  },
};
