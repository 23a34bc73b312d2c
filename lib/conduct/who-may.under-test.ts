import type { Role } from "#lib/ceremony/roles";

const TAKING_PART = ["administrator", "operator", "custodian", "witness"] as const;

/**
 * Who may do what in a room, by the names that the interface has for its acts; of a signed act, that of its statement. Where the
 * script says who performs a step, those whom the tests' scripts name. Held equal with the interface, with the rules and, in the
 * browser, with what people are offered.
 */
export const WHO_MAY = {
  "open-step": ["operator"],
  acknowledge: ["operator", "custodian", "witness"],
  "check-identity": ["witness"],
  "enter-value": ["operator", "witness"],
  "note-evidence": ["operator"],
  "note-deviation": TAKING_PART,
  "initial-deviations": TAKING_PART,
  "withhold-initials": TAKING_PART,
  "initial-step": ["witness"],
  "read-out": ["administrator", "operator"],
  "note-presence": ["administrator", "operator", "witness"],
  "replace-person": ["administrator", "operator", "witness"],
  "begin-break": ["operator", "witness"],
  "end-break": ["operator", "witness"],
  "compare-clock": TAKING_PART,
  stop: [...TAKING_PART, "auditor"],
  resume: ["administrator", "operator"],
  abort: ["administrator", "operator"],
  approve: ["custodian"],
  refuse: ["custodian"],
  "enter-part": ["custodian"],
  "sign-off": ["operator", "custodian", "witness"],
  attest: ["witness"],
  paper: TAKING_PART,
  "release-notebook": ["witness"],
  "approve-resume": ["custodian"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type RoomAct = keyof typeof WHO_MAY;

/** Bound to the passkey of whoever signs: what else they are refused for stands in room-verbs.test.ts and admit-signed.test.ts. */
export const SIGNED_ACTS = [
  ...(["approve", "refuse", "enter-part", "sign-off"] as const),
  ...(["attest", "paper", "release-notebook", "approve-resume"] as const),
] as const satisfies readonly RoomAct[];

/** Who may do what about applications that use keys, by the names of the verbs; a proposal is signed by custodians as everything is. */
export const WHO_MAY_GRANT = {
  "propose-grant": ["administrator"],
  "withdraw-grant": ["administrator"],
  "endorse-grant": ["custodian"],
  "take-grant-back": ["administrator"],
  "take-uses": ["administrator", "operator", "custodian", "auditor"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
