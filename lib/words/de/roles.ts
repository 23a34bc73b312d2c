import type { roles as english } from "../en/roles";
import type { Translation } from "../translation";

export const roles: Translation<typeof english> = {
  administrator: "Verwaltung",
  operator: "Zeremonienleitung",
  custodian: "Schlüsselverwahrer",
  witness: "Zeuge",
  auditor: "Prüfer",
  worker: "Worker",
};
