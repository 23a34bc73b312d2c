import { z } from "zod";
import { MODES, ROLES } from "./roles";

export const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export const Identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
export const Base64url = z.string().regex(/^[A-Za-z0-9_-]*$/);
/**
 * RFC 3339 in UTC with milliseconds, the one spelling of a time, and a time that exists: the 30th of February or a 60th
 * second would be no number, and every comparison with it false.
 */
export const Time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .refine((time) => Number.isFinite(Date.parse(time)) && new Date(time).toISOString() === time, "no such time");
/** Printable ASCII, as hosts and origins are written: it is read out at the worker's console. */
const Plain = z.string().regex(/^[!-~]+$/);
export const Committed = z.strictObject({ committed: Hash });

export const Aaguid = z.string().regex(/^[0-9a-f-]{36}$/);

/**
 * How well an authenticator's maker vouched for a passkey, as the app found at its enrolment: not at all, in a way that does not
 * verify, by the passkey itself, by a certificate, by one that ends at a root the house trusts.
 */
export const ATTESTATION_PROOFS = ["none", "broken", "self", "certificate", "root"] as const;

/** What the authenticator said of itself when it made the passkey. */
const PasskeyAttestation = z.strictObject({
  /** The attestation statement format, by its name in the registry of WebAuthn. */
  format: z.string().regex(/^[a-z0-9-]{1,32}$/),
  proof: z.enum(ATTESTATION_PROOFS),
  /** SHA-256 of the attestation object, which the app keeps. */
  sha256: Hash,
});

export const Passkey = z.strictObject({
  /** WebAuthn credential id, base64url. */
  id: Base64url.min(1),
  algorithm: z.enum(["ES256", "RS256", "EdDSA"]),
  /** SubjectPublicKeyInfo, DER, base64url. */
  spki: Base64url.min(1),
  aaguid: Aaguid,
  /** The backup-eligible flag seen at enrolment: true for a passkey that may be synced between devices. */
  synced: z.boolean(),
  /** Missing where it was enrolled before attestations were asked for. */
  attestation: PasskeyAttestation.optional(),
});

export const Person = z.strictObject({
  person: Identifier,
  name: Committed,
  title: Committed,
  roles: z.array(z.enum(ROLES)).min(1),
  /** Standing groups that an approval rule may name, such as "security-officer". */
  groups: z.array(Identifier),
  passkeys: z.array(Passkey),
});

export const Roster = z.strictObject({
  v: z.literal("claviger/roster/v1"),
  version: z.int().min(1),
  prev: Hash.nullable(),
  mode: z.enum(MODES),
  organisation: Committed,
  /** WebAuthn relying party id, and the exact origins whose assertions count. */
  rp: z.strictObject({ id: Plain, origins: z.array(Plain).min(1) }),
  /** How many of its custodians must endorse the next version, and every script that is used in production. */
  quorum: z.strictObject({ approve: z.int().min(2) }),
  people: z.array(Person),
});
