import type { Passkey } from "../ceremony/roster";
import { base64url, hex, sameBytes, sha256, utf8 } from "../log/digest";
import { concat, derBits, derInteger, derNull, derOid, derSequence } from "../x509/der-writer";
import { must } from "../x509/malformed";
import { members, readCbor, type Cbor } from "./read-cbor";

const [USER_PRESENT, USER_VERIFIED, BACKUP_ELIGIBLE, ATTESTED] = [0x01, 0x04, 0x08, 0x40];
/** Hash of the relying party's id, flags, counter; then model, length of the credential id (W3C WebAuthn section 6.1). */
const [AAGUID_AT, LENGTH_AT, ID_AT] = [37, 53, 55];

/**
 * How the authenticator data of an enrolment differs from what a roster says of the passkey: in a few words, or null where it does not. Throws
 * `Malformed` where it cannot be read.
 */
export function enrolmentDifference(data: Uint8Array, passkey: Passkey, rpId: string): string | null {
  must(data.length > ID_AT, "authenticator data: cut off");
  const flags = data[32] ?? 0;
  must((flags & ATTESTED) !== 0, "authenticator data: no passkey in it");
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const keyAt = ID_AT + view.getUint16(LENGTH_AT);
  must(keyAt < data.length, "authenticator data: cut off");
  const { value } = readCbor(data.subarray(keyAt));
  if (!sameBytes(data.subarray(0, 32), sha256(utf8(rpId)))) return "it was made for another site";
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return "nobody was verified when it was made";
  if (((flags & BACKUP_ELIGIBLE) !== 0) !== passkey.synced) return "it says otherwise whether the passkey can be synced";
  if (aaguidOf(data.subarray(AAGUID_AT, LENGTH_AT)) !== passkey.aaguid) return "it names another model";
  if (base64url(data.subarray(ID_AT, keyAt)) !== passkey.id) return "it is of another passkey";
  const key = spkiOf(value);
  if (key.algorithm !== passkey.algorithm || base64url(key.spki) !== passkey.spki) return "it has another public key";
  return null;
}

const aaguidOf = (bytes: Uint8Array): string => hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** A COSE key (RFC 9053 section 7) of one of the three kinds that passkeys are enrolled with, as SubjectPublicKeyInfo. Throws `Malformed` for others. */
function spkiOf(key: Cbor): { readonly algorithm: Passkey["algorithm"]; readonly spki: Uint8Array } {
  const [type, algorithm, curve] = members(key, 1, 3, -1);
  const bytes = (label: number): Uint8Array => {
    const [value] = members(key, label);
    must(value instanceof Uint8Array, "COSE: a number is missing");
    return value;
  };
  const info = (named: readonly Uint8Array[], bits: Uint8Array) => derSequence(derSequence(...named), derBits(bits));
  if (type === 2 && algorithm === -7 && curve === 1) {
    return { algorithm: "ES256", spki: info([derOid("1.2.840.10045.2.1"), derOid("1.2.840.10045.3.1.7")], concat([Uint8Array.of(4), bytes(-2), bytes(-3)])) };
  }
  if (type === 1 && algorithm === -8 && curve === 6) return { algorithm: "EdDSA", spki: info([derOid("1.3.101.112")], bytes(-2)) };
  must(type === 3 && algorithm === -257, "COSE: a key of a kind that no passkey here has");
  const modulus = derSequence(derInteger(bytes(-1)), derInteger(bytes(-2)));
  return { algorithm: "RS256", spki: info([derOid("1.2.840.113549.1.1.1"), derNull()], modulus) };
}
