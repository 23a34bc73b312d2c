import { describe, expect, test } from "vitest";
import { FakeToken } from "#lib/token/fake-token.under-test";
import { obtainKey } from "#lib/token/obtain-key";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { book } from "./book";
import { PerformedOperations, problemsOf, recheck } from "./performed-operations.under-test";

const CONDEMN = { operation: "condemn-token", token: "vault" };
const ZEROISE = { operation: "zeroise-token", token: "vault" };

/** The vault holds two keys that were there before the ceremony, and people have agreed to zeroise it. */
async function condemned(): Promise<PerformedOperations> {
  const performed = new PerformedOperations();
  for (const algorithm of ["EC-P256", "AES-256"] as const) await obtainKey(performed.vault, freshTemplate(algorithm));
  for (const request of [{ operation: "token-health" }, CONDEMN]) await performed.do(request);
  return performed;
}

test("destroys everything on the condemned token, and nothing on the ceremony's own", async () => {
  const performed = await condemned();
  await obtainKey(performed.token, freshTemplate("EC-P256"));
  const { outcome, context } = await performed.do(ZEROISE);
  expect(outcome).toMatchObject({ objectsDestroyed: 3, left: [], token: { serial: performed.vaultMemory.serial } });
  expect(recheck(ZEROISE, outcome, context)).toEqual([]);
  expect(performed.vaultMemory.objects).toEqual([]);
  expect(performed.memory.objects).toHaveLength(2);
  expect(recheck(ZEROISE, { ...outcome, was: [] }, context)).toContain("what was on it is not what was condemned");
  expect(recheck(ZEROISE, { ...outcome, left: outcome["was"] ?? [] }, context)).toContain("3 objects are still on the token");
});

describe("refuses, and destroys nothing,", () => {
  test("a token that nobody condemned", async () => {
    const performed = await condemned();
    performed.earlier.pop();
    expect(await performed.try(ZEROISE)).toEqual({ call: "zeroise-token", name: "TOKEN-NOT-CONDEMNED" });
    expect(performed.vaultMemory.objects).toHaveLength(3);
  });

  test("a token that holds more than people agreed to", async () => {
    const performed = await condemned();
    await obtainKey(performed.vault, freshTemplate("EC-P256"));
    expect(await performed.try(ZEROISE)).toEqual({ call: "zeroise-token", name: "TOKEN-HOLDS-MORE" });
    expect(performed.vaultMemory.objects).toHaveLength(5);
  });

  test("the ceremony's own token, under whatever name it is handed over", async () => {
    const performed = await condemned();
    performed.vault = new FakeToken(performed.memory);
    expect(await performed.try(ZEROISE)).toEqual({ call: "zeroise-token", name: "OWN-TOKEN" });
  });

  test("a request that names no other token", () => {
    expect(problemsOf(book, { operation: "zeroise-token" })).toEqual([
      "zeroise-token needs the name of another token: token.",
    ]);
    expect(book.find("zeroise-token")?.problems({ ...ZEROISE, token: "vault, and nothing else" })).toHaveLength(1);
  });
});

test("of objects that are gone, and not by this worker's hand, nobody knows whether the work had begun", async () => {
  const performed = await condemned();
  performed.vaultMemory.objects.pop();
  expect(await book.find("zeroise-token")?.isBegun?.(performed.token, ZEROISE, performed.context())).toBe("unknown");
});

test.each([
  ["not-done", false, 3],
  ["done-but-reply-lost", true, 0],
] as const)("killed in the middle, %s: the next call finishes it", async (flavour, begun, destroyed) => {
  const performed = await condemned();
  performed.vault.failNext("destroyAll", flavour);
  await expect(performed.try(ZEROISE)).rejects.toMatchObject({ gone: true });
  performed.vault = new FakeToken(performed.vaultMemory);
  expect(await book.find("zeroise-token")?.isBegun?.(performed.token, ZEROISE, performed.context())).toBe(begun);
  const done = await performed.try(ZEROISE);
  if ("name" in done) throw new Error(done.name);
  expect(done).toMatchObject({ recovered: begun, outcome: { objectsDestroyed: destroyed } });
  expect(recheck(ZEROISE, done.outcome, done.context)).toEqual([]);
});
