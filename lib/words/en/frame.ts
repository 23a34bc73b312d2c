/** What stands round every page: its head, its foot, and the choices of the reader. */
export const frame = {
  places: "Places",
  home: "Home",
  ceremonies: "Ceremonies",
  scripts: "Scripts",
  people: "People",
  readiness: "Readiness",
  keys: "Keys",
  hsm: "HSM",
  audit: "Audit",
  signOut: "Sign out",
  skip: "Skip to the content",
  log: "Transparency log",
  motto: "A ceremony is a transcript, and one rule decides what may come next.",
  appearance: { label: "Appearance", system: "As the device", light: "Light", dark: "Dark", contrast: "High contrast" },
  language: "Language",
  clock: "Clock",
} as const;
