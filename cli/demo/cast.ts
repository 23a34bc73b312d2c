import type { Role } from "#lib/ceremony/roles";

/** One invented person of the demo. `reading` is how to say a name that is written in another script than this page. */
export type CastMember = {
  readonly seat: string;
  readonly initials: string;
  readonly name: string;
  readonly lang: string;
  readonly reading?: string;
  readonly title: string;
  readonly role: Role;
  readonly groups: readonly string[];
  /** What a person who takes this seat gets to do, where their group does not say it. */
  readonly does?: string;
};

/** Everybody who takes part in a demo ceremony. Nobody here exists. */
export const CAST: readonly CastMember[] = [
  {
    seat: "ciso", initials: "ΕΠ", name: "Ελένη Παπαδάκη", lang: "el", reading: "Eleni Papadaki",
    title: "CISO", role: "custodian", groups: ["security-officer"],
  },
  {
    seat: "vp-engineering", initials: "MO", name: "Marcus Okafor", lang: "en",
    title: "VP Engineering", role: "custodian", groups: [],
  },
  {
    seat: "security-lead", initials: "ÅL", name: "Åsa Lindqvist", lang: "sv",
    title: "Security Lead", role: "custodian", groups: ["security-officer"],
  },
  {
    seat: "platform-lead", initials: "ОШ", name: "Оксана Шевчук", lang: "uk", reading: "Oksana Shevchuk",
    title: "Platform Lead", role: "custodian", groups: [],
  },
  {
    seat: "compliance-officer", initials: "BC", name: "Beatriz Carvalho", lang: "pt",
    title: "Compliance Officer", role: "custodian", groups: [],
  },
  {
    seat: "cto", initials: "RS", name: "Rajesh Subramanian", lang: "en",
    title: "CTO", role: "witness", groups: [],
  },
  {
    seat: "legal-counsel", initials: "NL", name: "Noémie Lefèvre", lang: "fr",
    title: "Legal Counsel", role: "witness", groups: [],
  },
  {
    seat: "external-auditor", initials: "佐美", name: "佐藤 美咲", lang: "ja", reading: "Satō Misaki",
    title: "External Auditor", role: "witness", groups: [],
  },
  {
    seat: "operator", initials: "TW", name: "Tomasz Wójcik", lang: "pl",
    title: "Technical Operator", role: "operator", groups: [],
  },
  {
    seat: "auditor", initials: "IH", name: "Ingrid Haugen", lang: "nb",
    title: "Auditor", role: "auditor", groups: [], does: "Looks on, and takes the record away to check it",
  },
  {
    seat: "administrator", initials: "NG", name: "Niamh Gallagher", lang: "ga",
    title: "Ceremony Administrator", role: "administrator", groups: [], does: "Convened the room: people, script, roster",
  },
];

/** Who has that seat. Throws for a seat that there is not: the cast is fixed. */
export function memberAt(seat: string): CastMember {
  const member = CAST.find((one) => one.seat === seat);
  if (!member) throw new Error(`The cast has no ${seat}.`);
  return member;
}

export const ORGANISATION = "Meridian Example Bank";
export const PLACE = "Vault room 2, Lisbon (rehearsal)";
