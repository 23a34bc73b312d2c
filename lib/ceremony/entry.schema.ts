import { z } from "zod";
import { Assertion } from "./assertion.schema";
import { DEVIATION_CLASSES } from "./deviation-classes";
import { Endorsement } from "./endorsement.schema";
import { Readiness } from "./readiness.schema";
import { MODES, ROLES } from "./roles";
import { Base64url, Committed, Hash, Identifier, Roster, Time } from "./roster.schema";
import { OperationRequest, Script } from "./script.schema";
import { Statement } from "./statement.schema";

const TokenFacts = z.strictObject({
  label: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  serial: z.string().min(1),
  hardware: z.string(),
  firmware: z.string(),
});

/** Another token that the script works on, by the name the script has for it, as the worker found it. */
const OtherToken = z.strictObject({ name: Identifier, label: z.string(), model: z.string(), serial: z.string().min(1) });

/** What a module answered about a call that failed: names and numbers, never arguments. */
const FaultFacts = z.strictObject({ call: z.string(), name: z.string(), ckr: z.int().nullable() });

/**
 * A ceremony's name stands on every screen, page and terminal: nothing that begins a line, prints as nothing or turns the reading
 * direction. Ranges are written out where Unicode may still grow, so that every platform and year gives the same answer.
 */
const Title = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+$/u);

/** RFC 6838, section 4.2, without parameters. */
export const MediaType = z.string().max(100).regex(/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/);

/** A file that is evidence. The transcript keeps its hash; `held` says whether the app was given a copy of its bytes. */
const EvidenceFile = z.strictObject({
  name: Committed,
  sha256: Hash,
  size: z.int().min(1),
  mediaType: MediaType,
  held: z.boolean(),
});

const Signed = z.strictObject({ statement: Statement, assertion: Assertion });
/** Exception sheets, by the entries that noted them. */
const Sheets = z.array(z.int().min(0)).min(1).max(1000);
/** One page of a witness's notebook, with the time at which it was written. */
export const NotebookPage = z.strictObject({ page: z.int().min(1), at: Time, text: Committed });
/** A time-stamp authority, by its place in the worker's configuration. */
export const AUTHORITIES = ["first", "second"] as const;
const Stamping = { entry: z.int().min(0), authority: z.enum(AUTHORITIES) };
const OperationPlace = { step: Identifier, index: z.int().min(0) };

/** RFC 9180, section 7: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, by their IANA numbers. */
const HpkeSuite = z.strictObject({ kem: z.literal(0x20), kdf: z.literal(1), aead: z.literal(2) });
const PartLength = z.int().min(1).max(255);

/** A seal, a bag or a door that is read when people go and again when they come back. */
const SealRead = z.strictObject({ seal: Identifier, name: Committed, value: Committed });
const HeadCount = {
  /** The pause step of the script that this performs; null for a break that the script does not have. */
  step: Identifier.nullable(),
  present: z.array(Identifier).max(200),
  seals: z.array(SealRead).max(40),
};

