import type { plans as english } from "../en/plans";
import type { Translation } from "../translation";

export const plans: Translation<typeof english> = {
  contact: "Adresse für Einladungen",
  contactHint: "Dorthin gehen E-Mails über geplante Zeremonien. Anmelden kann sich damit niemand; in keiner Niederschrift steht sie.",
  contactLanguage: "Sprache dieser E-Mails",
};
