import type { Ceremony } from "../ceremony/ceremony";
import type { Passkey } from "../ceremony/roster";
import type { SignatureAlgorithm, SignatureVerifier } from "../ceremony/signature-verifier";
import { canonical, CanonicalFault, parseCanonical, type Json } from "../log/canonical";
import { base64url, fromBase64url, sha256Hex } from "../log/digest";
import { readCertificate } from "../x509/certificate";
import { concat } from "../x509/der-writer";
import { Malformed, must } from "../x509/malformed";
import { enrolmentDifference } from "./authenticator-data";
import { members, readCbor, type Cbor } from "./read-cbor";
import type { Check } from "./verify-transcript";

/** What the authenticators of those who took part said of themselves when their passkeys were made. */
export const ATTESTATIONS_FILE = "authenticator-attestations.json";

const VERSION = "claviger/authenticator-attestations/v1";

/** As it was kept at an enrolment. */
export type KeptAttestation = {
  /** WebAuthn credential id, base64url. */
  readonly passkey: string;
  /** The attestation object (W3C WebAuthn section 6.5.4), as it came. */
  readonly object: Uint8Array;
  /** SHA-256 of the client data that an attestation signs along. */
  readonly clientDataHash: Uint8Array;
};

/** As it stands in a record: the hash only where a signature over it is checked. Beside another it would be bound to nothing. */
type ListedAttestation = Omit<KeptAttestation, "clientDataHash"> & { readonly clientDataHash: Uint8Array | null };

/** Larger ones are no authenticator's. */
const LARGEST = 32_768;

/** The passkeys of those who took part, or left their place, of which the roster names an attestation object. */
export function attestedPasskeys({ roster, participants, replaced }: Pick<Ceremony, "roster" | "participants" | "replaced">): Passkey[] {
  const people = new Set([...participants.map(({ person }) => person), ...replaced.map(({ leaves }) => leaves)]);
  return roster.people.filter(({ person }) => people.has(person)).flatMap(({ passkeys }) => passkeys.filter(({ attestation }) => attestation));
}

/**
 * The file of those that are what the roster says, in the order of their passkeys; null where there is none. What is handed in comes from a
 * database and is believed by its hash alone; what differs is left out, so that it cannot spoil a record.
 */
export async function attestationsFile(kept: readonly KeptAttestation[], ceremony: Ceremony, verifier: SignatureVerifier): Promise<Uint8Array | null> {
  const good = new Map<string, ListedAttestation>();
  for (const one of kept) {
    const said = await judged(one, ceremony, verifier);
    if (said.fault === null) good.set(one.passkey, { ...one, clientDataHash: said.vouched === "signature" ? one.clientDataHash : null });
  }
  if (good.size === 0) return null;
  const attestations = [...good.values()].sort((a, b) => (a.passkey < b.passkey ? -1 : 1));
  return canonical({ v: VERSION, attestations: attestations.map(({ passkey, object, clientDataHash }) =>
    ({ passkey, object: base64url(object), ...(clientDataHash && { clientDataHash: base64url(clientDataHash) }) })) });
}

/** `attestationsFile` back again; null for anything else. */
function readAttestations(bytes: Uint8Array): readonly ListedAttestation[] | null {
  try {
    const { v, attestations, ...more } = parseCanonical(bytes) as { readonly [member: string]: Json };
    if (v !== VERSION || !Array.isArray(attestations) || Object.keys(more).length > 0) return null;
    return (attestations as readonly Json[]).map((one) => {
      const { passkey, object, clientDataHash, ...rest } = one as { readonly [member: string]: Json };
      must(typeof passkey === "string" && typeof object === "string" && (clientDataHash === undefined || typeof clientDataHash === "string") && Object.keys(rest).length === 0, "no attestation");
      return { passkey, object: fromBase64url(object), clientDataHash: clientDataHash === undefined ? null : fromBase64url(clientDataHash) };
    });
  } catch (fault) {
    if (fault instanceof CanonicalFault || fault instanceof TypeError || fault instanceof RangeError || fault instanceof Malformed) return null;
    throw fault;
  }
}

/** `nobody`: the format says that nothing vouches. `signature`: one verifies. `unknown`: a format, or a signature, that is not checked here. */
type Vouched = "nobody" | "signature" | "unknown";
type Judged = { readonly fault: string } | { readonly fault: null; readonly vouched: Vouched };

