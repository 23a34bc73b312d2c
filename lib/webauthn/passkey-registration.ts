import { createPublicKey } from "node:crypto";
import { generateRegistrationOptions, verifyRegistrationResponse, type RegistrationResponseJSON } from "@simplewebauthn/server";
import { cose, decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";
import type { Passkey } from "#lib/ceremony/roster";
import type { PasskeyAlgorithm } from "#lib/ceremony/signature-verifier";
import { base64url, fromBase64url, fromHex, sha256Hex, utf8 } from "#lib/log/digest";
import type { Json } from "#lib/log/canonical";
import { ok, refuse, type Result } from "#lib/result";
import { proofOf, readAttestation, withoutAttestation, type AttestationRoots } from "./passkey-attestation";

export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string };

/** Whom the passkey is for; those they have already are not offered again by their authenticator. */
export type Registrant = {
  readonly person: string;
  readonly name: string;
  readonly passkeys: readonly { readonly id: string; readonly transports: readonly string[] }[];
};

export type RegisteredPasskey = {
  readonly id: string;
  readonly algorithm: PasskeyAlgorithm;
  /** SubjectPublicKeyInfo, DER, base64url. */
  readonly spki: string;
  readonly aaguid: string;
  readonly synced: boolean;
  /** Whether it is backed up already. */
  readonly backedUp: boolean;
  readonly transports: readonly string[];
  readonly counter: number;
  readonly attestation: NonNullable<Passkey["attestation"]>;
  /** The attestation object and the client data, as they came: what `attestation` was read from. */
  readonly attested: { readonly object: Uint8Array; readonly clientData: Uint8Array };
};

/** COSE algorithm identifiers (RFC 9053), the preferred one first. */
const ALGORITHMS: readonly (readonly [number, PasskeyAlgorithm])[] = [
  [-7, "ES256"],
  [-8, "EdDSA"],
  [-257, "RS256"],
];
const supported = ALGORITHMS.map(([id]) => id);

/** The options of a registration, as `navigator.credentials.create` takes them in JSON. `challenge` is hex. */
export async function registrationOptions(
  rp: RelyingParty,
  asked: { readonly challenge: string; readonly person: Registrant },
): Promise<Json> {
  const { person } = asked;
  const options = await generateRegistrationOptions({
    rpName: rp.name,
    rpID: rp.id,
    userID: new Uint8Array(utf8(person.person)),
    userName: person.name,
    userDisplayName: person.name,
    challenge: new Uint8Array(fromHex(asked.challenge)),
    // Without it browsers take out the model as well (W3C WebAuthn section 5.4.7).
    attestationType: "direct",
    supportedAlgorithmIDs: supported,
    excludeCredentials: person.passkeys.map(({ id, transports }) => ({ id, transports: [...transports] as never })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return options as unknown as Json;
}

/**
 * The passkey in a browser's answer to a registration (W3C WebAuthn section 7.1): this challenge, this origin, user
 * verified, a key of a kind we can check, and how well its maker vouches for it. An attestation that does not verify is kept and
 * said to be broken: whether such a passkey will do is for scripts to say. Refuses with a word about what is wrong; the answer
 * may be anything.
 */
export async function verifyRegistration(
  rp: RelyingParty,
  answer: unknown,
  challenge: string,
  roots: AttestationRoots = [],
): Promise<Result<RegisteredPasskey, string>> {
  const whole = await registered(rp, answer as RegistrationResponseJSON, challenge);
  const broken = !whole.ok;
  const bare = broken ? withoutAttestation(answer) : null;
  const found = bare ? await registered(rp, bare, challenge) : whole;
  if (!found.ok) return found;
  const read = readAttestation(answer);
  if (!read) return refuse("no attestation object");
  const { format, certificates, object, clientData } = read;
  const proof = broken ? "broken" : proofOf(format, certificates, roots);
  return ok({ ...found.value, attestation: { format, proof, sha256: sha256Hex(object) }, attested: { object, clientData } });
}

async function registered(
  rp: RelyingParty,
  answer: RegistrationResponseJSON,
  challenge: string,
): Promise<Result<Omit<RegisteredPasskey, "attestation" | "attested">, string>> {
  try {
    const verified = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: base64url(fromHex(challenge)),
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: supported,
    });
    if (!verified.verified) return refuse("not verified");
    const { aaguid, credential, credentialDeviceType, credentialBackedUp } = verified.registrationInfo;
    const key = readKey(credential.publicKey);
    if (!key) return refuse("a key of an unknown kind");
    const { id, counter, transports = [] } = credential;
    if (base64url(fromBase64url(id)) !== id) return refuse("a credential id that is not base64url");
    const synced = credentialDeviceType === "multiDevice";
    return ok({ id, ...key, aaguid, synced, backedUp: credentialBackedUp, transports, counter });
  } catch (fault) {
    // The library throws for every answer it does not accept, and for every answer that is none.
    return refuse(fault instanceof Error ? fault.message.slice(0, 200) : "unreadable");
  }
}

/** A COSE key (RFC 9052 section 7) as algorithm and SubjectPublicKeyInfo; null for a kind or curve we do not check. */
function readKey(bytes: Uint8Array): Pick<RegisteredPasskey, "algorithm" | "spki"> | null {
  const key = decodeCredentialPublicKey(new Uint8Array(bytes));
  const said: number | undefined = key.get(cose.COSEKEYS.alg);
  const algorithm = ALGORITHMS.find(([id]) => id === said)?.[1];
  const jwk = jwkOf(key);
  if (!algorithm || jwk?.for !== algorithm) return null;
  const spki = createPublicKey({ key: jwk.key, format: "jwk" }).export({ type: "spki", format: "der" });
  return { algorithm, spki: base64url(spki) };
}

/** The key's numbers as a JWK, and the one algorithm that a key of this kind is used with; null for any other kind. */
function jwkOf(
  key: cose.COSEPublicKey,
): { readonly for: PasskeyAlgorithm; readonly key: { kty: string; [member: string]: string } } | null {
  const member = (bytes: Uint8Array | undefined) => base64url(bytes ?? new Uint8Array(0));
  if (cose.isCOSEPublicKeyEC2(key) && key.get(cose.COSEKEYS.crv) === cose.COSECRV.P256) {
    return {
      for: "ES256",
      key: { kty: "EC", crv: "P-256", x: member(key.get(cose.COSEKEYS.x)), y: member(key.get(cose.COSEKEYS.y)) },
    };
  }
  if (cose.isCOSEPublicKeyOKP(key) && key.get(cose.COSEKEYS.crv) === cose.COSECRV.ED25519) {
    return { for: "EdDSA", key: { kty: "OKP", crv: "Ed25519", x: member(key.get(cose.COSEKEYS.x)) } };
  }
  if (cose.isCOSEPublicKeyRSA(key)) {
    return { for: "RS256", key: { kty: "RSA", n: member(key.get(cose.COSEKEYS.n)), e: member(key.get(cose.COSEKEYS.e)) } };
  }
  return null;
}
