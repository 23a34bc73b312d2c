import { createECDH, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type AttributeReading, noReadings, type ObjectReading } from "#lib/token/attributes";
import { judgeExport } from "#lib/token/export-proof";
import { TokenFault } from "#lib/token/fault";
import { PROFILES, type TokenProfile } from "#lib/token/profile";
import { curveParameters } from "#lib/token/spki";
import type { Cryptoki, MechanismUse, Template } from "./cryptoki";
import { tryToExport } from "./export-attempts";
import { testUses } from "./key-test";
import { sealBytes, signBytes } from "./key-use";
import type { OpenToken } from "./open-token";
import { CK } from "./pkcs11-constants";

/** Modules that do less, or more, than PKCS#11 says: what the checks of this adapter are there for. */

const HANDLE = Buffer.alloc(8, 7);
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const SPKI = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));

function openToken(cryptoki: Partial<Cryptoki>, profile: TokenProfile = PROFILES.softhsm2): OpenToken {
  const usual: Partial<Cryptoki> = { openSession: () => HANDLE, closeSession: () => undefined, mechanismCodes: () => [CK.CKM_AES_KEY_WRAP] };
  const parts = { cryptoki: { ...usual, ...cryptoki }, profile, session: HANDLE, slot: HANDLE, mayPersist: () => undefined, afterFault: (fault: TokenFault) => fault };
  return { ...parts, names: { keyType: String, mechanism: String } } as unknown as OpenToken;
}

describe("a signature", () => {
  test("that the public key does not confirm is not given out", async () => {
    const nonsense = openToken({ sign: () => Promise.resolve(randomBytes(64)) });
    await expect(signBytes(nonsense, HANDLE, SPKI, "ES256", randomBytes(9))).rejects.toMatchObject({ ckrName: "SIGNATURE-DOES-NOT-VERIFY" });
    // Signs a hash of what it is given in the place of the digest itself.
    const twice = openToken({ sign: (_s, _u, _k, digest) => Promise.resolve(sign("sha256", digest, { key: privateKey, dsaEncoding: "ieee-p1363" })) });
    await expect(signBytes(twice, HANDLE, SPKI, "ES256", randomBytes(9))).rejects.toMatchObject({ ckrName: "SIGNATURE-DOES-NOT-VERIFY" });
  });
});

describe("an initialisation vector the module should make", () => {
  const aws = PROFILES["aws-cloudhsm"];
  test("is taken from the buffer the module wrote it into", async () => {
    const made = Buffer.alloc(12, 5);
    const token = openToken({ encrypt: () => Promise.resolve({ output: Buffer.alloc(20), ivMade: made }) }, aws);
    expect((await sealBytes(token, HANDLE, randomBytes(4))).iv).toEqual(Uint8Array.from(made));
  });

  test("is not taken for made when it is all zeros", async () => {
    const token = openToken({ encrypt: () => Promise.resolve({ output: Buffer.alloc(20), ivMade: Buffer.alloc(12) }) }, aws);
    await expect(sealBytes(token, HANDLE, randomBytes(4))).rejects.toMatchObject({ ckrName: "MODULE-MADE-NO-IV" });
  });
});

const ATTRIBUTES: Readonly<Record<number, Buffer>> = {
  [CK.CKA_KEY_TYPE]: Buffer.from([CK.CKK_EC, 0, 0, 0, 0, 0, 0, 0]),
  [CK.CKA_EC_PARAMS]: Buffer.from(curveParameters("P-256")),
  [CK.CKA_EC_POINT]: Buffer.from(SPKI.subarray(-65)),
};

function reading(algorithm: "EC-P256" | "AES-256" | "HMAC-SHA256", may: readonly (keyof ObjectReading["attributes"])[], more: Record<string, AttributeReading> = {}): ObjectReading {
  const attributes = { ...noReadings(), EXTRACTABLE: false, SENSITIVE: true, ...Object.fromEntries(may.map((name) => [name, true])), ...more };
  const objectClass = algorithm === "EC-P256" ? "private-key" : "secret-key";
  return { objectClass, label: "k", id: Uint8Array.of(1), keyType: "EC", algorithm, modulusBits: "not offered", keyGenMechanism: "X", attributes, spkiSha256: null };
}

