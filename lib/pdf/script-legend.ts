import type { Script } from "#lib/ceremony/script";
import { translationsOf } from "#lib/ceremony/translated";
import { STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inLanguage } from "./prose";

/** How a copy is used, and what its printed words mean, in one language. */
export type Legend = { readonly heading: string; readonly used: readonly string[]; readonly words: readonly (readonly [english: string, here: string])[] };

/** The form is printed in one language (docs/decisions/0053); whoever fills it in by hand must understand each of its words. */
export const LEGENDS: Readonly<Record<string, Legend>> = {
  de: {
    heading: "Die Wörter dieses Vordrucks auf Deutsch",
    used: [
      "Das Skript wird Wort für Wort befolgt. Was neben einem Strich in dieser Schrift steht, wird vorgelesen.",
      "Bei jedem Schritt schreibt ein Zeuge Namenszeichen und Uhrzeit, nach der Uhr, die alle sehen.",
      "Was anders ist als im Skript, kommt sofort auf ein Ausnahmeblatt, P1 bis P5, am Ende dieses Exemplars. Ein Kästchen, das sich nicht abhaken lässt, ist eine Ausnahme.",
      "Der Code am Fuß einer Seite führt zu ihrem ersten Schritt am Bildschirm.",
    ],
    words: [
      ["Act, Step, Activity", "Akt, Schritt, Tätigkeit"],
      ["Initials, Time, Signature", "Namenszeichen, Uhrzeit, Unterschrift"],
      ["Who is here", "Wer hier ist"],
      ["Role, Name in print, Document shown", "Rolle, Name in Druckschrift, gezeigter Ausweis"],
      ["Operator, Custodian, Witness, Auditor", "Zeremonienleitung, Schlüsselverwahrer, Zeuge, Prüfer"],
      ["Before we begin, On the table", "Bevor wir beginnen, Auf dem Tisch"],
      ["Who does what, Other tokens", "Wer was tut, Andere Tokens"],
      ["Expected", "Erwartet"],
      ["Both readings agree.", "Beide Ablesungen stimmen überein."],
      ["Where it is kept", "Wo es aufbewahrt wird"],
      ["People, going out and back", "Personen, beim Hinausgehen und zurück"],
      ["Asked of the token, Approved by", "Verlangt vom Token, Freigegeben durch"],
      ["Fingerprint: first and last words", "Fingerabdruck: erste und letzte Wörter"],
      ["Agrees, Does not", "Stimmt zu, Stimmt nicht zu"],
      ["What was expected, What happened", "Was erwartet war, Was geschehen ist"],
      ["Afterwards", "Danach"],
    ],
  },
};

/** For a script that carries other languages: the same instructions and the form's own words in each of them that we know. */
export function drawLegends(doc: PdfDocument, script: Script): void {
  for (const { language } of translationsOf(script.in)) {
    const legend = LEGENDS[language];
    if (!legend) continue;
    inLanguage(doc.sheet, language, () => {
      doc.heading(2, legend.heading);
      doc.list(legend.used.map((text) => ({ text })));
      doc.facts(legend.words.map(([name, value]) => ({ name, value })), { nameWidth: 210, valueStyle: STYLE.note });
    });
  }
}
