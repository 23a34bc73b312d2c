import type { frame as english } from "../en/frame";
import type { Translation } from "../translation";

export const frame: Translation<typeof english> = {
  places: "Bereiche",
  home: "Start",
  ceremonies: "Zeremonien",
  scripts: "Skripte",
  people: "Personen",
  readiness: "Bereitschaft",
  keys: "Schlüssel",
  hsm: "HSM",
  audit: "Prüfplatz",
  signOut: "Abmelden",
  skip: "Zum Inhalt",
  log: "Transparenzlog",
  motto: "Eine Zeremonie ist ein Protokoll, und eine einzige Regel entscheidet, was als Nächstes kommen darf.",
  appearance: { label: "Darstellung", system: "Wie das Gerät", light: "Hell", dark: "Dunkel", contrast: "Hoher Kontrast" },
  language: "Sprache",
  clock: "Uhr",
};
