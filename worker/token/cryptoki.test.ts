import { describe, expect, test } from "vitest";
import { BadTokenArgument, PinRefused, TokenFault, TokenGone } from "#lib/token/fault";
import { type AttributeValue, Cryptoki, type MechanismUse } from "./cryptoki";
import { parentGuard } from "./module-start";
import { CK, flagNames, nameTable, TOKEN_FLAGS, wrongConstants } from "./pkcs11-constants";
import type { Pkcs11Module } from "./pkcs11-module";

const SESSION = Buffer.alloc(8, 1);
const OBJECT = Buffer.alloc(8, 2);

/** An add-on that notes what reaches it and answers as told. */
function addOn(answer: (call: string) => unknown = () => Buffer.alloc(8)): { cryptoki: Cryptoki; reached: [string, unknown[]][] } {
  const reached: [string, unknown[]][] = [];
  const module = new Proxy({} as Pkcs11Module, {
    get: (_, call: string) => (...args: unknown[]) => {
      reached.push([call, args]);
      return answer(call);
    },
  });
  return { cryptoki: new Cryptoki(module, nameTable({ CKR_PIN_INCORRECT: 0xa0, CKR_GENERAL_ERROR: 5 }, "CKR_")), reached };
}

describe("arguments that crash the add-on never reach it", () => {
  const values: [string, unknown][] = [
    ["an object", {}], ["an array", []], ["a date", new Date()], ["null", null], ["undefined", undefined], ["a fraction", 1.5],
    ["a negative number", -1], ["a number past 32 bits", 2 ** 32], ["NaN", Number.NaN], ["a big integer", 1n], ["too many bytes", new Uint8Array(70_000)],
  ];
  for (const [name, value] of values) {
    test(`${name} as the value of an attribute`, () => {
      const { cryptoki, reached } = addOn();
      const template = new Map([[CK.CKA_LABEL, value as AttributeValue]]);
      expect(() => cryptoki.find(SESSION, template)).toThrow(BadTokenArgument);
      expect(() => cryptoki.setAttributes(SESSION, OBJECT, template)).toThrow(BadTokenArgument);
      expect(() => cryptoki.copy(SESSION, OBJECT, template)).toThrow(BadTokenArgument);
      expect(() => cryptoki.generateKey(SESSION, CK.CKM_AES_KEY_GEN, template)).toThrow(BadTokenArgument);
      expect(reached).toEqual([]);
    });
  }

  test("handles that are none", async () => {
    for (const bad of [null, undefined, 5, "x", {}, Buffer.alloc(3), Buffer.alloc(9), new Uint8Array(8)]) {
      const { cryptoki, reached } = addOn();
      expect(() => cryptoki.closeSession(bad as Buffer)).toThrow(BadTokenArgument);
      expect(() => cryptoki.attribute(SESSION, bad as Buffer, 0)).toThrow(BadTokenArgument);
      await expect(cryptoki.wrap(SESSION, { code: 1 }, OBJECT, bad as Buffer)).rejects.toThrow(BadTokenArgument);
      expect(reached).toEqual([]);
    }
  });

  test("initialisation vectors of another length (a CBC vector that is not 16 bytes crashes)", () => {
    const bad: MechanismUse[] = [
      { code: 1, parameter: { kind: "cbc", iv: new Uint8Array(15) } },
      { code: 1, parameter: { kind: "gcm", iv: new Uint8Array(16), aad: new Uint8Array() } },
      { code: -1 },
    ];
    for (const use of bad) {
      const { cryptoki, reached } = addOn();
      expect(() => cryptoki.decrypt(SESSION, use, OBJECT, new Uint8Array())).toThrow(BadTokenArgument);
      expect(reached).toEqual([]);
    }
  });

  test("counts of random bytes past 1024", () => {
    const { cryptoki, reached } = addOn();
    for (const length of [0, -1, 1.5, 1025, Number.NaN]) expect(() => cryptoki.random(SESSION, length)).toThrow(BadTokenArgument);
    expect(reached).toEqual([]);
  });

  test("what is well formed does reach it, with locking and with the blank that the add-on swallows", () => {
    const { cryptoki, reached } = addOn();
    cryptoki.start("/module.so", "configdir='x'");
    expect(reached).toEqual([["load", ["/module.so"]], ["C_Initialize", [{ flags: 2, libraryParameters: "configdir='x' " }]]]);
  });
});