async function judged({ passkey: id, object, clientDataHash }: ListedAttestation, ceremony: Ceremony, verifier: SignatureVerifier): Promise<Judged> {
  const passkey = attestedPasskeys(ceremony).find((one) => one.id === id);
  if (!passkey?.attestation) return { fault: "nobody who took part has such a passkey with an attestation" };
  const { sha256, format, proof } = passkey.attestation;
  if (object.length > LARGEST || (clientDataHash && clientDataHash.length !== 32) || sha256Hex(object) !== sha256) return { fault: "it is not the one whose hash the roster has" };
  try {
    const { value, length } = readCbor(object);
    must(length === object.length, "no attestation object");
    const [said, data, statement] = members(value, "fmt", "authData", "attStmt");
    must(data instanceof Uint8Array, "no attestation object");
    if (said !== format) return { fault: "its format is not the one that the roster names" };
    const difference = enrolmentDifference(data, passkey, ceremony.roster.rp.id);
    if (difference !== null) return { fault: difference };
    if (format === "none") return statement instanceof Map && statement.size === 0 && proof === "none" ? { fault: null, vouched: "nobody" } : { fault: "nothing vouches for it, and the roster says otherwise" };
    if (format !== "packed" || proof === "broken") return { fault: null, vouched: "unknown" };
    return await packedFault(statement, passkey, clientDataHash && concat([data, clientDataHash]), verifier);
  } catch (fault) {
    if (fault instanceof Malformed) return { fault: `it cannot be read (${fault.message})` };
    throw fault;
  }
}

/** COSE algorithm identifiers (RFC 9053, RFC 8812) of signatures that are checked here. */
const ALGORITHMS: ReadonlyMap<Cbor, SignatureAlgorithm> = new Map([[-7, "ES256"], [-8, "EdDSA"], [-35, "ES384"], [-36, "ES512"], [-257, "RS256"]]);

/** W3C WebAuthn section 8.2: by the passkey itself, or by the first certificate, whose own issuer is not looked at. */
async function packedFault(statement: Cbor | undefined, passkey: Passkey, signed: Uint8Array | null, verifier: SignatureVerifier): Promise<Judged> {
  const [said, signature, chain] = members(statement, "alg", "sig", "x5c");
  must(signature instanceof Uint8Array && (chain === undefined || Array.isArray(chain)), "no packed attestation");
  const own = chain === undefined;
  if (own !== (passkey.attestation?.proof === "self")) return { fault: "who vouches for it is not whom the roster says" };
  const algorithm = ALGORITHMS.get(said ?? null);
  if (algorithm === undefined) return { fault: null, vouched: "unknown" };
  if (own && algorithm !== passkey.algorithm) return { fault: "its signature is not of the passkey's kind" };
  const spki = own ? fromBase64url(passkey.spki) : keyOfMaker((chain as readonly Cbor[])[0]);
  if (spki === null) return { fault: null, vouched: "unknown" };
  if (signed === null) return { fault: "the hash that its signature is over is not there" };
  return (await verifier.verify(algorithm, spki, signed, signature)) ? { fault: null, vouched: "signature" } : { fault: "its signature does not verify" };
}

/** The key in a maker's certificate; null for one that is not read here: such certificates are of no one form. */
function keyOfMaker(der: Cbor | undefined): Uint8Array | null {
  must(der instanceof Uint8Array, "no packed attestation");
  try {
    return readCertificate(der).spki;
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}

/**
 * Whether each attestation object in a record is the one that the roster names, and says of its passkey what the roster says: id, public
 * key, model, flags. None, where no such file is attached. That a maker's certificate is its maker's is nowhere claimed.
 */
export async function attestationsCheck(bytes: Uint8Array | undefined, ceremony: Ceremony, verifier: SignatureVerifier): Promise<Check[]> {
  if (bytes === undefined) return [];
  const name = "authenticator-attestations";
  const kept = readAttestations(bytes);
  if (!kept || kept.length === 0) return [{ name, ok: false, reason: `${ATTESTATIONS_FILE} is not a list of attestation objects.` }];
  const found = new Map<string, Vouched>();
  for (const one of kept) {
    const said = await judged(one, ceremony, verifier);
    if (said.fault !== null) return [{ name, ok: false, reason: `The attestation of passkey ${one.passkey.slice(0, 10)} is not what the roster says: ${said.fault}.` }];
    if (one.clientDataHash !== null && said.vouched !== "signature") return [{ name, ok: false, reason: `Beside the attestation of passkey ${one.passkey.slice(0, 10)} stands a hash that no signature in it is over.` }];
    if (found.has(one.passkey)) return [{ name, ok: false, reason: `Passkey ${one.passkey.slice(0, 10)} has two attestations.` }];
    found.set(one.passkey, said.vouched);
  }
  return [{ name, ok: true, reason: attestedInWords([...found.values()], attestedPasskeys(ceremony).length) }];
}

function attestedInWords(found: readonly Vouched[], of: number): string {
  const count = (vouched: Vouched) => String(found.filter((one) => one === vouched).length);
  const parts = `${count("signature")} signed by the authenticator or a maker's certificate (whose issuer is not judged), ${count("nobody")} for which nobody vouches, ${count("unknown")} whose signature is not checked here`;
  return `Of ${String(of)} passkeys with an attestation in the roster ${String(found.length)} are in the record, each as the roster has it: ${parts}.`;
}
