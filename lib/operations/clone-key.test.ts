import { describe, expect, test } from "vitest";
import type { OperationRequest } from "#lib/ceremony/script";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { fromHex } from "#lib/log/digest";
import { FakeToken, type FakeFlaws } from "#lib/token/fake-token.under-test";
import type { ObtainStep } from "#lib/token/obtain-key";
import { PROFILES } from "#lib/token/profile";
import { book } from "./book";
import { inventoryOf } from "./list-keys";
import { AES, changed, HMAC, PAIR, PerformedOperations, recheck } from "./performed-operations.under-test";

const CLONE = { operation: "clone-key", label: "jwt", to: "vault" };
const HEALTH = { operation: "token-health" };

async function made(
  request: OperationRequest = { ...PAIR, extractable: true },
  flaws: FakeFlaws = {},
): Promise<PerformedOperations> {
  const performed = new PerformedOperations();
  performed.vault = new FakeToken(performed.vaultMemory, PROFILES.softhsm2, flaws);
  for (const one of [HEALTH, request]) await performed.do(one);
  return performed;
}

test("the copy of a pair signs what the original's public key verifies, and cannot be taken out", async () => {
  const performed = await made();
  const { outcome, context } = await performed.do(CLONE);
  expect(recheck(CLONE, outcome, context)).toEqual([]);
  const copy = performed.vaultMemory.objects.map(({ reading }) => reading);
  expect(copy.map(({ objectClass, label }) => `${objectClass} ${label}`)).toEqual(["private-key jwt", "public-key jwt"]);
  expect(copy[0]?.attributes).toMatchObject({ EXTRACTABLE: false, SENSITIVE: true, LOCAL: false });
  expect(await book.find("clone-key")?.recheckSignatures?.(outcome, webCryptoVerifier, CLONE)).toEqual([]);
  const forged = changed(outcome, "proof.value", "AAAA");
  expect(await book.find("clone-key")?.recheckSignatures?.(forged, webCryptoVerifier, CLONE)).toEqual([
    "the copy's signature does not verify under the original's public key",
  ]);
});

test.each([
  [AES, "api", "decryption"],
  [HMAC, "mac", "mac"],
] as const)("a secret key's copy is compared by its use, $#", async (key, label, kind) => {
  const performed = await made({ ...key, extractable: true });
  const request = { ...CLONE, label, key: "secret-key" };
  const { outcome, context } = await performed.do(request);
  expect(outcome).toMatchObject({ proof: { kind, same: true }, fingerprint: outcome["cloneFingerprint"] });
  expect(recheck(request, outcome, context)).toEqual([]);
  expect(recheck(request, changed(outcome, "proof.same", false), context)).toContain("the copy is another key");
});

const RSA = { ...PAIR, algorithm: "RSA-2048", usage: ["decrypt"], extractable: true };

test("the copy of a pair that only decrypts opens what was sealed outside with the original's public key, or is destroyed", async () => {
  const performed = await made(RSA);
  const { vault } = performed;
  performed.vault = new FakeToken(performed.vaultMemory);
  performed.vault.decryptOaep = () => Promise.resolve(new Uint8Array(32));
  expect(await performed.try(CLONE)).toEqual({ call: "clone-key", name: "COPY-IS-ANOTHER-KEY" });
  expect(performed.vaultMemory.objects).toEqual([]);
  performed.vault = vault;
  const { outcome, context } = await performed.do(CLONE);
  expect(outcome).toMatchObject({ proof: { kind: "private-decryption", same: true } });
  expect(recheck(CLONE, outcome, context)).toEqual([]);
  expect(recheck(CLONE, changed(outcome, "proof.same", false), context)).toEqual(["the copy is another key"]);
  expect(recheck(CLONE, changed(outcome, "proof.spki", "AAAA"), context)).toEqual(["the proof was sealed with another public key"]);
  expect(recheck(CLONE, changed(outcome, "proof.ciphertext", "AAAA"), context)).toEqual([
    "the ciphertext has another length than the key gives",
  ]);
});

const KEK = { ...AES, label: "kek", usage: ["wrap", "unwrap"], extractable: true };
const CLONE_KEK = { ...CLONE, label: "kek", key: "secret-key" };

test("the copy of a key that only wraps is compared by its check value", async () => {
  const performed = await made(KEK);
  const { outcome, context } = await performed.do(CLONE_KEK);
  expect(outcome["proof"]).toEqual({ kind: "check-value", value: outcome["cloneFingerprint"] });
  expect(recheck(CLONE_KEK, outcome, context)).toEqual([]);
  const wrong = ["the check value is not that of the key"];
  expect(recheck(CLONE_KEK, changed(outcome, "proof.value", "000000"), context)).toEqual(wrong);
  const none = ["proof.value", "fingerprint", "cloneFingerprint"].reduce((said, path) => changed(said, path, "none"), outcome);
  expect(recheck(CLONE_KEK, none, context)).toEqual(wrong);
});

