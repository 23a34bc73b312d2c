import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Outcome } from "#lib/ceremony/operation";
import { fromBase64url, fromHex } from "#lib/log/digest";
import { PROFILES } from "#lib/token/profile";
import { FakeToken, type FakeFlaws } from "#lib/token/fake-token.under-test";
import { TokenFault, TokenGone } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import { book } from "./book";
import { executeOperation } from "./execute-operation";
import { inventoryOf } from "./list-keys";
import { AES, changed, HMAC, PAIR, PerformedOperations, recheck } from "./performed-operations.under-test";

const flawed = (flaws: FakeFlaws): PerformedOperations => {
  const performed = new PerformedOperations();
  performed.token = new FakeToken(performed.memory, PROFILES.softhsm2, flaws);
  return performed;
};

describe("making a key", () => {
  const calls = ["lookById", "prepareKey", "readBack", "testKey", "keepKey", "info"] as const;

  test.each(calls.flatMap((call) => (["not-done", "done-but-reply-lost"] as const).map((flavour) => [call, flavour] as const)))(
    "%s %s: asked again, there is one key, with the same outcome as if nothing had happened",
    async (call, flavour) => {
      const performed = new PerformedOperations();
      performed.token.failNext(call, flavour);
      await expect(performed.try(PAIR)).rejects.toBeInstanceOf(TokenGone);
      performed.token = new FakeToken(performed.memory);
      const again = await performed.try(PAIR);
      if ("name" in again) throw new Error(again.name);
      expect(performed.memory.objects).toHaveLength(2);
      expect(again.recovered).toBe(call === "info" || (call === "keepKey" && flavour === "done-but-reply-lost"));
      expect(recheck(PAIR, again.outcome, again.context)).toEqual([]);
    },
  );

  test("refuses a label that is taken, and leaves the token as it was", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    expect(await performed.try(PAIR)).toEqual({ call: "generate-key-pair", name: "LABEL-TAKEN" });
    expect(performed.memory.objects).toHaveLength(2);
  });

  test("refuses a module that makes something else than was ordered, and keeps nothing", async () => {
    const performed = flawed({ overrides: { EXTRACTABLE: true } });
    expect(await performed.try(PAIR)).toEqual({ call: "generate-key-pair", name: "ATTRIBUTES-DIFFER" });
    expect(performed.memory.objects).toEqual([]);
  });

  test("refuses a module whose key does not work", async () => {
    const performed = flawed({ signsNonsense: true });
    expect(await performed.try(PAIR)).toEqual({ call: "generate-key-pair", name: "KEY-TEST-FAILED" });
    expect(performed.memory.objects).toEqual([]);
  });
});

describe("prove-not-exportable", () => {
  test("refuses a key that can be got out, naming the way", async () => {
    const performed = flawed({ wrapsUnextractable: true });
    await performed.do(PAIR);
    expect(await performed.try({ operation: "prove-not-exportable", label: "jwt" })).toEqual({
      call: "prove-not-exportable wrap by AES-KEY-WRAP-PAD",
      name: "EXPORTABLE",
    });
  });

  test("tells each attribute as true, false or not offered by this module", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    const request = { operation: "prove-not-exportable", label: "jwt" };
    const { outcome } = await performed.do(request);
    const told = (one: Outcome) =>
      Object.fromEntries((book.find(request.operation)?.tell(request, one).facts ?? []).map(({ name, value }) => [name, value]));
    expect(told(outcome)).toMatchObject({
      "Made inside the HSM (LOCAL)": "true",
      "Sensitive (SENSITIVE)": "true",
      "Was always sensitive (ALWAYS_SENSITIVE)": "true",
      "Can be taken out (EXTRACTABLE)": "false",
      "Never could be taken out (NEVER_EXTRACTABLE)": "true",
    });
    expect(told(changed(outcome, "attributes.LOCAL", "not offered"))).toMatchObject({
      "Made inside the HSM (LOCAL)": "not offered by this module",
    });
  });

  test.each([
    ["ALWAYS_SENSITIVE", "not offered", "NOT-SHOWN"],
    ["NEVER_EXTRACTABLE", false, "NOT-SHOWN"],
    ["SENSITIVE", false, "EXPORTABLE"],
  ] as const)("refuses a key whose %s reads %s, naming the attribute", async (attribute, value, name) => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    for (const object of performed.memory.objects) Object.assign(object.reading.attributes, { [attribute]: value });
    expect(await performed.try({ operation: "prove-not-exportable", label: "jwt" })).toEqual({
      call: `prove-not-exportable ${attribute}=${String(value)}`,
      name,
    });
  });

  test("speaks of secret keys as well", async () => {
    const performed = new PerformedOperations();
    await performed.do(AES);
    const request = { operation: "prove-not-exportable", label: "api", key: "secret-key" };
    const { outcome, context } = await performed.do(request);
    expect(recheck(request, outcome, context)).toEqual([]);
  });
});

