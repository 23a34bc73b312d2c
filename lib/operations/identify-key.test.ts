import { describe, expect, test } from "vitest";
import type { OperationRequest } from "#lib/ceremony/script";
import { sha256Hex } from "#lib/log/digest";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { book } from "./book";
import { IDENTIFY, keyBefore } from "./key-before.under-test";
import { inventoryOf } from "./list-keys";
import { AES, PAIR, PerformedOperations, problemsOf, recheck } from "./performed-operations.under-test";

const HEALTH = { operation: "token-health" };
const refusal = (name: string) => ({ call: "identify-key", name });

test("later steps may name the key, and the inventory counts it as there before", async () => {
  const performed = new PerformedOperations();
  const key = await keyBefore(performed);
  for (const request of [HEALTH, IDENTIFY]) await performed.do(request);
  for (const request of [
    { operation: "prove-not-exportable", label: "old" },
    { operation: "export-public-key", label: "old" },
    { operation: "test-signature", label: "old", signature: "ES256" },
  ]) {
    const { outcome, context } = await performed.do(request);
    expect(recheck(request, outcome, context)).toEqual([]);
  }
  const { outcome } = await performed.do({ operation: "list-keys" });
  expect(inventoryOf(outcome)).toEqual({ keys: 1, made: 0, before: 1, unexpected: [], missing: [], changed: [] });
  expect(key.kind === "pair" && performed.earlier[1]?.outcome["spkiSha256"]).toBe(key.kind === "pair" && sha256Hex(key.spki));
});

test("a secret key is found as well, and may do what its attributes say", async () => {
  const performed = new PerformedOperations();
  await keyBefore(performed, { ...freshTemplate("AES-256"), label: "old" });
  await performed.do(HEALTH);
  const request = { ...IDENTIFY, kind: "secret-key", algorithm: "AES-256" };
  const { outcome, context } = await performed.do(request);
  expect(recheck(request, outcome, context)).toEqual([]);
  await performed.do({ operation: "test-encryption", label: "old" });
});

describe("with a usage, what the key is for,", () => {
  const FOR_SIGNING = { ...IDENTIFY, usage: ["sign"] };

  test("accepts a key that can do it and nothing else, and marks nothing", async () => {
    const performed = new PerformedOperations();
    await keyBefore(performed);
    await performed.do(HEALTH);
    const { outcome, context } = await performed.do(FOR_SIGNING);
    expect(recheck(FOR_SIGNING, outcome, context)).toEqual([]);
    expect(book.find("identify-key")?.tell(FOR_SIGNING, outcome).attributes.filter(({ needless }) => needless)).toEqual([]);
  });

  test("marks every capability that nobody needs, and only because the usage was said", async () => {
    const performed = new PerformedOperations();
    await keyBefore(performed, { usage: { sign: true, derive: true } });
    await performed.do(HEALTH);
    const { outcome, context } = await performed.do(FOR_SIGNING);
    expect(recheck(FOR_SIGNING, outcome, context)).toEqual([]);
    const needless = (request: OperationRequest) =>
      book.find("identify-key")?.tell(request, outcome).attributes.filter((attribute) => attribute.needless);
    expect(needless(FOR_SIGNING)).toEqual([{ text: "can derive other keys", needless: true }]);
    expect(needless(IDENTIFY)).toEqual([]);
  });

  test("refuses a key that cannot do it, at once and in years", async () => {
    const performed = new PerformedOperations();
    await keyBefore(performed);
    await performed.do(HEALTH);
    const forBoth = { ...IDENTIFY, usage: ["sign", "derive"] };
    expect(await performed.try(forBoth)).toEqual(refusal("KEY-CANNOT-DO-IT"));
    const { outcome, context } = await performed.do(IDENTIFY);
    expect(recheck(forBoth, outcome, context)).toEqual(["it cannot derive, which it is for"]);
  });

  test("says so in the sentence that people read", () => {
    const rules = book.find("identify-key");
    expect(rules?.sentence(FOR_SIGNING, { serial: "s-1" })).toContain("It is there to sign; whatever else it can do is marked. Nothing");
    expect(rules?.sentence(IDENTIFY, { serial: "s-1" })).not.toContain("It is there");
  });
});

