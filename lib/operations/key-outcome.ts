import type { KeyMention, Outcome, RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { sentenceOf, told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { base64url, sameBytes, sha256Hex } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import type { AttributeName, KeyReading, ObjectReading } from "#lib/token/attributes";
import { obtainKey, type ObtainedKey } from "#lib/token/obtain-key";
import { differences } from "#lib/token/template";
import type { Token } from "#lib/token/token";
import { orderOf, templateOf, type KeyOrder } from "./key-order";
import { madeKey } from "./made-key";
import { objectJson, readObject } from "./object-json";
import type { ExecuteContext, Executed, OperationRefusal, Telling } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { algorithmOfSpki } from "./spki-algorithm";
import { readToken, tokenJson } from "./token-json";
import { worded } from "./worded-fact";

/** Makes the ordered key exactly once and says everything that can be read of it. */
export async function makeKey(
  token: Token, request: OperationRequest, context: ExecuteContext, kind: KeyMention["kind"],
): Promise<Result<Executed, OperationRefusal>> {
  const { order } = orderOf(request, kind);
  if (!order) return refuse({ call: request.operation, name: "PARAMETERS" });
  const made = await obtainKey(token, templateOf(order, context.ckaId), context.onStep);
  if (!made.ok) return refuse({ call: request.operation, name: made.refusal.reason });
  const { recovered, destroyed } = made.value;
  return ok({ outcome: outcomeOf(order, context.ckaId, made.value, await tokenJson(token)), recovered, destroyed });
}

function outcomeOf(order: KeyOrder, ckaId: string, made: ObtainedKey, token: Json): Outcome {
  const { reading, tests } = made;
  const key: { [fact: string]: Json } =
    reading.kind === "pair"
      ? {
          spki: base64url(reading.spki),
          spkiSha256: sha256Hex(reading.spki),
          privateKey: objectJson(reading.privateKey),
          publicKey: objectJson(reading.publicKey),
        }
      : { secretKey: objectJson(reading.secretKey) };
  return {
    label: order.label,
    algorithm: order.algorithm,
    ckaId,
    ...key,
    tests: tests.map(({ test, passed }) => ({ test, passed })),
    token,
  };
}

/** The reading inside an outcome, put together again from what the recorder signed. */
export function readKey(reader: OutcomeReader, kind: KeyMention["kind"]): KeyReading {
  if (kind === "secret-key") return { kind: "secret", secretKey: readObject(reader.member("secretKey")) };
  return {
    kind: "pair",
    spki: reader.bytes("spki"),
    privateKey: readObject(reader.member("privateKey")),
    publicKey: readObject(reader.member("publicKey")),
  };
}

/** Compares an outcome of `makeKey` with its order, as `differences` does at the token, and with itself. */
export function recheckKey(
  request: OperationRequest, outcome: Outcome, context: RecheckContext, kind: KeyMention["kind"],
): string[] {
  const { order, problems: unsound } = orderOf(request, kind);
  if (!order) return unsound.map((said) => sentenceOf(said));
  const reader = new OutcomeReader(outcome);
  const label = reader.text("label");
  const algorithm = reader.text("algorithm");
  const ckaId = reader.hash("ckaId");
  const reading = readKey(reader, kind);
  const spkiSha256 = kind === "key-pair" ? reader.hash("spkiSha256") : null;
  const tests = reader.list("tests", (item) => {
    const read = { test: item.text("test"), passed: item.flag("passed") };
    item.end();
    return read;
  });
  const { profile } = readToken(reader.member("token"), context);
  reader.end();
  const { problems } = reader;
  if (problems.length > 0 || !profile) return problems;

  if (label !== order.label) problems.push(`the key is called ${label}, ordered was ${order.label}`);
  if (algorithm !== order.algorithm) problems.push(`the key is ${algorithm}, ordered was ${order.algorithm}`);
  if (ckaId !== context.ckaId) problems.push("the CKA_ID is not the one that the approvals give");
  if (madeKey(context.earlier, order.label)) problems.push(`a key called ${order.label} was made before`);
  problems.push(...differences(templateOf(order, context.ckaId), reading, profile));
  if (reading.kind === "pair") problems.push(...pairProblems(reading, order, spkiSha256 ?? ""));
  if (tests.length === 0) problems.push("the key was not tested");
  for (const { test, passed } of tests) if (!passed) problems.push(`the test ${test} failed`);
  return problems;
}

function pairProblems(reading: Extract<KeyReading, { kind: "pair" }>, order: KeyOrder, spkiSha256: string): string[] {
  const found: string[] = [];
  const inside = algorithmOfSpki(reading.spki);
  if (inside !== order.algorithm) {
    found.push(`the public key holds ${inside ?? "an unknown key"}, ordered was ${order.algorithm}`);
  }
  const hash = sha256Hex(reading.spki);
  if (spkiSha256 !== hash) found.push("the fingerprint is not the hash of the public key");
  if (reading.publicKey.spkiSha256 !== hash) found.push("the public key object on the token is another key");
  if (!sameBytes(reading.privateKey.id, reading.publicKey.id)) found.push("the two halves have different ids");
  return found;
}

const CAN: readonly (readonly [AttributeName, string])[] = [
  ["SIGN", "sign"],
  ["VERIFY", "verify"],
  ["ENCRYPT", "encrypt"],
  ["DECRYPT", "decrypt"],
  ["WRAP", "wrap other keys"],
  ["UNWRAP", "unwrap other keys"],
  ["DERIVE", "derive other keys"],
];

/** What a key made by `makeKey` is, for a reader. */
export function tellKey(request: OperationRequest, outcome: Outcome, kind: KeyMention["kind"]): Telling {
  const reader = new OutcomeReader(outcome);
  const reading = readKey(reader, kind);
  const use = reading.kind === "pair" ? reading.privateKey : reading.secretKey;
  const ordered = orderOf(request, kind).order?.usage ?? [];
  return {
    facts: [
      { name: "Key label", value: reader.text("label"), measured: true },
      { name: "Algorithm", value: reader.text("algorithm"), measured: true },
      { name: "CKA_ID", value: reader.text("ckaId"), measured: true },
      worded(
        "Made by",
        use.keyGenMechanism === "not offered" ? told`the module does not say` : told`${use.keyGenMechanism}`,
        { measured: true },
      ),
    ],
    attributes: attributesInWords(use, ordered),
    fingerprint: kind === "key-pair" ? { of: "SHA-256 of the public key", value: reader.text("spkiSha256") } : null,
  };
}

/** How a key is guarded and what it can do; a capability that was not ordered is needless. Without an order none is. */
export const attributesInWords = (use: ObjectReading, ordered: readonly string[] | null = null): Telling["attributes"] => [
  ...guards(use),
  ...uses(use, ordered),
];

function guards({ attributes }: ObjectReading): Telling["attributes"] {
  const { LOCAL, WRAP_WITH_TRUSTED, EXTRACTABLE, NEVER_EXTRACTABLE, ALWAYS_SENSITIVE } = attributes;
  const texts = [
    ...(LOCAL === true ? ["generated inside the HSM"] : []),
    ALWAYS_SENSITIVE === true ? "always sensitive" : "has not always been sensitive",
    EXTRACTABLE === false ? "cannot be taken out" : "can be taken out, wrapped",
    ...(WRAP_WITH_TRUSTED === true && EXTRACTABLE !== false ? ["wrapped by trusted keys only"] : []),
    ...(NEVER_EXTRACTABLE === true ? ["never could be taken out"] : []),
  ];
  return texts.map((text) => ({ text, needless: false }));
}

function uses({ attributes }: ObjectReading, ordered: readonly string[] | null): Telling["attributes"] {
  return CAN.flatMap(([name, verb]) => {
    const value = attributes[name];
    if (value === "not offered") return [];
    return [{ text: value
      ? `can ${verb}`
      : `cannot ${verb}`, needless: value && ordered?.includes(name.toLowerCase()) === false }];
  });
}
