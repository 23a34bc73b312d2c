import { describe, expect, test } from "vitest";
import { book } from "./book";
import { inventoryOf } from "./list-keys";
import { PAIR, PerformedOperations, problemsOf, recheck } from "./performed-operations.under-test";

const HEALTH = { operation: "token-health" };
const EXPECTED = {
  model: "Memory",
  firmware: "1.0",
  flags: ["LOGIN_REQUIRED", "RNG"],
  mechanisms: ["AES_GCM"],
  withoutMechanisms: ["RC4", "MD2"],
};
const sentence = (request: typeof HEALTH) =>
  book.find(request.operation)?.sentence(request, { serial: "3f9a", others: { vault: "77c0" } });

describe("what is expected of a token", () => {
  test("accepts a token that is as expected, and says what that was", async () => {
    const request = { ...HEALTH, expect: EXPECTED };
    const performed = new PerformedOperations();
    const { outcome, context } = await performed.do(request);
    expect(outcome["expected"]).toEqual(EXPECTED);
    expect(recheck(request, outcome, context)).toEqual([]);
    const told = book.find("token-health")?.tell(request, outcome).facts.find(({ name }) => name === "As expected");
    expect(told?.value).toBe(
      "model Memory, firmware 1.0, flags LOGIN_REQUIRED and RNG, mechanisms AES_GCM, none of the mechanisms RC4 and MD2",
    );
    expect(sentence(request)).toBe(
      "Ask token 3f9a who it is, what it can do and which objects it holds. It must have model Memory, firmware 1.0, " +
        "flags LOGIN_REQUIRED and RNG, mechanisms AES_GCM, none of the mechanisms RC4 and MD2. Nothing is changed.",
    );
  });

  test.each([
    [{ model: "Luna K7" }, "token-health model", "not as expected: model"],
    [{ firmware: "7.4.0" }, "token-health firmware", "not as expected: firmware"],
    [{ flags: ["RNG", "FIPS_MODE"] }, "token-health flags FIPS_MODE", "not as expected: flags FIPS_MODE"],
    [{ mechanisms: ["EDDSA", "ECDSA"] }, "token-health mechanisms EDDSA ECDSA", "not as expected: mechanisms EDDSA ECDSA"],
    [{ withoutMechanisms: ["RC4", "AES_GCM"] }, "token-health withoutMechanisms AES_GCM", "not as expected: withoutMechanisms AES_GCM"],
  ])("refuses a token without %j, in the room and in years", async (expect_, call, problem) => {
    const request = { ...HEALTH, expect: expect_ };
    const performed = new PerformedOperations();
    expect(await performed.try(request)).toEqual({ call, name: "TOKEN-NOT-AS-EXPECTED" });
    const { outcome, context } = await performed.do(HEALTH);
    expect(recheck(request, { ...outcome, expected: expect_ }, context)).toEqual([problem]);
  });

  test.each([
    [{ serial: "1" }, "A token is not expected to have serial"],
    [{}, "Nothing is expected"],
    ["SoftHSM", "What is expected has members"],
    [{ model: "x” and “y" }, "The expected model is a text of plain letters"],
    [{ flags: [] }, "The expected flags are a list"],
    [{ mechanisms: ["AES GCM"] }, "The expected mechanisms are a list"],
  ])("refuses to expect %j", (wanted, says) => {
    expect(problemsOf(book, { ...HEALTH, expect: wanted }).join(" ")).toContain(says);
  });
});

describe("another token", () => {
  test("is asked and listed by its name in the script, and compared with its own first listing", async () => {
    const performed = new PerformedOperations();
    const [health, list] = [{ ...HEALTH, token: "vault" }, { operation: "list-keys", token: "vault" }];
    for (const request of [HEALTH, health, PAIR]) await performed.do(request);
    const { outcome, context } = await performed.do(list);
    expect(recheck(list, outcome, context)).toEqual([]);
    expect(outcome["token"]).toMatchObject({ serial: performed.vaultMemory.serial });
    expect(inventoryOf(outcome)).toEqual({ keys: 0, made: 0, before: 0, unexpected: [], missing: [], changed: [] });
    expect(recheck(list, { ...outcome, token: performed.earlier[0]?.outcome["token"] ?? null }, context).join()).toContain("announced as vault was");
    expect(book.find("list-keys")?.tokens?.(list)).toEqual(["vault"]);
    expect(sentence(health)).toMatch(/^Ask token vault \(serial 77c0\) who it is/);
  });

  test("has a name of small letters", () => {
    expect(book.find("list-keys")?.problems({ operation: "list-keys", token: "the vault, and" })).toHaveLength(1);
    expect(book.find("token-health")?.problems({ ...HEALTH, token: 7 })).toHaveLength(1);
  });
});
