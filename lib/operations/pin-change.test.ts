import { describe, expect, test } from "vitest";
import { NO_SERIAL } from "#lib/ceremony/operation";
import { obtainKey } from "#lib/token/obtain-key";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { book } from "./book";
import { executeOperation } from "./execute-operation";
import { inventoryOf } from "./list-keys";
import { changed, PerformedOperations, recheck } from "./performed-operations.under-test";

const INITIALISE = { operation: "initialise-token", token: "vault", label: "vault-2026" };
const USER = { operation: "change-user-pin", token: "vault" };
const OFFICER = { operation: "change-so-pin", token: "vault" };
const UNLOCK = { operation: "unlock-token", token: "vault" };

/** The operation done with these secrets. */
async function performed(request: { operation: string }, secrets: Record<string, string>, there = new PerformedOperations()) {
  there.secrets = secrets;
  return { there, ...(await there.do(request)) };
}

describe("initialise-token", () => {
  test("makes an empty token anew with both PINs, and tells its new serial number", async () => {
    const there = new PerformedOperations();
    const { outcome, context } = await performed(INITIALISE, { "so-pin": "officer-1", "user-pin": "custodian-1" }, there);
    expect(there.keeper.pins).toEqual({ "security-officer": "officer-1", user: "custodian-1" });
    expect(outcome).toMatchObject({ was: there.vaultMemory.serial, lost: [], token: { label: "vault-2026", serial: "fa4e000000000009" } });
    expect(recheck(INITIALISE, outcome, context)).toEqual([]);
  });

  const CONDEMN = { operation: "condemn-token", token: "vault" };
  const withKey = async () => {
    const there = new PerformedOperations();
    const made = await obtainKey(there.vault, freshTemplate("EC-P256"));
    if (!made.ok) throw new Error(made.refusal.reason);
    return there;
  };

  test("makes a condemned token anew with everything on it; nothing is left, what is lost is told, and no listing misses it", async () => {
    const there = await withKey();
    await there.do({ operation: "list-keys", token: "vault" });
    await there.do(CONDEMN);
    const { outcome, context } = await there.do(INITIALISE);
    expect(there.vaultMemory.objects).toEqual([]);
    expect(outcome["lost"]).toHaveLength(2);
    expect(recheck(INITIALISE, outcome, context)).toEqual([]);
    const told = book.find("initialise-token")?.tell(INITIALISE, outcome).facts.find(({ name }) => name === "Destroyed with it")?.value;
    expect(told).toMatch(/^private-key .*; public-key /);
    const listed = await there.do({ operation: "list-keys", token: "vault" });
    expect(inventoryOf(listed.outcome)).toMatchObject({ unexpected: [], missing: [], changed: [] });
  });

  test("refuses, and destroys nothing, where a token holds what nobody condemned, or more than people agreed to", async () => {
    const there = await withKey();
    expect(await there.try(INITIALISE)).toEqual({ call: "initialise-token", name: "TOKEN-NOT-CONDEMNED" });
    await there.do(CONDEMN);
    await obtainKey(there.vault, freshTemplate("AES-256"));
    expect(await there.try(INITIALISE)).toEqual({ call: "initialise-token", name: "TOKEN-HOLDS-MORE" });
    expect(there.vaultMemory.objects).toHaveLength(3);
    expect(there.keeper.pins).toEqual({ "security-officer": "officer-pin", user: "user-pin" });
  });

  test("is contradicted in years by a loss that nobody condemned, or that went beyond it", async () => {
    const there = await withKey();
    await there.do(CONDEMN);
    const { outcome, context } = await there.do(INITIALISE);
    const says = "what was on it had not been condemned";
    expect(recheck(INITIALISE, outcome, { ...context, earlier: [] })).toEqual([`${says}: TOKEN-NOT-CONDEMNED`]);
    expect(recheck(INITIALISE, changed(outcome, "lost.0.label", "other"), context)).toEqual([`${says}: TOKEN-HOLDS-MORE`]);
  });

  test("does not look into a token that does not exist yet", async () => {
    const there = new PerformedOperations();
    const context = { ...there.context(), others: { vault: NO_SERIAL }, other: () => Promise.reject(new Error("looked")) };
    const done = await executeOperation(there.token, INITIALISE, context);
    expect(done).toMatchObject({ ok: true, value: { outcome: { was: NO_SERIAL, lost: [] } } });
  });

  test("is contradicted by another token before, another label, and a token that does not say that it is ready", async () => {
    const { outcome, context } = await performed(INITIALISE, { "so-pin": "officer-1", "user-pin": "custodian-1" });
    for (const [path, value] of [["was", "0000"], ["token.label", "other"], ["token.flags", ["TOKEN_INITIALIZED"]], ["token.profile", "none"], ["more", 1]] as const) {
      expect(recheck(INITIALISE, changed(outcome, path, value as never), context), path).not.toEqual([]);
    }
  });

  test("refuses one PIN for security officer and user", async () => {
    const there = new PerformedOperations();
    there.secrets = { "so-pin": "the-same-1", "user-pin": "the-same-1" };
    expect(await there.try(INITIALISE)).toEqual({ call: "initialise-token", name: "PINS-ALIKE" });
    expect(there.keeper.pins.user).toBe("user-pin");
  });

  test("says in its sentence what is destroyed, or that there is nothing yet", () => {
    const sentence = (serial: string) =>
      book.find("initialise-token")?.sentence(INITIALISE, { serial: "s-1", others: { vault: serial } });
    expect(sentence("s-2")).toContain("Initialise token vault (serial s-2) anew, under the label vault-2026: whatever is on it must have been condemned, and is destroyed");
    expect(sentence(NO_SERIAL)).toContain("Make token vault, which does not exist yet");
  });
});

