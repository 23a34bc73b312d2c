import { describe, expect, test } from "vitest";
import type { OperationRequest } from "#lib/ceremony/script";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import type { FakeToken } from "#lib/token/fake-token.under-test";
import { TokenFault } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import { CA, CSR, ISSUE, ROOT } from "./certificates.under-test";
import { IDENTIFY, keyBefore } from "./key-before.under-test";
import { AES, HMAC, PAIR, PerformedOperations, recheck } from "./performed-operations.under-test";

// A token that answers nonsense never has an outcome: the operation refuses it by name, or the rule book refuses its outcome
// (OUTCOME-MATCHES), which is what the worker does with whatever `recheck` finds.

type Calls = { [name in Exclude<keyof Token, "profile">]: Token[name] };
/** Replaces what some calls of the token answer; `honest` are the calls as they are. */
type Lie = (honest: Calls) => Partial<Calls>;

const HEALTH = { operation: "token-health" };
const PROOF = { operation: "prove-not-exportable", label: "jwt" };
const EXPORT = { operation: "export-public-key", label: "jwt" };
const SIGN = { operation: "test-signature", label: "jwt", signature: "ES256" };
const ENCRYPT = { operation: "test-encryption", label: "api" };
const MAC = { operation: "test-mac", label: "mac" };
const BACKUP = { operation: "backup-token", backup: "main" };
const RESTORE = { operation: "restore-test", backup: "main", to: "vault" };

const foreign = new PerformedOperations();
await foreign.do(PAIR);
const [foreignPair] = foreign.memory.objects;
const foreignSpki = await foreign.token.exportPublicKey(foreignPair!.reading.id);

const bent = (reading: KeyReading, change: (object: ObjectReading) => ObjectReading): KeyReading =>
  reading.kind === "pair"
    ? { ...reading, privateKey: change(reading.privateKey), publicKey: change(reading.publicKey) }
    : { kind: "secret", secretKey: change(reading.secretKey) };
const kept = (change: (reading: KeyReading) => KeyReading): Lie => (honest) => ({
  async keepKey(handle) {
    const came = await honest.keepKey(handle);
    return came.ok ? { ...came, value: change(came.value) } : came;
  },
});
const withAttribute = (name: keyof ObjectReading["attributes"], value: boolean | "not offered"): Lie =>
  kept((reading) => bent(reading, (object) => ({ ...object, attributes: { ...object.attributes, [name]: value } })));
const otherPublicPart = kept((reading) => (reading.kind === "pair" ? { ...reading, spki: foreignSpki } : reading));
const otherId = kept((reading) => bent(reading, (object) => ({ ...object, id: Uint8Array.of(1) })));
const nonsense = (length: number) => () => Promise.resolve(new Uint8Array(length));

async function play(lie: Lie, requests: readonly OperationRequest[], before?: true): Promise<string> {
  const performed = new PerformedOperations();
  if (before) await keyBefore(performed);
  const request = requests.at(-1)!;
  for (const one of requests.slice(0, -1)) await performed.do(one);
  const honest = Object.fromEntries(callsOf(performed.token).map((name) => [name, bound(performed.token, name)])) as Calls;
  Object.assign(performed.token, lie(honest));
  try {
    const came = await performed.try(request);
    if ("name" in came) return came.name;
    const problems = recheck(request, came.outcome, came.context);
    return problems[0] ? `OUTCOME-MATCHES ${problems[0]}` : "an outcome";
  } catch (fault) {
    if (fault instanceof TokenFault) return fault.ckrName;
    throw fault;
  }
}

const callsOf = (token: FakeToken): (keyof Calls)[] =>
  (Object.getOwnPropertyNames(Object.getPrototypeOf(token) as object) as (keyof Calls)[]).filter((name) => typeof token[name] === "function");
const bound = (token: FakeToken, name: keyof Calls): unknown => (token[name] as (...args: unknown[]) => unknown).bind(token);

test("without a lie there is an outcome: what follows is refused for the lie", async () => {
  for (const requests of [[HEALTH, PAIR, PROOF], [PAIR, EXPORT], [PAIR, SIGN], [AES, ENCRYPT], [HMAC, MAC], [CA, ROOT, ISSUE], [PAIR, CSR]]) {
    expect(await play(() => ({}), requests)).toBe("an outcome");
  }
});

