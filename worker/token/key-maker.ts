import { isKeyPairAlgorithm, shapeOf } from "#lib/token/algorithm";
import { curveParameters, ED25519_PARAMETERS } from "#lib/token/spki";
import type { KeyTemplate } from "#lib/token/template";
import type { AttributeValue, Session, Template } from "./cryptoki";
import type { OpenToken } from "./open-token";
import { CK, CKM_EC_EDWARDS_KEY_PAIR_GEN } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";

/** Handles of a key in the module: `use` is the private or secret key. */
export interface KeyHandles {
  readonly use: Handle;
  readonly publicKey: Handle | null;
}

const PUBLIC_EXPONENT = Uint8Array.of(0x01, 0x00, 0x01);

/** The generation mechanism and key size a template needs. */
export function generationOf(template: KeyTemplate): { mechanism: number; size: number } {
  const { family, bits } = shapeOf(template.algorithm);
  switch (family) {
    case "RSA":
      return { mechanism: CK.CKM_RSA_PKCS_KEY_PAIR_GEN, size: bits };
    case "EC":
      return { mechanism: CK.CKM_EC_KEY_PAIR_GEN, size: bits };
    case "EC_EDWARDS":
      return { mechanism: CKM_EC_EDWARDS_KEY_PAIR_GEN, size: bits };
    case "AES":
      return { mechanism: CK.CKM_AES_KEY_GEN, size: bits };
    case "HMAC":
      return { mechanism: CK.CKM_GENERIC_SECRET_KEY_GEN, size: bits };
  }
}

/** Whether the module lists the mechanism and a size range that covers the key. Sizes of secret keys come in bytes or in bits. */
export function offersGeneration(token: OpenToken, template: KeyTemplate): boolean {
  const { mechanism, size } = generationOf(template);
  if (!token.cryptoki.mechanismCodes(token.slot).includes(mechanism)) return false;
  if (!isKeyPairAlgorithm(template.algorithm)) return true;
  const { minKeySize, maxKeySize } = token.cryptoki.mechanismInfo(token.slot, mechanism);
  return maxKeySize === 0 || (size >= minKeySize && size <= maxKeySize);
}

/** Calls the module's generator. `onToken` says whether the key outlives the session. */
export async function generate(token: OpenToken, session: Session, template: KeyTemplate, onToken: boolean): Promise<KeyHandles> {
  const { mechanism } = generationOf(template);
  if (!isKeyPairAlgorithm(template.algorithm)) {
    const use = await token.cryptoki.generateKey(session, mechanism, secretTemplate(template, onToken));
    return { use, publicKey: null };
  }
  const pair = await token.cryptoki.generateKeyPair(
    session,
    mechanism,
    publicTemplate(template, onToken),
    privateTemplate(template, onToken),
  );
  return { use: pair.privateKey, publicKey: pair.publicKey };
}

const secretTemplate = (template: KeyTemplate, onToken: boolean): Template =>
  new Map([...secretUses(template, onToken), [CK.CKA_VALUE_LEN, shapeOf(template.algorithm).bits / 8]]);

/**
 * A secret key without its length, which a wrapped one brings along. Every use is written out, also those that are false: modules
 * differ in their defaults, and AWS's for EXTRACTABLE is true.
 */
export function secretUses(template: KeyTemplate, onToken: boolean): Template {
  const { usage } = template;
  return new Map<number, AttributeValue>([
    ...named(template, onToken),
    ...guarded(template),
    [CK.CKA_SIGN, usage.sign === true],
    [CK.CKA_VERIFY, usage.verify === true],
    [CK.CKA_ENCRYPT, usage.encrypt === true],
    [CK.CKA_DECRYPT, usage.decrypt === true],
    [CK.CKA_WRAP, usage.wrap === true],
    [CK.CKA_UNWRAP, usage.unwrap === true],
    [CK.CKA_DERIVE, usage.derive === true],
  ]);
}

/** A private key, made or unwrapped. */
export function privateTemplate(template: KeyTemplate, onToken: boolean): Template {
  const { usage } = template;
  return new Map<number, AttributeValue>([
    ...named(template, onToken),
    ...guarded(template),
    [CK.CKA_SIGN, usage.sign === true],
    [CK.CKA_DECRYPT, usage.decrypt === true],
    [CK.CKA_UNWRAP, usage.unwrap === true],
    [CK.CKA_DERIVE, usage.derive === true],
  ]);
}

const publicTemplate = (template: KeyTemplate, onToken: boolean): Template => new Map([...publicUses(template, onToken), ...sizeOf(template)]);

/** A public key without what makes it that key: its size when it is generated, its value when it is put beside an unwrapped one. */
export function publicUses(template: KeyTemplate, onToken: boolean): Template {
  const { usage } = template;
  return new Map<number, AttributeValue>([
    ...named(template, onToken),
    [CK.CKA_VERIFY, usage.sign === true],
    [CK.CKA_ENCRYPT, usage.decrypt === true],
    [CK.CKA_WRAP, usage.unwrap === true],
  ]);
}

function sizeOf(template: KeyTemplate): [number, AttributeValue][] {
  const shape = shapeOf(template.algorithm);
  if (shape.family === "EC") return [[CK.CKA_EC_PARAMS, curveParameters(shape.curve)]];
  if (shape.family === "EC_EDWARDS") return [[CK.CKA_EC_PARAMS, ED25519_PARAMETERS]];
  return [
    [CK.CKA_MODULUS_BITS, shape.bits],
    [CK.CKA_PUBLIC_EXPONENT, PUBLIC_EXPONENT],
  ];
}

function named(template: KeyTemplate, onToken: boolean): [number, AttributeValue][] {
  return [
    [CK.CKA_TOKEN, onToken],
    [CK.CKA_LABEL, template.label],
    [CK.CKA_ID, template.id],
  ];
}

function guarded(template: KeyTemplate): [number, AttributeValue][] {
  return [
    [CK.CKA_PRIVATE, true],
    [CK.CKA_SENSITIVE, template.sensitive],
    [CK.CKA_EXTRACTABLE, template.extractable],
    ...(template.wrapWithTrusted ? ([[CK.CKA_WRAP_WITH_TRUSTED, true]] as [number, AttributeValue][]) : []),
  ];
}