describe("the test of a key fails", () => {
  const uses = (cryptoki: Partial<Cryptoki>, of: ObjectReading) =>
    testUses(openToken({ attribute: (_s, _o, type) => ATTRIBUTES[type] ?? Buffer.alloc(0), random: (_s, length) => randomBytes(length), ...cryptoki }), { use: HANDLE, publicKey: HANDLE }, of);

  test("when the public half does not confirm the signature", async () => {
    const foreign: Partial<Cryptoki> = { sign: () => Promise.resolve(randomBytes(64)) };
    expect(await uses(foreign, reading("EC-P256", ["SIGN"]))).toEqual([{ test: "sign-verify", passed: false, ckrName: "SIGNATURE-DOES-NOT-VERIFY" }]);
  });

  test("when the agreed secret is not the outsider's", async () => {
    const derived: Partial<Cryptoki> = { derive: () => Promise.resolve(HANDLE) };
    expect(await uses(derived, reading("EC-P256", ["DERIVE"]))).toEqual([{ test: "derive", passed: false, ckrName: null }]);
    let outsider = Buffer.alloc(0);
    const honest: Partial<Cryptoki> = {
      derive: (_s, use: MechanismUse) => {
        if (use.parameter?.kind === "ecdh") outsider = Buffer.from(use.parameter.publicPoint);
        return Promise.resolve(HANDLE);
      },
      attribute: (_s, _o, type) => {
        const own = createECDH("prime256v1");
        own.setPrivateKey(Buffer.from(privateKey.export({ format: "jwk" }).d!, "base64url"));
        return type === CK.CKA_VALUE ? own.computeSecret(outsider) : (ATTRIBUTES[type] ?? Buffer.alloc(0));
      },
    };
    expect(await uses(honest, reading("EC-P256", ["DERIVE"]))).toEqual([{ test: "derive", passed: true, ckrName: null }]);
  });

  test("when nothing is encrypted, nothing comes back, or what was changed is accepted", async () => {
    const tagged = (data: Uint8Array, key: number): Buffer => Buffer.concat([data.map((byte) => byte ^ key), Buffer.alloc(16)]);
    const encrypting = (key: number): Partial<Cryptoki> => ({ encrypt: (_s, _u, _k, data) => Promise.resolve({ output: tagged(data, key), ivMade: randomBytes(12) }) });
    const decrypting = (key: number): Partial<Cryptoki> => ({ decrypt: (_s, _u, _k, data) => Promise.resolve(Buffer.from(data.subarray(0, -16).map((byte) => byte ^ key))) });
    const aes = reading("AES-256", ["ENCRYPT", "DECRYPT"]);
    const failed = [{ test: "encrypt-decrypt", passed: false, ckrName: null }];
    expect(await uses({ ...encrypting(0), ...decrypting(0) }, aes)).toEqual(failed);
    expect(await uses({ ...encrypting(5), ...decrypting(6) }, aes)).toEqual(failed);
    expect(await uses({ ...encrypting(5), ...decrypting(5) }, aes)).toEqual(failed);
    expect(await uses(encrypting(5), reading("AES-256", ["ENCRYPT"]))).toEqual([{ test: "encrypt-decrypt", passed: true, ckrName: null }]);
  });

  test("when a mac depends on chance, or not on the message", async () => {
    const failed = [{ test: "mac", passed: false, ckrName: null }];
    expect(await uses({ sign: () => Promise.resolve(randomBytes(32)) }, reading("HMAC-SHA256", ["SIGN"]))).toEqual(failed);
    expect(await uses({ sign: () => Promise.resolve(Buffer.alloc(32)) }, reading("HMAC-SHA256", ["SIGN"]))).toEqual(failed);
  });

  test("when what was wrapped comes back as something else, and is named when the module refuses", async () => {
    const wrapping: Partial<Cryptoki> = { generateKey: () => Promise.resolve(HANDLE), wrap: () => Promise.resolve(Buffer.alloc(40)), unwrap: () => Promise.resolve(HANDLE) };
    const other = { ...wrapping, attribute: () => randomBytes(32) };
    expect(await uses(other, reading("AES-256", ["WRAP", "UNWRAP"]))).toEqual([{ test: "wrap-unwrap", passed: false, ckrName: null }]);
    const refusing = { ...wrapping, wrap: () => Promise.reject(new TokenFault("C_WrapKey", 0x68, "CKR_KEY_FUNCTION_NOT_PERMITTED")) };
    expect(await uses(refusing, reading("AES-256", ["WRAP"]))).toEqual([{ test: "wrap-unwrap", passed: false, ckrName: "CKR_KEY_FUNCTION_NOT_PERMITTED" }]);
  });
});

