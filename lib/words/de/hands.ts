import type { hands as english } from "../en/hands";
import type { Translation } from "../translation";

export const hands: Translation<typeof english> = {
  share: "Diesen Browser herumreichen …",
  shareTitle: "Diesen Browser von Hand zu Hand geben",
  shareAbout:
    "Für einen Raum mit einem einzigen Gerät. Sie werden hier abgemeldet, und der Browser gehört niemandem mehr: Er zeigt diesen Raum und sonst nichts. Wer handelt, sagt, wer er ist, und benutzt für diese eine Handlung den eigenen Passkey; danach gehört er wieder niemandem.",
  shareBack: "Zurück geht es nur, indem man sich wieder anmeldet.",
  shareNow: "Mich abmelden und herumreichen",
  sharing: "Er wird freigegeben …",
  notNow: "Nicht jetzt",
  bannerTitle: "Gemeinsamer Browser: Niemand ist daran.",
  banner: "Jede Handlung wird durch den Passkey dessen belegt, der sie vornimmt, und nur dadurch.",
  atTitle: "Am Browser: {name}.",
  who: "Wer handelt?",
  whoAbout: "Nehmen Sie den Browser, wählen Sie Ihren Namen und handeln Sie. Für jede Handlung wird Ihr Passkey verlangt.",
  asked: "{name}, {role}: Sie sind an der Reihe",
  notAsked: "{name}, {role}",
  passOn: "Weitergeben, ohne zu handeln",
  idle: "Der Browser wurde weitergegeben: Zwei Minuten lang hatte ihn niemand berührt. Was getippt war, ist weg.",
  done: "Aufgeschrieben als Handlung von {name}. Der Browser gehört wieder niemandem: Geben Sie ihn weiter.",
  end: "Als man selbst anmelden",
};
