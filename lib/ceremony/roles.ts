/** In one ceremony a person has exactly one of these. */
export const ROLES = ["administrator", "operator", "custodian", "witness", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/** A performance is one or the other from its first entry to its record; nothing passes between the two. */
export const MODES = ["rehearsal", "production"] as const;
export type Mode = (typeof MODES)[number];