describe("a wrong attribute", () => {
  test.each([
    ["EXTRACTABLE", true, "ATTRIBUTES-DIFFER"],
    ["SENSITIVE", false, "ATTRIBUTES-DIFFER"],
    ["NEVER_EXTRACTABLE", false, "ATTRIBUTES-DIFFER"],
    ["LOCAL", "not offered", "ATTRIBUTES-DIFFER"],
    ["TOKEN", false, "ATTRIBUTES-DIFFER"],
  ] as const)("%s of a key that was made reads %s", async (name, value, refusal) => {
    for (const request of [PAIR, AES]) expect(await play(withAttribute(name, value), [HEALTH, request])).toBe(refusal);
  });

  test("another id than was ordered", async () => {
    expect(await play(otherId, [PAIR])).toBe("ATTRIBUTES-DIFFER");
  });

  test("of a key that is identified: half of the pair has another name", async () => {
    const renamed: Lie = (honest) => ({
      async lookById(id) {
        const found = await honest.lookById(id);
        const change = (object: ObjectReading) => (object.objectClass === "public-key" ? { ...object, label: "other" } : object);
        return found.found === "complete" ? { ...found, key: bent(found.key, change) } : found;
      },
    });
    expect(await play(renamed, [IDENTIFY], true)).toBe("KEY-NOT-UNIQUE");
  });
});

describe("a short list", () => {
  test("of mechanisms", async () => {
    expect(await play(() => ({ mechanisms: () => Promise.resolve([]) }), [HEALTH])).toBe("OUTCOME-MATCHES the token names no mechanism");
  });

  test("of objects: the key that should be identified is left out", async () => {
    expect(await play(() => ({ listObjects: () => Promise.resolve([]) }), [IDENTIFY], true)).toBe("KEY-NOT-FOUND");
  });

  test("of ways that were tried to take a key out", async () => {
    const none: Lie =
      (honest) => ({ proveNotExportable: async (id) => ({ ...(await honest.proveNotExportable(id)), attempts: [] }) });
    expect(await play(none, [PAIR, PROOF])).toBe(
      "OUTCOME-MATCHES what was read and tried gives not-shown: READING-NOT-TRIED, WRAPPING-NOT-TRIED",
    );
  });

  test("of attributes, where the module's verdict says more than it read", async () => {
    const loose: Lie = (honest) => ({
      async proveNotExportable(id) {
        const proof = await honest.proveNotExportable(id);
        return { ...proof, attributes: { ...proof.attributes, EXTRACTABLE: "not offered" } };
      },
    });
    expect(await play(loose, [PAIR, PROOF])).toBe("OUTCOME-MATCHES what was read and tried gives exportable: MARKED-EXTRACTABLE");
  });

  test("of tests: a key nobody tried", async () => {
    expect(await play(() => ({ testKey: () => Promise.resolve([]) }), [PAIR])).toBe("KEY-TEST-FAILED");
  });

  test("of random bytes for a serial number, and the same ones each time", async () => {
    for (const length of [0, 8, 16]) {
      for (const requests of [[CA, ROOT], [CA, ROOT, ISSUE]]) {
        expect(await play(() => ({ random: nonsense(length) }), requests)).toBe("NO-RANDOM-NUMBERS");
      }
    }
  });
});

describe("another key's public part", () => {
  test("in the place of that of the key just made", async () => {
    expect(await play(otherPublicPart, [PAIR])).toBe("OUTCOME-MATCHES the public key object on the token is another key");
  });

  test("on the way out", async () => {
    expect(await play(() => ({ exportPublicKey: () => Promise.resolve(foreignSpki) }), [PAIR, EXPORT])).toBe("ANOTHER-PUBLIC-KEY");
  });

  test("of a key that is identified by its fingerprint", async () => {
    const swapped: Lie = (honest) => ({
      async lookById(id) {
        const found = await honest.lookById(id);
        return found.found === "complete" && found.key.kind === "pair"
          ? { ...found, key: { ...found.key, spki: foreignSpki } }
          : found;
      },
    });
    expect(await play(swapped, [HEALTH, { ...IDENTIFY, spkiSha256: "ab".repeat(32) }], true)).toBe("ANOTHER-PUBLIC-KEY");
    expect(await play(swapped, [HEALTH, IDENTIFY], true)).toBe("OUTCOME-MATCHES its public key has another fingerprint");
  });
});