describe.each([
  [USER, "user", "user-pin"],
  [OFFICER, "security-officer", "officer-pin"],
] as const)("%j", (request, holder, before) => {
  const [old, fresh] = holder === "user" ? (["user-pin", "new-user-pin"] as const) : (["so-pin", "new-so-pin"] as const);

  test("changes that PIN and leaves the other", async () => {
    const { there, outcome, context } = await performed(request, { [old]: before, [fresh]: "fresh-9999" });
    expect(there.keeper.pins[holder]).toBe("fresh-9999");
    expect(Object.values(there.keeper.pins)).toContain(holder === "user" ? "officer-pin" : "user-pin");
    expect(recheck(request, outcome, context)).toEqual([]);
    expect(JSON.stringify(outcome)).not.toContain("fresh-9999");
  });

  test("offers a wrong old PIN once, and fails with the token's own answer", async () => {
    const there = new PerformedOperations();
    there.secrets = { [old]: "wrong-1234", [fresh]: "fresh-9999" };
    await expect(there.try(request)).rejects.toMatchObject({ name: "PinRefused", ckrName: "CKR_PIN_INCORRECT" });
    expect(there.keeper.offered).toEqual(["wrong-1234"]);
    expect(there.keeper.pins[holder]).toBe(before);
  });

  test("refuses a new PIN that is the old one, before the token is asked", async () => {
    const there = new PerformedOperations();
    there.secrets = { [old]: before, [fresh]: before };
    expect(await there.try(request)).toMatchObject({ name: "PIN-UNCHANGED" });
    expect(there.keeper.offered).toEqual([]);
  });

  test("is contradicted by another token, another role, and a token whose PIN is locked", async () => {
    const { outcome, context } = await performed(request, { [old]: before, [fresh]: "fresh-9999" });
    const locked = holder === "user" ? "USER_PIN_LOCKED" : "SO_PIN_LOCKED";
    for (const [path, value] of [["token.serial", "0000"], ["changed", "nobody"], ["token.flags", [locked]]] as const) {
      expect(recheck(request, changed(outcome, path, value as never), context), path).not.toEqual([]);
    }
  });

  test("asks for the PIN there is and for the new one, which is made up", () => {
    const asked = book.find(request.operation)?.secrets?.(request);
    expect(asked?.map(({ name, chosen, pinOf }) => [name, chosen, pinOf])).toEqual([[old, false, "vault"], [fresh, true, "vault"]]);
  });
});

test("unlock-token tries the PIN once and changes nothing", async () => {
  const { there, outcome, context } = await performed(UNLOCK, { "user-pin": "user-pin" });
  expect(there.keeper.offered).toEqual(["user-pin"]);
  expect(recheck(UNLOCK, outcome, context)).toEqual([]);
  expect(recheck(UNLOCK, changed(outcome, "token.serial", "0000"), context)).not.toEqual([]);
  there.secrets = { "user-pin": "wrong-1234" };
  await expect(there.try(UNLOCK)).rejects.toMatchObject({ name: "PinRefused" });
});