/** The kinds of entry, each with its body. Kinds are past tense: an entry says what happened. */
export const BODIES = {
  "ceremony-opened": z.strictObject({
    title: Title,
    mode: z.enum(MODES),
    place: Committed,
    script: Script,
    scriptHash: Hash,
    /** Who of the roster endorsed the script: its quorum for production, perhaps nobody for a rehearsal. */
    endorsements: z.array(Endorsement).max(200),
    /** Who is ready, and what was found when go was said; missing where nothing of it was asked. */
    readiness: Readiness.optional(),
    /** The build of the second screen that the app had to give: SHA-256 of its service worker. Its word, and nobody else's. */
    secondScreen: Hash.optional(),
    roster: Roster,
    rosterHash: Hash,
    participants: z.array(z.strictObject({ person: Identifier, role: z.enum(ROLES) })).min(1),
  }),
  "recorder-attached": z.strictObject({
    scriptHash: Hash,
    rosterHash: Hash,
    token: TokenFacts,
    /** There when the script works on other tokens, one for each, by name. */
    others: z.array(OtherToken).min(1).optional(),
    /** `chain`: the certificate of the same key by an organisation, and those above it up to its root; there where it has one. */
    recorder: z.strictObject({ spki: Base64url.min(1), certificate: Base64url.min(1), chain: z.array(Base64url.min(1)).min(2).max(4).optional() }),
    software: z.string().min(1),
  }),
  "step-opened": z.strictObject({ step: Identifier, nonce: Hash, expires: Time, deviation: z.int().nullable() }),
  "step-acknowledged": z.strictObject({ step: Identifier }),
  /** `step` is null for somebody who came later, outside of the attendance step. */
  "identity-checked": z.strictObject({ step: Identifier.nullable(), person: Identifier, document: Committed }),
  "value-entered": z.strictObject({ step: Identifier, value: Committed, photo: EvidenceFile.optional() }),
  "evidence-noted": z.strictObject({
    step: Identifier,
    name: Committed,
    kept: Committed,
    /** Of one file of which nothing else is said. */
    sha256: Hash.nullable(),
    files: z.array(EvidenceFile).min(1).max(20).optional(),
  }),
  "step-approved": Signed,
  "step-refused": Signed,
  "signed-off": Signed,
  "deviation-noted": z.strictObject({
    class: z.enum(DEVIATION_CLASSES),
    step: Identifier.nullable(),
    expected: Committed,
    happened: Committed,
    decided: Committed,
    /** Who decided it; always there since the sheets are numbered and initialled. */
    decidedBy: z.array(Identifier).min(1).max(50).optional(),
  }),
  /** Initials under so many sheets, given in one go. */
  "deviation-initialled": z.strictObject({ deviations: Sheets }),
  /** Somebody who is there does not initial these sheets: who says so, and why. */
  "initials-withheld": z.strictObject({ deviations: Sheets, person: Identifier, reason: Committed }),
  "deviations-read": z.strictObject({
    /** All of the ceremony, in order. */
    deviations: z.array(z.int().min(0)).max(1000),
    /** Numbers of the printed exception sheets that were closed because nobody needed them. */
    unused: z.array(z.int().min(1).max(99)).max(99),
  }),
  "step-initialled": z.strictObject({ step: Identifier }),
  "step-attested": Signed,
  "step-papered": Signed,
  "notebook-released": Signed.extend({ pages: z.array(NotebookPage).min(1).max(500) }),
  "secrets-invited": z.strictObject({
    ...OperationPlace,
    suite: HpkeSuite,
    /** X25519, raw, base64url. Its private half is in the memory of the worker and nowhere else. */
    publicKey: Base64url.length(43),
    /** The secrets of the operation in its own order, and how many bytes each of the two parts of one may have. */
    secrets: z.array(z.strictObject({ secret: Identifier, least: PartLength, most: PartLength })).min(1).max(4),
  }),
  "secret-part-entered": Signed,
  /** Somebody is not in the room, late or gone, or is back. */
  "presence-noted": z.strictObject({ person: Identifier, present: z.boolean() }),
  "person-replaced": z.strictObject({ leaves: Identifier, arrives: Identifier, role: z.enum(ROLES), deviation: z.int() }),
  /** `unsealed`: why no seal is read, where nothing stays behind that could be sealed. */
  "break-begun": z.strictObject({ ...HeadCount, unsealed: Committed.nullable() }),
  "break-ended": z.strictObject(HeadCount),
  /** How far the clock of a device is ahead of the server's; behind, where negative. */
  "clock-compared": z.strictObject({ device: Identifier, name: Committed, milliseconds: z.int() }),
  "ceremony-stopped": z.strictObject({ reason: Committed }),
  /** A custodian agrees that it goes on as the deviation in the statement says. */
  "resume-approved": Signed,
  "ceremony-resumed": z.strictObject({ deviation: z.int() }),
  "ceremony-aborted": z.strictObject({ reason: Committed }),
  /** Signed just before the worker logs out of the token, for the break that the named entry began. */
  "token-logged-out": z.strictObject({ break: z.int() }),
  /** Signed first of all once it is logged in again. */
  "token-logged-in": z.strictObject({ since: z.int() }),
  "operation-started": z.strictObject({
    ...OperationPlace,
    request: OperationRequest,
    ckaId: Hash,
    /** Sequence numbers of the approvals that authorise it, in order; none for an operation that only reads. */
    approvals: z.array(z.int()),
    quorumHash: Hash.nullable(),
  }),
  "operation-done": z.strictObject({
    ...OperationPlace,
    outcome: z.record(z.string(), z.json()),
    milliseconds: z.int().min(0),
    /** True when the worker found the work done after it had been interrupted, and did not do it again. */
    recovered: z.boolean(),
  }),
  "operation-failed": z.strictObject({ ...OperationPlace, fault: FaultFacts }),
  "worker-noted": z.strictObject({
    class: z.enum(DEVIATION_CLASSES),
    step: Identifier.nullable(),
    /** What the worker saw, as a stable code; the sentence is made where it is shown. */
    code: z.enum(["worker-restarted", "half-key-destroyed", "device-given-up", "token-gone", "database-gone", "inventory-differs"]),
    facts: z.record(z.string(), z.union([z.string(), z.int(), z.boolean()])),
  }),
  /** An RFC 3161 token over the canonical bytes of an entry, whose hash is its imprint. */
  "time-stamped": z.strictObject({ ...Stamping, token: Base64url.min(1).max(24_000) }),
  /** An authority had no stamp for an entry when it was asked first: it did not answer, or not with what can be believed. */
  "time-stamp-missed": z.strictObject({ ...Stamping, why: z.enum(["away", "not-good"]) }),
  "ceremony-closed": z.strictObject({ result: z.enum(["completed", "aborted"]), entries: z.int().min(1) }),
} as const;

export type EntryKind = keyof typeof BODIES;

export const RECORDER = "recorder";

/** The kinds that carry a person's own signature, by passkey. */
export const SIGNED_KINDS: readonly EntryKind[] = [
  "step-approved",
  "step-refused",
  "secret-part-entered",
  "signed-off",
  "step-attested",
  "step-papered",
  "notebook-released",
  "resume-approved",
];

/** The kinds that only the recorder writes; each carries its signature. */
export const RECORDER_KINDS: readonly EntryKind[] = [
  "recorder-attached",
  "secrets-invited",
  "token-logged-out",
  "token-logged-in",
  "operation-started",
  "operation-done",
  "operation-failed",
  "worker-noted",
  "time-stamped",
  "time-stamp-missed",
  "ceremony-closed",
];

const envelope = {
  v: z.literal("claviger/entry/v1"),
  ceremony: Identifier,
  seq: z.int().min(0),
  at: Time,
  by: Identifier,
  prev: Hash.nullable(),
  /** The recorder's ES256 signature (DER, base64url) over the entry without this member; null on people's entries. */
  signature: Base64url.nullable(),
};

const kinds = Object.entries(BODIES).map(([kind, body]) => z.strictObject({ ...envelope, kind: z.literal(kind), body }));

/** Any entry, as the schema sees it. `Entry` in entry.ts is the same with its type. */
export const EntrySchema = z.discriminatedUnion("kind", kinds as [(typeof kinds)[number], ...typeof kinds]);
