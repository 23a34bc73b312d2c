import { createPublicKey, type JsonWebKey } from "node:crypto";
import { isKeyPairAlgorithm, shapeOf } from "#lib/token/algorithm";
import type { ObjectReading } from "#lib/token/attributes";
import { der } from "#lib/token/der";
import { TokenFault, type TokenRefusal } from "#lib/token/fault";
import { curveParameters, ED25519_PARAMETERS } from "#lib/token/spki";
import type { KeyTemplate } from "#lib/token/template";
import type { WrappedKey } from "#lib/token/token";
import { ok, refuse, type Result } from "#lib/result";
import type { AttributeValue, MechanismUse, Session, Template } from "./cryptoki";
import { privateTemplate, publicUses, type KeyHandles, secretUses } from "./key-maker";
import { readAttribute, readSpki } from "./object-reader";
import type { OpenToken } from "./open-token";
import { findTrustedKey } from "./trusted-key";
import { CK, CKK_EC_EDWARDS } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import { attempt, offeredWraps, withScratch } from "./scratch";

/**
 * Every module here has OAEP with SHA-1; SoftHSM has no other. SHA-1 is sound in this place: OAEP needs no collision
 * resistance.
 */
const OAEP: MechanismUse = { code: CK.CKM_RSA_PKCS_OAEP, parameter: { kind: "oaep-sha1" } };
const TRANSPORT_BITS = 3072;

/** The mechanism that is RFC 5649 in this module, if it lists it today; its name differs from maker to maker. */
function kwpOf(token: OpenToken): MechanismUse | null {
  return offeredWraps(token).find(({ name }) => name === token.profile.kwp)?.use ?? null;
}

/** A one-time RSA pair that can do nothing but wrap and unwrap, in the session given; it dies with that. */
export async function makeTransport(token: OpenToken, session: Session): Promise<{ privateKey: Handle; spki: Uint8Array }> {
  const { publicKey, privateKey } = await token.cryptoki.generateKeyPair(
    session,
    CK.CKM_RSA_PKCS_KEY_PAIR_GEN,
    new Map<number, AttributeValue>([
      [CK.CKA_TOKEN, false],
      [CK.CKA_MODULUS_BITS, TRANSPORT_BITS],
      [CK.CKA_PUBLIC_EXPONENT, Uint8Array.of(1, 0, 1)],
      [CK.CKA_WRAP, true],
    ]),
    new Map<number, AttributeValue>([
      [CK.CKA_TOKEN, false],
      [CK.CKA_PRIVATE, true],
      [CK.CKA_SENSITIVE, true],
      [CK.CKA_EXTRACTABLE, false],
      [CK.CKA_UNWRAP, true],
    ]),
  );
  const spki = readSpki(token, publicKey);
  if (spki === null) throw new TokenFault("openTransport", null, "PUBLIC-KEY-NOT-READABLE");
  return { privateKey, spki };
}

/**
 * Wraps a key for whoever has the private half of `transport`: the key under a one-time AES-256 key (RFC 5649), and that under
 * the RSA key (OAEP). A key that only trusted ones may wrap goes under the one that the security officer made, in place of a
 * one-time key; without one it is refused. What the key says of itself is asked first and obeyed: some modules wrap a key marked not extractable.
 */
export async function wrapKey(
  token: OpenToken,
  key: Handle,
  reading: ObjectReading,
  transport: Uint8Array,
): Promise<Result<WrappedKey, TokenRefusal>> {
  const { EXTRACTABLE, WRAP_WITH_TRUSTED } = reading.attributes;
  const facts = { label: reading.label };
  if (EXTRACTABLE !== true) return refuse({ reason: "NOT-EXTRACTABLE", facts });
  const trusted = WRAP_WITH_TRUSTED === true ? findTrustedKey(token) : null;
  if (WRAP_WITH_TRUSTED === true && trusted === null) return refuse({ reason: "WRAPS-WITH-TRUSTED-ONLY", facts });
  const kwp = kwpOf(token);
  if (!kwp) return refuse({ reason: "NO-KEY-WRAPPING", facts });
  return withScratch(token, async (scratch) => {
    const wrapping = trusted ?? (await oneTimeKey(token, scratch));
    const to = token.cryptoki.createObject(
      scratch,
      new Map([[CK.CKA_TOKEN, false], ...publicHalf(transport), [CK.CKA_WRAP, true]]),
    );
    return ok({
      wrappingKey: Uint8Array.from(await token.cryptoki.wrap(scratch, OAEP, to, wrapping)),
      key: Uint8Array.from(await token.cryptoki.wrap(scratch, kwp, wrapping, key)),
    });
  });
}

/** An AES-256 key that wraps one key, leaves wrapped itself, and ends with the session. */
const oneTimeKey = (token: OpenToken, scratch: Session): Promise<Handle> =>
  token.cryptoki.generateKey(
    scratch,
    CK.CKM_AES_KEY_GEN,
    new Map<number, AttributeValue>([
      [CK.CKA_TOKEN, false],
      [CK.CKA_PRIVATE, true],
      [CK.CKA_VALUE_LEN, 32],
      [CK.CKA_SENSITIVE, true],
      [CK.CKA_EXTRACTABLE, true],
      [CK.CKA_WRAP, true],
    ]),
  );