describe("test-signature and test-encryption", () => {
  test("a signature that does not verify outside the HSM is no outcome", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    const context = { ...performed.context(), verifySignature: () => Promise.resolve(false) };
    const done =
      await executeOperation(performed.token, { operation: "test-signature", label: "jwt", signature: "ES256" }, context);
    expect(done).toEqual({ ok: false, refusal: { call: "test-signature", name: "SIGNATURE-NOT-GOOD" } });
  });

  test("a module that decrypts what was changed is found", async () => {
    const performed = new PerformedOperations();
    await performed.do(AES);
    const careless = performed.token;
    const decrypt = careless.decrypt.bind(careless);
    careless.decrypt = (id, sealed, aad) => decrypt(id, sealed, aad).catch(() => new Uint8Array(3));
    expect(await performed.try({ operation: "test-encryption", label: "api" })).toEqual({ call: "test-encryption", name: "CHANGED-NOT-REFUSED" });
  });

  test("a token that goes away during the test of a changed ciphertext is a fault, not a refusal of the ciphertext", async () => {
    const performed = new PerformedOperations();
    await performed.do(AES);
    const fading = performed.token;
    const decrypt = fading.decrypt.bind(fading);
    let calls = 0;
    fading.decrypt = (id, sealed, aad) => {
      calls += 1;
      return calls === 1 ? decrypt(id, sealed, aad) : Promise.reject(new TokenGone("decrypt", "CHILD-ENDED"));
    };
    await expect(performed.try({ operation: "test-encryption", label: "api" })).rejects.toBeInstanceOf(TokenFault);
  });

  test.each(["prove-not-exportable", "export-public-key", "test-encryption", "test-mac", "create-csr", "issue-root-certificate"])("%s of a key the ceremony did not make is refused before the token is asked", async (operation) => {
    expect(await new PerformedOperations().try({ operation, label: "jwt" })).toEqual({ call: operation, name: "KEY-NOT-MADE-HERE" });
  });
});

describe("export-public-key", () => {
  const EXPORT = { operation: "export-public-key", label: "jwt" };
  const WRONG = "ab".repeat(32);

  test("refuses when the platform's own reading of the key gives another fingerprint or other numbers, or none", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    const context = performed.context();
    const found =
      await context.readPublicKey(await performed.token.exportPublicKey(fromHex(String(performed.earlier[0]?.ckaId))));
    for (const other of [null, { ...found!, spkiSha256: WRONG }, { ...found!, jwk: { ...found!.jwk, x: "AAAA" } }]) {
      const done = await executeOperation(performed.token, EXPORT, { ...context, readPublicKey: () => Promise.resolve(other) });
      expect(done).toEqual({ ok: false, refusal: { call: "export-public-key", name: "FINGERPRINTS-DIFFER" } });
    }
  });

  test("refuses a token that gives out the public part of another key", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    const foreign = new PerformedOperations();
    const { outcome } = await foreign.do(PAIR);
    performed.token.exportPublicKey = () => Promise.resolve(fromBase64url(String(outcome["spki"])));
    expect(await performed.try(EXPORT)).toEqual({ call: "export-public-key", name: "ANOTHER-PUBLIC-KEY" });
  });
});

