import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Assertion } from "#lib/ceremony/entry";
import { base64url, fromBase64url, sha256, utf8 } from "#lib/log/digest";

/**
 * A passkey that is a plain object and no device: anybody who can read it can use it. For rehearsals and tests, where
 * nobody is to touch a key; never a person's own.
 */
export type SoftwarePasskey = {
  readonly credentialId: string;
  /** PKCS#8, DER, base64url. */
  readonly privateKey: string;
  /** SubjectPublicKeyInfo, DER, base64url. */
  readonly spki: string;
};

/** Where the passkey is used, and what it says of its user; `flags` are UP and UV unless a test wants others. */
export type Use = { readonly rpId: string; readonly origin: string; readonly flags?: number };

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

/** A new ES256 key pair with a random credential id. */
export function createSoftwarePasskey(): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    credentialId: base64url(randomBytes(32)),
    privateKey: base64url(privateKey.export({ format: "der", type: "pkcs8" })),
    spki: base64url(publicKey.export({ format: "der", type: "spki" })),
  };
}

/**
 * The assertion of this passkey over a challenge (W3C WebAuthn section 6.3.3): over the 32 bytes of a statement's hash,
 * or over whatever a server drew for a sign-in. The signature counter stays 0, as synced passkeys keep it.
 */
export function assertWith(passkey: SoftwarePasskey, challenge: Uint8Array, use: Use): Assertion {
  const clientData = clientDataOf("webauthn.get", base64url(challenge), use.origin);
  const authenticatorData = authenticatorDataOf(use.rpId, use.flags ?? USER_PRESENT | USER_VERIFIED);
  const key = createPrivateKey({ key: Buffer.from(fromBase64url(passkey.privateKey)), format: "der", type: "pkcs8" });
  return {
    credentialId: passkey.credentialId,
    authenticatorData: base64url(authenticatorData),
    clientDataJSON: base64url(clientData),
    signature: base64url(sign("sha256", joined(authenticatorData, sha256(clientData)), key)),
  };
}

/** The same in the JSON form of `navigator.credentials.get` (`PublicKeyCredential.toJSON`), as sign-in takes it. */
export function authenticationOf(passkey: SoftwarePasskey, challenge: Uint8Array, use: Use): AuthenticationResponseJSON {
  const { credentialId, ...response } = assertWith(passkey, challenge, use);
  return { ...credential(credentialId), response };
}

/**
 * The answer to a registration: attestation "none", AAGUID zero, the key in COSE form (RFC 9053 section 7.1.1).
 * `challenge` is the one the server's options carry.
 */
export function registrationOf(passkey: SoftwarePasskey, challenge: Uint8Array, use: Use): RegistrationResponseJSON {
  const id = fromBase64url(passkey.credentialId);
  const attested = joined(new Uint8Array(16), Uint8Array.of(id.length >> 8, id.length & 0xff), id, coseKey(passkey.spki));
  const authenticatorData = authenticatorDataOf(use.rpId, (use.flags ?? USER_PRESENT | USER_VERIFIED) | ATTESTED, attested);
  const attestation = new Map<string | number, Cbor>([
    ["fmt", "none"],
    ["attStmt", new Map()],
    ["authData", authenticatorData],
  ]);
  return {
    ...credential(passkey.credentialId),
    response: {
      clientDataJSON: base64url(clientDataOf("webauthn.create", base64url(challenge), use.origin)),
      attestationObject: base64url(cbor(attestation)),
      authenticatorData: base64url(authenticatorData),
      transports: ["internal"],
      publicKeyAlgorithm: -7,
      publicKey: passkey.spki,
    },
  };
}

const credential = (id: string) =>
  ({ id, rawId: id, type: "public-key", clientExtensionResults: {}, authenticatorAttachment: "platform" }) as const;

const clientDataOf = (type: string, challenge: string, origin: string): Uint8Array =>
  utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

const authenticatorDataOf = (rpId: string, flags: number, attested: Uint8Array = new Uint8Array(0)): Uint8Array =>
  joined(sha256(utf8(rpId)), Uint8Array.of(flags, 0, 0, 0, 0), attested);

function coseKey(spki: string): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(fromBase64url(spki)), format: "der", type: "spki" });
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return cbor(
    new Map<string | number, Cbor>([
      [1, 2], // kty: EC2
      [3, -7], // alg: ES256
      [-1, 1], // crv: P-256
      [-2, fromBase64url(x)],
      [-3, fromBase64url(y)],
    ]),
  );
}

type Cbor = string | number | Uint8Array | ReadonlyMap<string | number, Cbor>;

/** RFC 8949, as far as an attestation object needs it: small integers, byte and text strings, maps in the order given. */
function cbor(value: Cbor): Uint8Array {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return joined(head(3, utf8(value).length), utf8(value));
  if (value instanceof Uint8Array) return joined(head(2, value.length), value);
  return joined(head(5, value.size), ...[...value].flatMap(([key, member]) => [cbor(key), cbor(member)]));
}

function head(major: number, length: number): Uint8Array {
  if (length < 24) return Uint8Array.of((major << 5) | length);
  if (length < 0x100) return Uint8Array.of((major << 5) | 24, length);
  return Uint8Array.of((major << 5) | 25, length >> 8, length & 0xff);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