describe("refuses, and leaves nothing in the other token,", () => {
  const nothingThere = (performed: PerformedOperations) => expect(performed.vaultMemory.objects).toEqual([]);

  test("a key that is not extractable, whatever its module would do", async () => {
    const performed = await made(PAIR);
    expect(await performed.try(CLONE)).toEqual({ call: "clone-key", name: "NOT-EXTRACTABLE" });
    nothingThere(performed);
  });

  test("a module that takes no notice of the attributes given to unwrap", async () => {
    const performed = await made(undefined, { overrides: { EXTRACTABLE: true, SENSITIVE: false } });
    expect(await performed.try(CLONE)).toEqual({ call: "clone-key", name: "ATTRIBUTES-DIFFER" });
    nothingThere(performed);
  });

  test("a copy that does not work", async () => {
    const performed = await made(undefined, { signsNonsense: true });
    expect(await performed.try(CLONE)).toEqual({ call: "clone-key", name: "KEY-TEST-FAILED" });
    nothingThere(performed);
  });

  test("a copy whose signature the original's public key does not verify", async () => {
    const performed = await made();
    const context = { ...performed.context(), verifySignature: () => Promise.resolve(false) };
    expect(await book.find("clone-key")?.execute(performed.token, CLONE, context)).toEqual({
      ok: false,
      refusal: { call: "clone-key", name: "COPY-IS-ANOTHER-KEY" },
    });
    nothingThere(performed);
  });

  test("a pair of which nothing can be compared", async () => {
    const performed = await made({ ...PAIR, usage: ["derive"], extractable: true });
    expect(await performed.try(CLONE)).toEqual({ call: "clone-key", name: "COPY-COULD-NOT-BE-COMPARED" });
    nothingThere(performed);
  });

  test.each(["token", "vault"] as const)("a key that only wraps, of which the %s gives no check value", async (silent) => {
    const performed = await made(KEK);
    const memory = silent === "token" ? performed.memory : performed.vaultMemory;
    performed[silent] = new FakeToken(memory, PROFILES.softhsm2, { saysNoCheckValue: true });
    expect(await performed.try(CLONE_KEK)).toEqual({ call: "clone-key", name: "COPY-COULD-NOT-BE-COMPARED" });
    nothingThere(performed);
  });

  test("a key that only wraps, whose copy has another check value", async () => {
    const performed = await made(KEK);
    performed.vault.checkValue = () => Promise.resolve("000000");
    expect(await performed.try(CLONE_KEK)).toEqual({ call: "clone-key", name: "COPY-IS-ANOTHER-KEY" });
    nothingThere(performed);
  });

  test("the ceremony's own token under another name", async () => {
    const performed = await made();
    performed.vault = new FakeToken(performed.memory);
    expect(await performed.try(CLONE)).toEqual({ call: "clone-key", name: "OWN-TOKEN" });
  });

  test("a label that the other token has already", async () => {
    const performed = await made();
    await performed.do(CLONE);
    expect(await performed.try(CLONE)).toEqual({ call: "clone-key", name: "LABEL-TAKEN" });
  });
});

describe.each(["openTransport", "unwrapFrom", "readBack", "testKey", "keepKey"] as const)(
  "killed at %s of the other token",
  (call) => {
    test.each(["not-done", "done-but-reply-lost"] as const)("%s: called again, there is one copy", async (flavour) => {
      const performed = await made();
      performed.vault.failNext(call, flavour);
      await expect(performed.try(CLONE)).rejects.toMatchObject({ gone: true });
      performed.vault = new FakeToken(performed.vaultMemory);
      const context = performed.context();
      const begun = await book.find("clone-key")?.isBegun?.(performed.token, CLONE, context);
      expect(begun).toBe(call === "keepKey" && flavour === "done-but-reply-lost");
      const done = await performed.try(CLONE);
      if ("name" in done) throw new Error(done.name);
      expect(done.recovered).toBe(begun);
      expect(recheck(CLONE, done.outcome, done.context)).toEqual([]);
      expect(performed.vaultMemory.objects).toHaveLength(2);
    });
  },
);

test("what contradicts the request is taken away again", async () => {
  const performed = await made();
  const { context } = await performed.do(CLONE);
  await book.find("clone-key")?.undo?.(performed.token, CLONE, context);
  expect((await performed.vault.lookById(fromHex(context.ckaId))).found).toBe("nothing");
});

test("the inventory of the other token accounts for the copy, and that of the own token does not look for it", async () => {
  const performed = await made();
  await performed.do({ operation: "condemn-token", token: "vault" });
  await performed.do(CLONE);
  await performed.do({ operation: "list-keys" });
  expect(inventoryOf(performed.earlier.at(-1)?.outcome ?? {})).toMatchObject({ made: 1, unexpected: [], missing: [] });
});

test("half a copy is no work begun: where nothing may begin any more it is taken away, and none is made", async () => {
  const performed = await made();
  const { context } = await performed.do(CLONE);
  performed.vaultMemory.objects.pop();
  const looked: string[] = [];
  const told = { ...context, onStep: (step: ObtainStep) => void looked.push(step.at === "looked" ? step.lookup.found : step.at) };
  expect(await book.find("clone-key")?.isBegun?.(performed.token, CLONE, told)).toBe(false);
  expect([looked, performed.vaultMemory.objects]).toEqual([["half"], []]);
});
