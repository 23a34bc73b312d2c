import type { NoteKey } from "../log/note";
import { sha256Hex } from "../log/digest";
import type { Check } from "./verify-transcript";
import { SEAL_CHECKS } from "./verify-seal";

/** Something that was not taken from the record: the auditor brought it and believes it. */
export type Anchor = {
  readonly kind: "recorder" | "time-stamp-authority" | "log-witness";
  /** What it calls itself, where it has a name that is not in the record. */
  readonly name: string | null;
  /** SHA-256 of the certificate, or of a witness's public key. */
  readonly sha256: string;
  /** Whether the auditor brought the thing itself or its fingerprint; the thing was then found in the record. */
  readonly brought: "whole" | "fingerprint";
};

export type AnchorKind = Anchor["kind"];

/** One sentence of the verdict, with what one has to believe for it. */
export type Conclusion = {
  readonly name: ConclusionName;
  readonly says: string;
  /** Null: nothing was shown that it could follow from, and nothing that speaks against it. */
  readonly holds: boolean | null;
  /** The checks it follows from. */
  readonly checks: readonly string[];
  /** The anchors without which it would not follow; none: it follows from the file and the rule book of this verifier. */
  readonly restsOn: readonly AnchorKind[];
  /** Ids of the assumptions, printed in the record, without which it would not be worth anything. */
  readonly assumes: readonly string[];
};

type Ground = Pick<Conclusion, "says" | "checks" | "restsOn" | "assumes">;

const GROUNDS = {
  unaltered: {
    says: "Not one byte of this file was changed or taken away since it was sealed, and nothing added but time stamps over the whole.",
    checks: SEAL_CHECKS.filter((name) => name !== "timestamp"),
    restsOn: ["recorder"],
    assumes: ["A1", "A9"],
  },
  complete: {
    says: "The transcript inside is whole, from the opening to the close, and the pages tell of this transcript and no other.",
    checks: ["attachments", "transcript", "entry-chain", "recorder", "closed", "printed-hash"],
    restsOn: ["recorder"],
    assumes: ["A1", "A3", "A9"],
  },
  "people-agreed": {
    says: "Each decision was signed with the passkey that the roster inside names for that person, over exactly what was decided.",
    checks: ["assertions", "quorum", "script-approval", "readiness", "recorder"],
    restsOn: ["recorder"],
    assumes: ["A1", "A4", "A5", "A6", "A9"],
  },
  "of-its-kind": {
    says: "It is what it was taken for: the record of a production ceremony, unless a rehearsal was asked for.",
    checks: ["mode", "assertions"],
    restsOn: [],
    assumes: ["A9"],
  },
  "by-the-rules": {
    says: "Each entry was allowed after those before it, by the rule book of this verifier.",
    checks: ["entry-chain", "rules"],
    restsOn: [],
    assumes: ["A9"],
  },
  "token-did": {
    says: "The recorder says that the HSM did what was agreed, and the test signatures, requests and certificates verify.",
    checks: ["outcomes", "test-signatures", "recorder"],
    restsOn: ["recorder"],
    assumes: ["A1", "A2", "A3", "A7"],
  },
  "sealed-when": {
    says: "It was sealed when it says, after the ceremony was closed.",
    checks: ["timestamp", "sealed-after-closing"],
    restsOn: ["recorder"],
    assumes: ["A8"],
  },
  "in-log": {
    says: "Each entry is a leaf of the transparency log whose checkpoint the recorder signed.",
    checks: [
      ...["log-proof", "log-checkpoint", "log-inclusion"],
      ...["later-log-proof", "later-log-checkpoint", "later-log-inclusion", "log-required"],
    ],
    restsOn: ["recorder"],
    assumes: ["A1", "A9"],
  },
  "log-not-forked": {
    says: "Somebody other than the recorder has seen the log grow to this checkpoint and to no other.",
    checks: ["log-witness"],
    restsOn: ["log-witness"],
    assumes: ["A9"],
  },
} as const satisfies Record<string, Ground>;

export type ConclusionName = keyof typeof GROUNDS;
export const CONCLUSIONS = Object.keys(GROUNDS) as ConclusionName[];

/** Every check that is the ground of a conclusion, by name. */
export const CHECKS_TOLD: readonly string[] = [
  ...new Set(Object.values(GROUNDS).flatMap(({ checks }): readonly string[] => checks)),
];

/** What the auditor brought, as it is told in the verdict. */
export type Brought = {
  readonly recorder: Pick<Anchor, "sha256" | "brought">;
  readonly timeStampAnchors: readonly Uint8Array[];
  readonly witnesses: readonly NoteKey[];
};

export function anchorsOf({ recorder, timeStampAnchors, witnesses }: Brought): Anchor[] {
  const whole = (kind: AnchorKind, name: string | null, bytes: Uint8Array): Anchor => ({ kind, name, sha256: sha256Hex(bytes), brought: "whole" });
  return [
    { kind: "recorder", name: null, ...recorder },
    ...timeStampAnchors.map((der) => whole("time-stamp-authority", null, der)),
    ...witnesses.map(({ name, publicKey }) => whole("log-witness", name, publicKey)),
  ];
}

/** Of these a record may have nothing, and be good all the same. */
const OPTIONAL: readonly ConclusionName[] = ["in-log", "log-not-forked"];

/**
 * What follows from the checks. `stamped`: the time of the seal is the word of an authority that the auditor trusts, and not the
 * signer's.
 */
export function conclusionsFrom(checks: readonly Check[], { stamped }: { readonly stamped: boolean }): Conclusion[] {
  const found = new Map(checks.map((check) => [check.name, check.ok]));
  return CONCLUSIONS.map((name) => {
    const ground: Ground = GROUNDS[name];
    // The check of that name holds where there is no proof at all and none was asked for: nothing follows from it.
    const shown = ground.checks.filter((check) => found.has(check) && !(check === "log-proof" && found.get(check)));
    const optional = OPTIONAL.includes(name);
    const whole = optional || shown.length === ground.checks.length;
    const holds = optional && shown.length === 0 ? null : whole && shown.every((check) => found.get(check));
    const restsOn = name === "sealed-when" && stamped ? (["time-stamp-authority"] as const) : ground.restsOn;
    return { name, says: ground.says, holds, checks: shown, restsOn, assumes: ground.assumes };
  });
}