describe("errors", () => {
  const thrown = (error: unknown): unknown => {
    try {
      addOn(() => {
        throw error;
      }).cryptoki.closeSession(SESSION);
    } catch (fault) {
      return fault;
    }
    return null;
  };

  test("of the add-on's three shapes become one fault with number and name", () => {
    const shapes = [Object.assign(new Error("CKR_GENERAL_ERROR"), { code: 5 }), new Error("CKR_GENERAL_ERROR:5"), new Error("CKR_GENERAL_ERROR:5\n at")];
    for (const shape of shapes) expect(thrown(shape)).toMatchObject({ ckr: 5, ckrName: "CKR_GENERAL_ERROR", call: "C_CloseSession", gone: false });
    expect(thrown(Object.assign(new Error("CKR_VENDOR_DEFINED"), { code: 0x140 }))).toMatchObject({ ckr: 0x140, ckrName: "0x140" });
    expect(thrown(new TypeError("Argument 2 has wrong type"))).toBeInstanceOf(BadTokenArgument);
    expect(thrown(new Error("canary text of the add-on"))).toMatchObject({ ckr: null, ckrName: "ADD-ON-FAULT" });
    expect(String(thrown(new Error("canary text of the add-on")))).not.toContain("canary");
  });

  test("of a login: each PIN answer is PinRefused, logged in already is fine, the rest is a fault", () => {
    const login = (code: number): unknown => {
      const { cryptoki } = addOn(() => {
        throw Object.assign(new Error("CKR_X"), { code });
      });
      try {
        cryptoki.login(SESSION, "user", "pin");
      } catch (error) {
        return error;
      }
      return "logged in";
    };
    for (const code of [0xa0, 0xa1, 0xa2, 0xa3, 0xa4]) expect(login(code)).toBeInstanceOf(PinRefused);
    expect(login(0x100)).toBe("logged in");
    expect(login(5)).toBeInstanceOf(TokenFault);
    expect(login(5)).not.toBeInstanceOf(PinRefused);
  });
});

test("constants are compared with the add-on's, one by one", () => {
  expect(wrongConstants({})).toContain("CKF_OS_LOCKING_OK");
  const right: Record<string, unknown> = { ...CK, CK_PARAMS_RSA_OAEP: 4, CK_PARAMS_RSA_PSS: 5, CK_PARAMS_EC_DH: 6, CK_PARAMS_AES_GCM_v240: 7 };
  expect(wrongConstants(right)).toEqual([]);
  expect(wrongConstants({ ...right, CKA_EXTRACTABLE: undefined })).toEqual(["CKA_EXTRACTABLE"]);
});

test("names: the current one where two share a number, ours where the add-on has none, hex otherwise", () => {
  const name = nameTable({ CKM_ECDSA_KEY_PAIR_GEN: 0x1040, CKM_EC_KEY_PAIR_GEN: 0x1040, CKR_X: 0x1057 }, "CKM_");
  expect([0x1040, 0x1057, 0x80000999].map(name)).toEqual(["EC_KEY_PAIR_GEN", "EDDSA", "0x80000999"]);
  expect(flagNames(0x40d, TOKEN_FLAGS)).toEqual(["LOGIN_REQUIRED", "RNG", "TOKEN_INITIALIZED", "USER_PIN_INITIALIZED"]);
});

test("nothing may be kept once the parent is another or the channel is closed", () => {
  let [parent, connected] = [7, true];
  const mayPersist = parentGuard(() => parent, () => connected);
  expect(mayPersist).not.toThrow();
  parent = 1;
  expect(mayPersist).toThrow(TokenGone);
  [parent, connected] = [7, false];
  expect(mayPersist).toThrow(TokenGone);
});