describe("an export that works is found", () => {
  const sensitive = (): never => {
    throw new TokenFault("C_GetAttributeValue", CK.CKR_ATTRIBUTE_SENSITIVE, "CKR_ATTRIBUTE_SENSITIVE");
  };
  const readOnly = (): never => {
    throw new TokenFault("C", CK.CKR_ATTRIBUTE_READ_ONLY, "CKR_ATTRIBUTE_READ_ONLY");
  };
  const closed: Partial<Cryptoki> = {
    attribute: (_s, _o, type) => (type === CK.CKA_VALUE ? sensitive() : (ATTRIBUTES[type] ?? Buffer.alloc(0))),
    setAttributes: readOnly,
    copy: readOnly,
    generateKey: () => Promise.resolve(Buffer.alloc(8, 1)),
    generateKeyPair: () => Promise.resolve({ publicKey: HANDLE, privateKey: Buffer.alloc(8, 2) }),
    wrap: (_s, _u, _w, target) => (target.equals(HANDLE) ? Promise.reject(new TokenFault("C_WrapKey", CK.CKR_KEY_UNEXTRACTABLE, "CKR_KEY_UNEXTRACTABLE")) : Promise.resolve(Buffer.alloc(40))),
  };
  const key = reading("EC-P256", ["SIGN"], { NEVER_EXTRACTABLE: true, ALWAYS_SENSITIVE: true });
  const proof = async (changes: Partial<Cryptoki>) => judgeExport(key, await tryToExport(openToken({ ...closed, ...changes }), HANDLE, key));

  test("none works: not exportable", async () => {
    expect(await proof({})).toMatchObject({ verdict: "not-exportable", findings: [] });
  });

  test("the private part can be read: it is named and overwritten", async () => {
    const leaked = Buffer.from("the private part");
    expect(await proof({ attribute: (_s, _o, type) => (type === CK.CKA_VALUE ? leaked : (ATTRIBUTES[type] ?? Buffer.alloc(0))) })).toMatchObject({ verdict: "exportable", findings: ["GAVE-OUT-PRIVATE-PART"] });
    expect(leaked.every((byte) => byte === 0)).toBe(true);
  });

  test("the attribute can be loosened: it is named and tightened again", async () => {
    let extractable = 0;
    const loose: Partial<Cryptoki> = {
      setAttributes: (_s, _o, template: Template) => (template.has(CK.CKA_EXTRACTABLE) ? void (extractable = Number(template.get(CK.CKA_EXTRACTABLE))) : readOnly()),
      attribute: (s, o, type) => (type === CK.CKA_EXTRACTABLE ? Buffer.of(extractable) : closed.attribute!(s, o, type)),
    };
    expect(await proof(loose)).toMatchObject({ verdict: "exportable", findings: ["LET-ATTRIBUTE-BE-LOOSENED"] });
    expect(extractable).toBe(0);
  });

  test("a change that is accepted and not made is refused in effect", async () => {
    const { verdict, attempts } = await proof({ setAttributes: () => undefined, copy: () => HANDLE });
    expect(verdict).toBe("not-exportable");
    expect(attempts.filter(({ ckrName }) => ckrName === "ignored")).toHaveLength(4);
  });

  test("a mechanism that cannot wrap even the throw-away key proves nothing", async () => {
    const refusesAll = { wrap: () => Promise.reject(new TokenFault("C_WrapKey", CK.CKR_KEY_UNEXTRACTABLE, "CKR_KEY_UNEXTRACTABLE")) };
    expect(await proof(refusesAll)).toMatchObject({ verdict: "not-shown", findings: ["WRAPPING-NOT-TRIED"] });
  });

  test("an answer of another kind is unclear, and a token that goes is not an answer", async () => {
    const general = { wrap: (_s: unknown, _u: unknown, _w: unknown, target: Buffer) => (target.equals(HANDLE) ? Promise.reject(new TokenFault("C_WrapKey", 5, "CKR_GENERAL_ERROR")) : Promise.resolve(Buffer.alloc(40))) };
    expect(await proof(general)).toMatchObject({ verdict: "not-shown", findings: ["UNCLEAR-ANSWER"] });
    const gone = new TokenFault("C_WrapKey", 0x32, "CKR_DEVICE_REMOVED", true);
    await expect(proof({ wrap: () => Promise.reject(gone) })).rejects.toBe(gone);
  });
});
