import type { ObjectReading } from "#lib/token/attributes";
import { isKeyPairAlgorithm } from "#lib/token/algorithm";
import type { TokenFault } from "#lib/token/fault";
import type { ExportAnswer, ExportAttempt } from "#lib/token/token";
import type { Session } from "./cryptoki";
import { readAttribute, readObject } from "./object-reader";
import type { OpenToken } from "./open-token";
import { CK, CKR_ACTION_PROHIBITED } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import { attempt, offeredWraps, scratchAes, scratchPair, withScratch } from "./scratch";

const RSA_SECRETS = {
  PRIVATE_EXPONENT: CK.CKA_PRIVATE_EXPONENT,
  PRIME_1: CK.CKA_PRIME_1,
  PRIME_2: CK.CKA_PRIME_2,
  EXPONENT_1: CK.CKA_EXPONENT_1,
  EXPONENT_2: CK.CKA_EXPONENT_2,
  COEFFICIENT: CK.CKA_COEFFICIENT,
};
const OTHER_SECRETS = { VALUE: CK.CKA_VALUE };

const REFUSED: readonly number[] = [
  CK.CKR_ATTRIBUTE_SENSITIVE,
  CK.CKR_ATTRIBUTE_READ_ONLY,
  CK.CKR_KEY_UNEXTRACTABLE,
  CK.CKR_KEY_NOT_WRAPPABLE,
  CK.CKR_TEMPLATE_INCONSISTENT,
  CKR_ACTION_PROHIBITED,
];
const NOT_OFFERED: readonly number[] = [CK.CKR_ATTRIBUTE_TYPE_INVALID, CK.CKR_FUNCTION_NOT_SUPPORTED, CK.CKR_MECHANISM_INVALID];

/** Every way out that PKCS#11 knows, tried on one key: reading it, wrapping it, copying it as extractable, making it so. */
export async function tryToExport(token: OpenToken, key: Handle, reading: ObjectReading): Promise<ExportAttempt[]> {
  const reads = await tryReading(token, key, reading);
  const wraps = await withScratch(token, (scratch) => tryWrapping(token, scratch, key, reading));
  const copies = await withScratch(token, (scratch) => tryCopying(token, scratch, key));
  const changes = await tryChanging(token, key, reading);
  return [...reads, ...wraps, ...copies, ...changes];
}

async function tryReading(token: OpenToken, key: Handle, reading: ObjectReading): Promise<ExportAttempt[]> {
  const attempts: ExportAttempt[] = [];
  for (const [name, type] of Object.entries(reading.keyType === "RSA" ? RSA_SECRETS : OTHER_SECRETS)) {
    const came = await attempt(token, () => {
      const value = token.cryptoki.attribute(token.session, key, type);
      const length = value.length;
      value.fill(0);
      return length;
    });
    const done = "fault" in came ? answered(came.fault) : came.value > 0 ? ALLOWED : NOTHING_GIVEN;
    attempts.push({ attempt: `read ${name}`, ...done });
  }
  return attempts;
}

/** A key that is open already has nothing to be loosened, and must not be changed by a look at it. */
async function tryChanging(token: OpenToken, key: Handle, reading: ObjectReading): Promise<ExportAttempt[]> {
  const attempts: ExportAttempt[] = [];
  for (const { name, attribute, type, wanted } of LOOSER) {
    if (reading.attributes[attribute] === wanted) continue;
    const came = await attempt(token, () => {
      token.mayPersist();
      token.cryptoki.setAttributes(token.session, key, new Map([[type, wanted]]));
      return reads(token, key, type) === wanted;
    });
    attempts.push({ attempt: `set ${name}`, ...("fault" in came ? answered(came.fault) : came.value ? ALLOWED : IGNORED) });
    // Tightening is what PKCS#11 always permits (2.40, section 4.1.1): a key found open is not left open.
    if ("value" in came && came.value) token.cryptoki.setAttributes(token.session, key, new Map([[type, !wanted]]));
  }
  return attempts;
}

async function tryCopying(token: OpenToken, scratch: Session, key: Handle): Promise<ExportAttempt[]> {
  const attempts: ExportAttempt[] = [];
  for (const { name, type, wanted } of LOOSER) {
    const template = new Map([
      [CK.CKA_TOKEN, false],
      [type, wanted],
    ] as [number, boolean][]);
    const came = await attempt(token, () => reads(token, token.cryptoki.copy(scratch, key, template), type) === wanted);
    attempts.push({ attempt: `copy with ${name}`, ...("fault" in came ? answered(came.fault) : came.value ? ALLOWED : IGNORED) });
  }
  return attempts;
}