describe("refuses", () => {
  test("a label that no key has, and one that two keys have", async () => {
    const performed = new PerformedOperations();
    expect(await performed.try(IDENTIFY)).toEqual(refusal("KEY-NOT-FOUND"));
    await keyBefore(performed);
    const elsewhere = new PerformedOperations();
    await keyBefore(elsewhere);
    performed.memory.objects.push(...elsewhere.memory.objects);
    expect(await performed.try(IDENTIFY)).toEqual(refusal("KEY-NOT-UNIQUE"));
  });

  test("half a pair, another kind, another algorithm and another public key", async () => {
    const performed = new PerformedOperations();
    await keyBefore(performed);
    await performed.do(HEALTH);
    expect(await performed.try({ ...IDENTIFY, algorithm: "EC-P384" })).toEqual(refusal("ANOTHER-KIND-OF-KEY"));
    expect(await performed.try({ ...IDENTIFY, kind: "secret-key", algorithm: "AES-256" })).toEqual(refusal("ANOTHER-KIND-OF-KEY"));
    expect(await performed.try({ ...IDENTIFY, spkiSha256: "ab".repeat(32) })).toEqual(refusal("ANOTHER-PUBLIC-KEY"));
    performed.memory.objects.pop();
    expect(await performed.try(IDENTIFY)).toEqual(refusal("KEY-NOT-COMPLETE"));
  });

  test("a key that this ceremony made", async () => {
    const performed = new PerformedOperations();
    await performed.do(PAIR);
    expect(await performed.try({ ...IDENTIFY, label: "jwt" })).toEqual(refusal("KEY-OF-THIS-CEREMONY"));
  });

  test("a key that the token's listing did not have, at once and in years", async () => {
    const performed = new PerformedOperations();
    await performed.do(HEALTH);
    await keyBefore(performed);
    expect(await performed.try(IDENTIFY)).toEqual(refusal("KEY-NOT-LISTED"));
    const unlisted = new PerformedOperations();
    await keyBefore(unlisted);
    expect(await unlisted.try(IDENTIFY), "without a listing nobody can say that it was there").toEqual(refusal("KEY-NOT-LISTED"));
    await unlisted.do(HEALTH);
    const done = await unlisted.do(IDENTIFY);
    expect(recheck(IDENTIFY, done.outcome, { ...done.context, earlier: [] })).toContain(
      "its private key was not on the token when it was listed",
    );
    const problems = recheck(IDENTIFY, done.outcome, { ...done.context, earlier: performed.earlier });
    expect(problems).toContain("its private key was not on the token when it was listed");
  });

  test.each([
    [{ ...IDENTIFY, kind: "card" }, "kind is key-pair or secret-key."],
    [{ ...IDENTIFY, algorithm: "AES-256" }, "The algorithm is one of RSA-2048"],
    [{ ...IDENTIFY, spkiSha256: "abc" }, "SHA-256 in 64 hex digits"],
    [{ ...IDENTIFY, kind: "secret-key", algorithm: "AES-256", spkiSha256: "ab".repeat(32) }, "A secret key has no public key"],
    [{ ...IDENTIFY, usage: ["fly"] }, "A key cannot fly"],
    [{ ...IDENTIFY, usage: [] }, "The usage says what the key may do"],
    [{ ...IDENTIFY, extractable: false }, "identify-key has no parameter called extractable."],
  ])("%j", (request, says) => {
    expect(problemsOf(book, request).join(" ")).toContain(says);
  });
});

test("a key that a script makes and one that it identifies are told apart: neither can be taken for the other", async () => {
  const performed = new PerformedOperations();
  await keyBefore(performed);
  for (const request of [HEALTH, IDENTIFY, AES]) await performed.do(request);
  expect(inventoryOf((await performed.do({ operation: "list-keys" })).outcome)).toMatchObject({ made: 1, before: 1 });
});

test("a script cannot name the keys that the worker signs with", () => {
  const problems = (label: string) => problemsOf(book, { ...IDENTIFY, label });
  expect(problems("old")).toEqual([]);
  for (const label of ["claviger-recorder", "claviger-record-signing"]) {
    expect(problems(label)).toEqual(["A key whose label begins with claviger- is the worker's own, and no ceremony works with it."]);
  }
});
