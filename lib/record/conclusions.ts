import type { NoteKey } from "../log/note";
import { sha256Hex } from "../log/digest";
import type { Check } from "./verify-transcript";
import { SEAL_CHECKS } from "./verify-seal";

/** Something that was not taken from the record: the auditor brought it and believes it. */
export type Anchor = {
  readonly kind: "recorder" | "organisation" | "time-stamp-authority" | "log-witness";
  /** What it calls itself, where it has a name that is not in the record; of an organisation, the name that it gives the recorder. */
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
  /** Of several time-stamp authorities that were brought, those whose word this is, by SHA-256; none where it is no authority's. */
  readonly authorities: readonly string[];
  /** Ids of the assumptions, printed in the record, without which it would not be worth anything. */
  readonly assumes: readonly string[];
};

type Ground = Pick<Conclusion, "says" | "checks" | "restsOn" | "assumes">;

const GROUNDS = {
  unaltered: {
    says: "Not one byte of this file was changed or taken away since it was sealed, and nothing added but time stamps and outside parties' signatures over the whole.",
    checks: SEAL_CHECKS.filter((name) => name !== "timestamp"),
    restsOn: ["recorder"],
    assumes: ["A1", "A9"],
  },
  complete: {
    says: "The transcript inside is whole, from the opening to the close, and the pages tell of this transcript and no other.",
    checks: ["attachments", "manifest", "parts", "transcript", "entry-chain", "recorder", "closed", "printed-hash"],
    restsOn: ["recorder"],
    assumes: ["A1", "A3", "A9"],
  },
  "pages-tell": {
    says: "The pages say what this transcript makes of them and nothing else: they were drawn again and compared, object by object.",
    checks: ["pages"],
    restsOn: [],
    assumes: ["A9"],
  },
  "people-agreed": {
    says: "Each decision was signed with the passkey that the roster inside names for that person, over exactly what was decided.",
    checks: ["assertions", "quorum", "script-approval", "readiness", "recorder"],
    restsOn: ["recorder"],
    assumes: ["A1", "A4", "A5", "A6", "A9"],
  },
  authenticators: {
    says: "What authenticators said of themselves when the passkeys were made is here as the roster has it: the same public keys, models and flags.",
    checks: ["authenticator-attestations"],
    restsOn: [],
    assumes: ["A9"],
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
  "stamped-when": {
    says: "Authorities outside saw the transcript when the recorder joined and after each key: what was written by then was not changed later, not even by the recorder.",
    checks: ["entry-stamps"],
    restsOn: ["time-stamp-authority"],
    assumes: ["A9"],
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
  "only-withheld": {
    says: "The transcript inside is that of the record, entry by entry: nothing is gone but the values that are said to be withheld.",
    checks: ["edition", "manifest", "parts", "transcript", "entry-chain", "recorder", "closed", "withheld"],
    restsOn: ["recorder"],
    assumes: ["A1", "A3", "A9"],
  },
  "unsealed-pages": {
    says: "The pages name this transcript, and nothing seals them: what else stands on them is the word of whoever made the edition, unless they were drawn again.",
    checks: ["structure", "no-active-content", "attachments", "printed-hash"],
    restsOn: [],
    assumes: [],
  },
  "pack-whole": {
    says: "Each file of the pack is what comes out of the record in it, and the report as text says what the transcript says.",
    checks: ["pack", "pack-files", "report"],
    restsOn: [],
    assumes: ["A9"],
  },
} as const satisfies Record<string, Ground>;

export type ConclusionName = keyof typeof GROUNDS;
/** What can follow from a redacted edition alone. */
const OF_EDITIONS: readonly ConclusionName[] = ["only-withheld", "unsealed-pages"];
/** What can follow from an evidence pack, beside what follows from the record in it. */
export const PACK_CONCLUSIONS: readonly ConclusionName[] = ["pack-whole"];
/** What can follow from a record, which is sealed, and what from a redacted edition, which is not. */
export const CONCLUSIONS = (Object.keys(GROUNDS) as ConclusionName[]).filter((name) => ![...OF_EDITIONS, ...PACK_CONCLUSIONS].includes(name));
export const EDITION_CONCLUSIONS: readonly ConclusionName[] = [
  ...OF_EDITIONS,
  ...CONCLUSIONS.filter((name) => !["unaltered", "complete", "sealed-when"].includes(name)),
];

/** Every check that is the ground of a conclusion, by name. */
export const CHECKS_TOLD: readonly string[] = [
  ...["organisation", "not-revoked", "age"],
  ...new Set(Object.values(GROUNDS).flatMap(({ checks }): readonly string[] => checks)),
];

/** What the auditor brought, as it is told in the verdict. */
export type Brought = {
  readonly recorder: Anchor;
  readonly timeStampAnchors: readonly Uint8Array[];
  readonly witnesses: readonly NoteKey[];
};

export function anchorsOf({ recorder, timeStampAnchors, witnesses }: Brought): Anchor[] {
  const whole = (kind: AnchorKind, name: string | null, bytes: Uint8Array): Anchor => ({ kind, name, sha256: sha256Hex(bytes), brought: "whole" });
  return [
    recorder,
    ...timeStampAnchors.map((der) => whole("time-stamp-authority", null, der)),
    ...witnesses.map(({ name, publicKey }) => whole("log-witness", name, publicKey)),
  ];
}

/** Of these a record may have nothing, and be good all the same. */
const OPTIONAL: readonly ConclusionName[] = ["pages-tell", "authenticators", "stamped-when", "in-log", "log-not-forked"];

/** These say that something was so long ago: they do not follow once what protects the file from the outside has ended. */
const OF_THE_PAST: readonly ConclusionName[] = ["unaltered", "sealed-when", "stamped-when"];

/** Whose word the times are, of those whom the auditor trusts: of the seal, and of every entry of weight. */
export interface Stamped {
  readonly seal: readonly string[];
  readonly entries: readonly string[];
}

/** What follows from the checks. Without an authority that is trusted the time of the seal is the signer's word, and of entries nobody's. */
export function conclusionsFrom(
  checks: readonly Check[], { seal, entries }: Stamped, names: readonly ConclusionName[] = CONCLUSIONS,
): Conclusion[] {
  // Of a check that was not made nothing follows.
  const unlisted = checks.some(({ name, examined }) => name === "manifest" && examined === false);
  const ended = checks.some(({ name, examined }) => name === "age" && examined === false);
  const found = new Map(checks.flatMap(({ name, ok, examined }) => (examined === false ? [] : [[name, ok] as const])));
  return names.map((name) => {
    const ground: Ground = name === "sealed-when" && seal.length > 0 ? { ...GROUNDS[name], restsOn: ["time-stamp-authority"] } : GROUNDS[name];
    // The check of that name holds where there is no proof at all and none was asked for: nothing follows from it.
    const shown = ground.checks.filter((check) => found.has(check) && !(check === "log-proof" && found.get(check)));
    const optional = OPTIONAL.includes(name);
    // Without its manifest an edition has lost nothing of its transcript: that it may have lost files is a limit, which is said.
    const whole = optional || ground.checks.every((check) => found.has(check) || (check === "manifest" && unlisted));
    const proved = whole && shown.every((check) => found.get(check));
    const unvouched = name === "stamped-when" && proved && entries.length === 0;
    const past = ended && proved && OF_THE_PAST.includes(name);
    const holds = (optional && shown.length === 0) || unvouched || past ? null : proved;
    const authorities = name === "sealed-when" ? seal : name === "stamped-when" ? entries : [];
    const told: Conclusion = { name, says: ground.says, holds, checks: shown, restsOn: ground.restsOn, authorities, assumes: ground.assumes };
    return found.has("organisation") && ground.restsOn.includes("recorder") ? throughOrganisation(told) : told;
  });
}

const ORGANISATIONS_WORD = "A13";

/** What rests on the recorder, where the auditor knows the recorder by an organisation: then no fingerprint was read aloud (A1), and it is that one's word (A13). */
function throughOrganisation(told: Conclusion): Conclusion {
  const restsOn = told.restsOn.map((kind) => (kind === "recorder" ? "organisation" : kind));
  const checks = told.checks.length === 0 ? [] : ["organisation", ...told.checks];
  return { ...told, restsOn, checks, assumes: [...told.assumes.filter((id) => id !== "A1"), ORGANISATIONS_WORD] };
}