/**
 * Each wrapping mechanism is first shown to work on a throw-away key of the same kind that may be exported: without that, a
 * refusal would say nothing about this key.
 */
async function tryWrapping(token: OpenToken, scratch: Session, key: Handle, reading: ObjectReading): Promise<ExportAttempt[]> {
  const wrappingKey = await scratchAes(token, scratch, true);
  const control = await controlKey(token, scratch, key, reading);
  const ways: { name: string; wrap: (target: Handle) => Promise<Buffer> }[] = offeredWraps(token).map(({ name, use }) => ({
    name,
    wrap: (target) => token.cryptoki.wrap(scratch, use, wrappingKey, target),
  }));
  if (reading.objectClass === "secret-key") {
    const { publicKey } = await scratchPair(token, scratch, { family: "RSA" });
    const use = { code: CK.CKM_RSA_PKCS_OAEP, parameter: { kind: "oaep-sha1" } } as const;
    ways.push({ name: "RSA-OAEP", wrap: (target) => token.cryptoki.wrap(scratch, use, publicKey, target) });
  }
  const attempts: ExportAttempt[] = [];
  for (const { name, wrap } of ways) {
    const shown = await attempt(token, () => wrap(control));
    const came = "fault" in shown ? shown : await attempt(token, async () => (await wrap(key)).fill(0).length);
    const done = "fault" in shown ? notOffered(shown.fault) : "fault" in came ? wrapAnswered(came.fault) : ALLOWED;
    attempts.push({ attempt: `wrap by ${name}`, ...done });
  }
  return attempts;
}

async function controlKey(token: OpenToken, scratch: Session, key: Handle, reading: ObjectReading): Promise<Handle> {
  if (reading.algorithm === null || !isKeyPairAlgorithm(reading.algorithm)) return scratchAes(token, scratch, false);
  if (reading.keyType === "RSA") return (await scratchPair(token, scratch, { family: "RSA" })).privateKey;
  const parameters = readAttribute(token, key, CK.CKA_EC_PARAMS) ?? Buffer.alloc(0);
  const family = reading.algorithm === "Ed25519" ? "EC_EDWARDS" : "EC";
  return (await scratchPair(token, scratch, { family, parameters })).privateKey;
}

interface Answered {
  readonly answer: ExportAnswer;
  readonly ckr: number | null;
  readonly ckrName: string;
}

const LOOSER = [
  { name: "EXTRACTABLE=true", attribute: "EXTRACTABLE", type: CK.CKA_EXTRACTABLE, wanted: true },
  { name: "SENSITIVE=false", attribute: "SENSITIVE", type: CK.CKA_SENSITIVE, wanted: false },
] as const;
const ALLOWED: Answered = { answer: "allowed", ckr: CK.CKR_OK, ckrName: "CKR_OK" };
const IGNORED: Answered = { answer: "refused", ckr: CK.CKR_OK, ckrName: "ignored" };
const NOTHING_GIVEN: Answered = { answer: "not offered", ckr: CK.CKR_OK, ckrName: "no value" };

function answered(fault: TokenFault): Answered {
  const { ckr, ckrName } = fault;
  if (ckr !== null && REFUSED.includes(ckr)) return { answer: "refused", ckr, ckrName };
  if (ckr !== null && NOT_OFFERED.includes(ckr)) return { answer: "not offered", ckr, ckrName };
  return { answer: "unclear", ckr, ckrName };
}

/**
 * AES key wrap takes whole blocks only (RFC 3394), and the encodings of two RSA keys of one size differ by a byte or so: where
 * the throw-away key fitted and this one does not, the mechanism does not serve this key, and has refused nothing.
 */
const wrapAnswered = (fault: TokenFault): Answered =>
  fault.ckr !== null && DOES_NOT_FIT.includes(fault.ckr) ? notOffered(fault) : answered(fault);
const DOES_NOT_FIT: readonly number[] = [CK.CKR_DATA_LEN_RANGE, CK.CKR_KEY_SIZE_RANGE];

const notOffered = ({ ckr, ckrName }: TokenFault): Answered => ({ answer: "not offered", ckr, ckrName });

function reads(token: OpenToken, object: Handle, type: number): boolean | "not offered" {
  const { EXTRACTABLE, SENSITIVE } = readObject(token, object).attributes;
  return type === CK.CKA_EXTRACTABLE ? EXTRACTABLE : SENSITIVE;
}