/**
 * Unwraps what `wrapKey` made in another token, as the template says, and puts its public half beside it. Both in the session
 * given.
 */
export async function unwrapKey(
  token: OpenToken,
  session: Session,
  transport: Handle,
  wrapped: WrappedKey,
  { template, spki, onToken }: { template: KeyTemplate; spki: Uint8Array | null; onToken: boolean },
): Promise<Result<KeyHandles, TokenRefusal>> {
  const kwp = kwpOf(token);
  if (!kwp) return refuse({ reason: "NO-KEY-WRAPPING", facts: { label: template.label } });
  const wrapping = await token.cryptoki.unwrap(
    session,
    OAEP,
    transport,
    wrapped.wrappingKey,
    new Map<number, AttributeValue>([
      [CK.CKA_CLASS, CK.CKO_SECRET_KEY],
      [CK.CKA_KEY_TYPE, CK.CKK_AES],
      [CK.CKA_TOKEN, false],
      [CK.CKA_PRIVATE, true],
      [CK.CKA_SENSITIVE, true],
      [CK.CKA_EXTRACTABLE, false],
      [CK.CKA_UNWRAP, true],
    ]),
  );
  // Public half first, as everywhere: while the private half is not there, nothing on the token can be used.
  const publicKey =
    spki === null ? null : token.cryptoki.createObject(session, new Map([...publicHalf(spki), ...publicUses(template, onToken)]));
  try {
    const use = await token.cryptoki.unwrap(session, kwp, wrapping, wrapped.key, unwrapTemplate(template, onToken));
    await tighten(token, session, use, unwrapTemplate(template, onToken));
    return ok({ use, publicKey });
  } catch (error) {
    if (publicKey !== null && onToken) await attempt(token, () => token.cryptoki.destroy(token.session, publicKey));
    throw error;
  }
}

/**
 * Asks once more for every yes-or-no attribute that the module gave otherwise than it was told: openCryptoki unwraps keys that
 * can be read and taken out, NSS lets every RSA key unwrap. Whether it helped is seen when the key is read back.
 */
async function tighten(token: OpenToken, session: Session, key: Handle, template: Template): Promise<void> {
  if (!token.profile.setAttribute) return;
  for (const [type, wanted] of template) {
    if (typeof wanted !== "boolean") continue;
    const read = readAttribute(token, key, type);
    if (read !== null && (read[0] === 1) !== wanted)
      await attempt(token, () => token.cryptoki.setAttributes(session, key, new Map([[type, wanted]])));
  }
}

function unwrapTemplate(template: KeyTemplate, onToken: boolean): Template {
  const { family } = shapeOf(template.algorithm);
  const type = { RSA: CK.CKK_RSA, EC: CK.CKK_EC, EC_EDWARDS: CKK_EC_EDWARDS, AES: CK.CKK_AES, HMAC: CK.CKK_GENERIC_SECRET }[
    family
  ];
  const isPair = isKeyPairAlgorithm(template.algorithm);
  return new Map<number, AttributeValue>([
    [CK.CKA_CLASS, isPair ? CK.CKO_PRIVATE_KEY : CK.CKO_SECRET_KEY],
    [CK.CKA_KEY_TYPE, type],
    ...(isPair ? privateTemplate(template, onToken) : secretUses(template, onToken)),
  ]);
}

/** Class, type and value of a public key object (PKCS#11 2.40, 2.1.2 and 2.3.3) from its SPKI. */
function publicHalf(spki: Uint8Array): [number, AttributeValue][] {
  const jwk = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }).export({ format: "jwk" });
  const of = (member: keyof JsonWebKey): Buffer => Buffer.from(String(jwk[member]), "base64url");
  const typed = (type: number): [number, AttributeValue][] => [
    [CK.CKA_CLASS, CK.CKO_PUBLIC_KEY],
    [CK.CKA_KEY_TYPE, type],
  ];
  switch (jwk.crv) {
    case undefined:
      return [...typed(CK.CKK_RSA), [CK.CKA_MODULUS, of("n")], [CK.CKA_PUBLIC_EXPONENT, of("e")]];
    case "Ed25519":
      return [...typed(CKK_EC_EDWARDS), [CK.CKA_EC_PARAMS, ED25519_PARAMETERS], [CK.CKA_EC_POINT, der(0x04, of("x"))]];
    case "P-256":
    case "P-384":
    case "P-521":
      return [
        ...typed(CK.CKK_EC),
        [CK.CKA_EC_PARAMS, curveParameters(jwk.crv)],
        [CK.CKA_EC_POINT, der(0x04, Uint8Array.of(4), of("x"), of("y"))],
      ];
    default:
      throw new TokenFault("publicHalf", null, "PUBLIC-KEY-OF-ANOTHER-KIND");
  }
}