describe("test-mac", () => {
  const MAC = { operation: "test-mac", label: "mac" };
  const refusal = async (flaws: FakeFlaws, mac?: (token: FakeToken) => Token["mac"]) => {
    const performed = flawed(flaws);
    await performed.do(HMAC);
    if (mac) performed.token.mac = mac(performed.token);
    return performed.try(MAC);
  };

  test("refuses a module that accepts any MAC, or whose mechanism is another", async () => {
    expect(await refusal({ acceptsAnyMac: true })).toEqual({ call: "test-mac", name: "CHANGED-NOT-REFUSED" });
    expect(await refusal({ macMechanism: false })).toEqual({ call: "test-mac", name: "MECHANISM-NOT-HMAC" });
    expect(await refusal({ macMechanism: "not offered" })).toMatchObject({ outcome: { mechanismChecked: "not offered" } });
  });

  test("refuses a MAC that depends on chance, that ignores the message, and that is another key's", async () => {
    const random = () => () => Promise.resolve(Uint8Array.from(randomBytes(32)));
    expect(await refusal({}, random)).toEqual({ call: "test-mac", name: "MAC-DIFFERS" });
    const constant = () => () => Promise.resolve(new Uint8Array(32));
    expect(await refusal({}, constant)).toEqual({ call: "test-mac", name: "MAC-NOT-OF-THE-MESSAGE" });
    const foreign = () =>
      (_id: Uint8Array, bytes: Uint8Array) => Promise.resolve(Uint8Array.from(createHmac("sha256", "x").update(bytes).digest()));
    expect(await refusal({}, foreign)).toEqual({ call: "test-mac", name: "MAC-NOT-ACCEPTED" });
  });

  test("refuses a key that makes no MACs", async () => {
    const performed = new PerformedOperations();
    await performed.do(AES);
    expect(await performed.try({ ...MAC, label: "api" })).toEqual({ call: "test-mac", name: "KEY-CANNOT-MAC" });
  });
});

describe("list-keys", () => {
  const LIST = { operation: "list-keys" };

  test("counts what was there and what was made, and names nothing else", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    performed.earlier.length = 0;
    for (const request of [{ operation: "token-health" }, AES, LIST]) await performed.do(request);
    expect(inventoryOf(performed.earlier.at(-1)?.outcome ?? {})).toEqual({ keys: 2, made: 1, before: 1, unexpected: [], missing: [], changed: [] });
  });

  test("names what nobody accounts for, and what is gone", async () => {
    const performed = new PerformedOperations();
    for (const request of [{ operation: "token-health" }, PAIR]) await performed.do(request);
    const elsewhere = new PerformedOperations();
    await elsewhere.do(AES);
    performed.memory.objects = [...performed.memory.objects.filter(({ reading }) => reading.objectClass !== "public-key"), ...elsewhere.memory.objects];
    const { outcome, context } = await performed.do(LIST);
    const { unexpected, missing } = inventoryOf(outcome);
    expect(unexpected).toEqual([expect.stringMatching(/^secret-key api /)]);
    expect(missing).toEqual([expect.stringMatching(/^public-key jwt /)]);
    expect(recheck(LIST, outcome, context)).toEqual([]);
  });

  test("a public key put in another's place is both: one unexpected, one missing", async () => {
    const performed = new PerformedOperations();
    for (const request of [{ operation: "token-health" }, PAIR]) await performed.do(request);
    performed.memory.objects = performed.memory.objects.map((object) => ({
      ...object,
      reading: { ...object.reading, spkiSha256: object.reading.spkiSha256 && "ab".repeat(32) },
    }));
    const { outcome } = await performed.do(LIST);
    expect(inventoryOf(outcome)).toMatchObject({ unexpected: [expect.stringContaining("public-key")], missing: [expect.stringContaining("public-key")] });
  });

  test("without a first listing everything the ceremony did not make is unexpected", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    performed.earlier.length = 0;
    const { outcome } = await performed.do(LIST);
    expect(inventoryOf(outcome)).toMatchObject({ keys: 1, made: 0, before: 0, unexpected: [expect.any(String), expect.any(String)] });
  });
});
