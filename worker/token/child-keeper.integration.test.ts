import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "#lib/log/digest";
import { obtainKey } from "#lib/token/obtain-key";
import type { PinTask, TokenKeeper } from "#lib/token/token-keeper";
import { childKeeper, type KeeperOptions } from "./child-keeper";
import { ChildToken, type ChildTokenOptions } from "./child-token";
import { CANARY_PIN, CANARY_SO_PIN, testToken, type TestToken } from "./test-token.under-test";

let ground: TestToken;
beforeAll(async () => {
  ground = await testToken("softhsm");
});
afterAll(() => ground.drop());

const keeperOf = ({ options }: TestToken, change: Partial<KeeperOptions> = {}): TokenKeeper =>
  childKeeper({
    profile: options.profile,
    modulePath: options.modulePath,
    label: options.label,
    serial: options.serial ?? null,
    configDirectory: options.configDirectory ?? null,
    environment: options.environment,
    never: [],
    ...change,
  });
const serialOf = async (options: ChildTokenOptions): Promise<string> => {
  const token = await ChildToken.open(options);
  const { serial } = await token.info();
  await token.close();
  return serial;
};
/** Fresh bytes each time: a task overwrites its PINs. */
const initialise = (officer: string, user: string, label = "fresh"): PinTask => ({ task: "initialise", label, securityOfficerPin: utf8(officer), userPin: utf8(user) });
const change = (holder: "user" | "security-officer", from: string, to: string): PinTask => ({ task: "change-pin", holder, oldPin: utf8(from), newPin: utf8(to) });

describe("SoftHSM2", () => {
  test("makes a token in a free slot, with both PINs, once: nothing is made under a label that a token has", async () => {
    const fresh = keeperOf(ground, { label: "fresh", serial: null });
    const made = await fresh.perform(initialise("officer-1234", "user-5678"));
    expect(made).toMatchObject({ label: "fresh", pinLength: { least: 4, most: 255 } });
    expect(made.flags).toEqual(expect.arrayContaining(["TOKEN_INITIALIZED", "USER_PIN_INITIALIZED"]));
    const token = await ChildToken.open({ ...ground.options, label: "fresh", serial: made.serial, pin: { bytes: utf8("user-5678") } });
    expect((await token.info()).serial).toBe(made.serial);
    await token.close();
    await expect(fresh.perform(initialise("officer-1234", "user-5678"))).rejects.toMatchObject({ ckrName: "TOKEN-EXISTS" });
  });

  test("initialises a token that has keys only with the security officer's PIN, and nothing of them is left", async () => {
    const other = await testToken("softhsm", "used");
    const serial = await serialOf(other.options);
    const token = await ChildToken.open(other.options);
    const template = { algorithm: "EC-P256", label: "k", id: utf8("k"), usage: { sign: true }, extractable: false, sensitive: true } as const;
    expect((await obtainKey(token, template)).ok).toBe(true);
    await token.close();

    const keeper = keeperOf(other, { serial });
    await expect(keeper.perform(initialise("canary-wrong", "user-5678", "used"))).rejects.toMatchObject({ name: "PinRefused", ckrName: "CKR_PIN_INCORRECT" });
    const again = await ChildToken.open(other.options);
    expect((await again.listObjects()).length).toBe(2);
    await again.close();

    const after = await keeper.perform(initialise(CANARY_SO_PIN, "user-5678", "used"));
    const emptied = await ChildToken.open({ ...other.options, serial: after.serial, pin: { bytes: utf8("user-5678") } });
    expect(await emptied.listObjects()).toEqual([]);
    await emptied.close();
    other.drop();
  });

  test("changes the user's PIN and the security officer's, each with its own and not with the other's", async () => {
    const keeper = keeperOf(ground, { serial: await serialOf(ground.options) });
    await expect(keeper.perform(change("user", CANARY_SO_PIN, "new-user-1"))).rejects.toMatchObject({ name: "PinRefused" });
    await expect(keeper.perform(change("security-officer", CANARY_PIN, "new-so-1"))).rejects.toMatchObject({ name: "PinRefused" });
    await keeper.perform(change("user", CANARY_PIN, "new-user-1"));
    await keeper.perform(change("security-officer", CANARY_SO_PIN, "new-so-1"));
    await keeper.perform({ task: "check-pin", userPin: utf8("new-user-1") });
    await expect(ChildToken.open(ground.options)).rejects.toMatchObject({ name: "PinRefused" });
    await keeper.perform(change("security-officer", "new-so-1", CANARY_SO_PIN));
    await keeper.perform(change("user", "new-user-1", CANARY_PIN));
  });

  test("refuses a PIN of a length it does not take, and the old one still holds", async () => {
    const keeper = keeperOf(ground, { serial: await serialOf(ground.options) });
    await expect(keeper.perform(change("user", CANARY_PIN, "abc"))).rejects.toMatchObject({ ckrName: "CKR_PIN_LEN_RANGE" });
    await keeper.perform({ task: "check-pin", userPin: utf8(CANARY_PIN) });
  });

  test("never touches a token of the worker's, nor another device under the same label", async () => {
    const serial = await serialOf(ground.options);
    const worker = keeperOf(ground, { serial, never: [serial] });
    await expect(worker.perform(initialise(CANARY_SO_PIN, CANARY_PIN))).rejects.toMatchObject({ ckrName: "TOKEN-OF-THE-WORKER" });
    await expect(keeperOf(ground, { serial: "0000000000000000" }).perform(change("user", CANARY_PIN, "new-user-1"))).rejects.toMatchObject({ ckrName: "TOKEN-NOT-FOUND" });
    expect(await serialOf(ground.options)).toBe(serial);
  });

  test("gives no PIN away: overwritten in the task, in no message of a refusal", async () => {
    const keeper = keeperOf(ground, { serial: await serialOf(ground.options) });
    const task = change("user", "canary-wrong", "canary-newer");
    const refused: unknown = await keeper.perform(task).catch((error: unknown) => error);
    expect(JSON.stringify(refused) + String(refused) + ((refused as Error).stack ?? "")).not.toContain("canary");
    for (const value of Object.values(task)) if (value instanceof Uint8Array) expect(value.every((byte) => byte === 0)).toBe(true);
  });
});

describe("NSS softokn", () => {
  test("changes the user's PIN, and says by name what it cannot do", async () => {
    const nss = await testToken("nss");
    const keeper = keeperOf(nss);
    const serial = await serialOf(nss.options);
    const own = keeperOf(nss, { serial });
    await own.perform(change("user", CANARY_PIN, "new-user-1"));
    await own.perform({ task: "check-pin", userPin: utf8("new-user-1") });
    await expect(own.perform(change("user", CANARY_PIN, "new-user-2"))).rejects.toMatchObject({ name: "PinRefused" });
    writeFileSync(path.join(nss.folder, "pin"), "new-user-1");
    expect(await serialOf(nss.options)).toBe(serial);
    await expect(keeper.perform(initialise("officer-1234", "user-5678"))).rejects.toMatchObject({ ckrName: "PROFILE-HAS-NO-SECURITY-OFFICER-PIN" });
    await expect(own.perform(change("security-officer", "a", "b"))).rejects.toMatchObject({ ckrName: "PROFILE-CANNOT-CHANGE-PIN" });
    nss.drop();
  });
});
