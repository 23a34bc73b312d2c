import { describe, expect, test } from "vitest";
import { TokenFault } from "#lib/token/fault";
import { PROFILES } from "#lib/token/profile";
import type { Cryptoki, Template } from "./cryptoki";
import { findRemains, lookUp } from "./key-lookup";
import { OpenToken } from "./open-token";
import { CK } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";

/** A module full of objects: what an object is told by, by the number of its handle. Counts what is read of them. */
function module(objects: readonly ReadonlyMap<number, Buffer>[], profile = PROFILES.softhsm2) {
  const handles = objects.map((_, i) => Buffer.from(Uint32Array.of(i).buffer));
  const read = new Set<string>();
  const valueOf = (handle: Handle, type: number) => objects[handle.readUInt32LE()]?.get(type);
  const cryptoki: Partial<Cryptoki> = {
    find: (_session, template) =>
      handles.filter((handle) => [...template].every(([type, value]) => valueOf(handle, type)?.equals(bytesOf(value)))),
    attribute(_session, handle, type) {
      read.add(handle.toString("hex"));
      const value = valueOf(handle, type);
      if (!value) throw new TokenFault("C_GetAttributeValue", CK.CKR_ATTRIBUTE_TYPE_INVALID, "CKR_ATTRIBUTE_TYPE_INVALID");
      return value;
    },
    tokenInfo: () => ({ serialNumber: "s", label: "", manufacturerID: "", model: "", flags: 0, ...VERSIONS }) as never,
  };
  const names = { mechanism: String, keyType: String };
  const session = Buffer.alloc(8);
  const parts = { cryptoki: cryptoki as Cryptoki, profile, names, slot: session, serial: "s", session };
  return { token: new OpenToken({ ...parts, mayPersist: () => undefined }), read };
}

const ONE = { major: 1, minor: 0 };
const VERSIONS = { hardwareVersion: ONE, firmwareVersion: ONE, freePublicMemory: -1, freePrivateMemory: -1 };
const ulong = (number: number) => Buffer.from(BigUint64Array.of(BigInt(number)).buffer);
const bytesOf = (value: Template extends ReadonlyMap<number, infer V> ? V : never): Buffer =>
  typeof value === "number" ? ulong(value) : Buffer.from(value as Uint8Array);

const secret = (id: string) =>
  new Map([
    [CK.CKA_CLASS, ulong(CK.CKO_SECRET_KEY)],
    [CK.CKA_KEY_TYPE, ulong(CK.CKK_AES)],
    [CK.CKA_VALUE_LEN, ulong(32)],
    [CK.CKA_ID, Buffer.from(id)],
  ]);
const NAMELESS = new Map<number, Buffer>();
const many = Array.from({ length: 500 }, (_, i) => secret(`id-${String(i)}`));

describe("on a token with many keys", () => {
  test("an id that is not there is looked for without reading any of them", () => {
    const { token, read } = module(many);
    expect(lookUp(token, Buffer.from("other"))).toEqual({ found: "nothing" });
    expect(read.size).toBe(0);
  });

  test("what a killed writer left is found among them, and read alone", () => {
    const { token, read } = module([...many.slice(0, 250), NAMELESS, ...many.slice(250), NAMELESS]);
    const nameless = { objectClass: "not offered" };
    expect(lookUp(token, Buffer.from("other"))).toMatchObject({ found: "half", parts: [nameless, nameless] });
    expect(findRemains(token)).toHaveLength(2);
    expect(read.size).toBe(2);
  });

  test("a key is found by its id whatever else was left, and read alone", () => {
    const { token, read } = module([...many, NAMELESS]);
    expect(lookUp(token, Buffer.from("id-77"))).toMatchObject({ found: "complete", located: { reading: { kind: "secret" } } });
    expect(read.size).toBe(1);
  });

  test("an object of a class nobody knows is no remains, nor is one that has a label", () => {
    const vendors = new Map([[CK.CKA_CLASS, ulong(0x80000001)]]);
    const { token } = module([...many, vendors, new Map([[CK.CKA_LABEL, Buffer.from("x")]])]);
    expect(findRemains(token)).toEqual([]);
    expect(lookUp(token, Buffer.from("other"))).toEqual({ found: "nothing" });
  });

  test("modules that leave nothing behind are not searched for it", () => {
    const { token } = module([...many, NAMELESS], PROFILES["nss-softokn"]);
    expect(lookUp(token, Buffer.from("other"))).toEqual({ found: "nothing" });
  });
});
