import { isRemains, type KeyReading, type ObjectReading } from "#lib/token/attributes";
import { TokenFault } from "#lib/token/fault";
import type { Template } from "./cryptoki";
import type { KeyHandles } from "./key-maker";
import { readObject, readSpki } from "./object-reader";
import type { OpenToken } from "./open-token";
import { CK } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";

export interface LocatedObject {
  readonly handle: Handle;
  readonly reading: ObjectReading;
}

export interface LocatedKey {
  readonly handles: KeyHandles;
  readonly reading: KeyReading;
}

type LookUp =
  | { readonly found: "nothing" }
  | { readonly found: "half"; readonly parts: readonly ObjectReading[] }
  | { readonly found: "complete"; readonly located: LocatedKey };

/**
 * Objects on the token that match, session objects left out. An empty answer is checked against the token itself: a module whose
 * token was taken away still finds its session objects, and finds "nothing" without an error.
 */
export function tokenObjects(token: OpenToken, template: Template): LocatedObject[] {
  const located = readTokenObjects(token, token.find(template));
  if (located.length === 0) token.assertPresent("C_FindObjects");
  return located;
}

const readTokenObjects = (token: OpenToken, handles: readonly Handle[]): LocatedObject[] =>
  handles
    .map((handle) => ({ handle, reading: readObject(token, handle) }))
    .filter(({ reading }) => reading.attributes.TOKEN !== false);

const CLASSES = [CK.CKO_DATA, CK.CKO_CERTIFICATE, CK.CKO_PUBLIC_KEY, CK.CKO_PRIVATE_KEY, CK.CKO_SECRET_KEY];

/**
 * Objects nothing can be told by, on a module that is known to leave such when its writer is killed. Remains have no class, so
 * only what no search by class finds is read: to read every object costs milliseconds for each, a search next to nothing.
 */
export function findRemains(token: OpenToken): LocatedObject[] {
  if (!token.profile.leavesRemains) return [];
  const all = token.find(new Map());
  const ofAClass = new Set(CLASSES.flatMap((objectClass) => token.find(new Map([[CK.CKA_CLASS, objectClass]]))).map(nameOf));
  const others = all.filter((handle) => !ofAClass.has(nameOf(handle)));
  return readTokenObjects(token, others).filter(({ reading }) => isRemains(reading));
}

const nameOf = (handle: Handle): string => handle.toString("hex");

/** What stands under an id. Certificates and data objects may share it. Two keys under one id are a fault: nobody can tell which is meant. */
export function lookUp(token: OpenToken, id: Uint8Array): LookUp {
  const objects = tokenObjects(token, new Map([[CK.CKA_ID, id]])).filter(
    ({ reading }) => reading.objectClass !== "certificate" && reading.objectClass !== "data",
  );
  if (objects.length === 0) {
    const remains = findRemains(token);
    return remains.length === 0 ? { found: "nothing" } : { found: "half", parts: remains.map(({ reading }) => reading) };
  }
  const ofClass = (objectClass: ObjectReading["objectClass"]): LocatedObject[] =>
    objects.filter(({ reading }) => reading.objectClass === objectClass);
  const [privates, publics, secrets] = [ofClass("private-key"), ofClass("public-key"), ofClass("secret-key")];
  if (privates.length > 1 || publics.length > 1 || secrets.length > 1 || (secrets.length === 1 && objects.length > 1)) {
    throw new TokenFault("lookById", null, "TWO-KEYS-UNDER-ONE-ID");
  }
  const half = { found: "half", parts: objects.map(({ reading }) => reading) } as const;
  const [secret, privateKey, publicKey] = [secrets[0], privates[0], publics[0]];
  if (secret !== undefined) {
    if (!isWholeSecret(secret.reading)) return half;
    const reading: KeyReading = { kind: "secret", secretKey: secret.reading };
    return { found: "complete", located: { handles: { use: secret.handle, publicKey: null }, reading } };
  }
  if (privateKey === undefined || publicKey === undefined) return half;
  const spki = readSpki(token, publicKey.handle);
  if (spki === null) return half;
  const reading: KeyReading = { kind: "pair", privateKey: privateKey.reading, publicKey: publicKey.reading, spki };
  return { found: "complete", located: { handles: { use: privateKey.handle, publicKey: publicKey.handle }, reading } };
}

/** A key that was brought in wrapped has no CKA_VALUE_LEN in SoftHSM, so nothing says how long it is; one made in place always has. */
const isWholeSecret = ({ algorithm, keyType, attributes }: ObjectReading): boolean =>
  algorithm !== null || (attributes.LOCAL === false && (keyType === "AES" || keyType === "GENERIC_SECRET"));