describe("a signature, a MAC or a ciphertext that is none", () => {
  test.each([
    ["test-signature", [PAIR, SIGN], "SIGNATURE-NOT-GOOD"],
    ["create-csr", [PAIR, CSR], "SIGNATURE-NOT-GOOD"],
    ["issue-root-certificate", [CA, ROOT], "SIGNATURE-NOT-GOOD"],
    ["issue-certificate", [CA, ROOT, ISSUE], "SIGNATURE-NOT-GOOD"],
  ])("%s", async (_, requests, refusal) => {
    for (const length of [0, 70, 256]) expect(await play(() => ({ sign: nonsense(length) }), requests)).toBe(refusal);
  });

  test("test-mac", async () => {
    expect(await play(() => ({ mac: nonsense(20) }), [HMAC, MAC])).toBe("MAC-DIFFERS");
    expect(await play(() => ({ mac: nonsense(32) }), [HMAC, MAC])).toBe("MAC-NOT-OF-THE-MESSAGE");
    expect(await play(() => ({ verifyMac: () => Promise.resolve(true) }), [HMAC, MAC])).toBe("CHANGED-NOT-REFUSED");
  });

  test("test-encryption", async () => {
    expect(await play(() => ({ decrypt: nonsense(3) }), [AES, ENCRYPT])).toBe("DECRYPTED-DIFFERS");
    const plain: Lie = () => ({
      encrypt: (_id, plaintext) => Promise.resolve({ iv: new Uint8Array(12), ciphertext: plaintext }),
      decrypt: (_id, { ciphertext }) => Promise.resolve(ciphertext),
    });
    expect(await play(plain, [AES, ENCRYPT])).toBe("CHANGED-NOT-REFUSED");
    // Another scheme that undoes itself and notices every change: only a key known outside finds it out.
    const other: Lie = (honest) => ({
      async encrypt(id, plaintext, aad) {
        const { iv, ciphertext } = await honest.encrypt(id, plaintext.map((byte) => byte ^ 0x5a), aad);
        return { iv, ciphertext };
      },
      decrypt: async (id, sealed, aad) => (await honest.decrypt(id, sealed, aad)).map((byte) => byte ^ 0x5a),
      checkCipherMechanism: () => Promise.resolve(false),
    });
    expect(await play(other, [AES, ENCRYPT])).toBe("MECHANISM-NOT-GCM");
  });

  test("test-decryption", async () => {
    const made = { ...PAIR, algorithm: "RSA-2048", usage: ["decrypt"] };
    const decrypt = { operation: "test-decryption", label: "jwt" };
    expect(await play(() => ({}), [made, decrypt])).toBe("an outcome");
    expect(await play(() => ({ decryptOaep: nonsense(32) }), [made, decrypt])).toBe("DECRYPTED-DIFFERS");
    const careless: Lie = (honest) => ({ decryptOaep: (id, sealed) => honest.decryptOaep(id, sealed).catch(() => new Uint8Array(32)) });
    expect(await play(careless, [made, decrypt])).toBe("CHANGED-NOT-REFUSED");
  });
});

test("a restored token that says of a signing key that it may not sign", async () => {
  for (const before of [false, true]) {
    const performed = new PerformedOperations();
    if (before) await keyBefore(performed);
    for (const request of [HEALTH, before ? IDENTIFY : PAIR, BACKUP]) await performed.do(request);
    const [backup] = [...performed.backups.kept.values()];
    const mute = (reading: ObjectReading): ObjectReading => ({ ...reading, attributes: { ...reading.attributes, SIGN: false } });
    backup!.token.objects = backup!.token.objects.map((object) => ({ ...object, reading: mute(object.reading) }));
    expect(await performed.try(RESTORE)).toEqual({ call: "restore-test", name: "RESTORED-KEYS-DIFFER" });
  }
});

test("another token that answers in the middle of a ceremony", async () => {
  const other: Lie = (honest) => ({ info: async () => ({ ...(await honest.info()), serial: "0000000000000000" }) });
  for (const requests of [[HEALTH, PAIR], [HEALTH, PAIR, EXPORT], [HEALTH, CA, ROOT], [HEALTH, HMAC, MAC], [HEALTH, { operation: "list-keys" }]]) {
    expect(await play(other, requests)).toMatch(/^OUTCOME-MATCHES done on token 0000000000000000, the work before it on /);
  }
});
