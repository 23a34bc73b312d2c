import { constants, createHash, createPublicKey, publicEncrypt } from "node:crypto";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { obtainKey } from "#lib/token/obtain-key";
import type { KeyTemplate } from "#lib/token/template";
import { ChildToken } from "../token/child-token";
import { childKeeper } from "../token/child-keeper";
import { verifies } from "../token/key-use";
import { CANARY_PIN, testToken } from "../token/test-token.under-test";
import type { Fault } from "./faulty-module.under-test";
import { PoolBusy, SigningPool } from "./signing-pool";
import type { Work } from "./signing-protocol";

/** What happens to signatures when the token, or its module, does not do what it should: SoftHSM2, and faults put before it. */
const token = await testToken("softhsm", "faults");
const faultFile = path.join(token.folder, "fault");
const idOf = (label: string) => createHash("sha256").update(label).digest();
const id = idOf("key");
const { spki, serial, made, checkValues } = await makeKeys();
const publicKey = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
const data = Buffer.from("what is signed");

const said: string[] = [];
let pinRefusals = 0;
const pool = poolOf(2, (line) => said.push(line));
afterEach(() => rmSync(faultFile, { force: true }));
afterAll(async () => {
  await pool.close();
  token.drop();
});

function poolOf(processes: number, say: (line: string) => void): SigningPool {
  return new SigningPool({
    processes,
    config: { mode: "serve", ...place(), pin: token.options.pin },
    environment: token.options.environment,
    mostOfOne: 1_000,
    mostOfAll: 1_000,
    say,
    callLimitMs: 5_000,
    pin: { mark: () => "", refused: () => (pinRefusals += 1) },
    program: new URL("./faulty-signing-child.under-test.ts", import.meta.url),
  });
}

function place() {
  const { profile, modulePath, label } = token.options;
  return { profile, modulePath, label, serial, configDirectory: null };
}

async function makeKeys() {
  const opened = await ChildToken.open(token.options);
  try {
    const order = async (template: Omit<KeyTemplate, "id" | "extractable" | "sensitive">) => {
      const obtained = await obtainKey(opened, { ...template, id: idOf(template.label), extractable: false, sensitive: true });
      if (!obtained.ok) throw new Error(obtained.refusal.reason);
    };
    await order({ algorithm: "EC-P256", label: "key", usage: { sign: true } });
    await order({ algorithm: "AES-256", label: "data", usage: { encrypt: true, decrypt: true } });
    await order({ algorithm: "AES-256", label: "kek", usage: { wrap: true, unwrap: true } });
    await order({ algorithm: "HMAC-SHA256", label: "mac", usage: { sign: true, verify: true } });
    await order({ algorithm: "RSA-2048", label: "box", usage: { decrypt: true, unwrap: true } });
    const [data, mac, kek] = [await opened.checkValue(idOf("data")), await opened.checkValue(idOf("mac")), await opened.checkValue(idOf("kek"))];
    const checkValues = { data, mac, kek };
    const [spki, box] = [await opened.exportPublicKey(id), await opened.exportPublicKey(idOf("box"))];
    return { spki, serial: (await opened.info()).serial, made: { box }, checkValues };
  } finally {
    await opened.close();
  }
}

const make = (fault: Fault) => writeFileSync(faultFile, fault);
const signed = (withinMs = 60_000, check = true, by = pool) => by.perform("billing", { what: "sign", id, spki, algorithm: "ES256", data, check }, withinMs);
const isGood = async (signature: Promise<Uint8Array>) => verifies(publicKey, "ES256", data, await signature);
const usable = () => expect.poll(() => [pool.health.ready, pool.health.fault], { timeout: 60_000 }).toEqual([2, null]);

test("signs, by two processes", async () => {
  await usable();
  const signatures = await Promise.all(Array.from({ length: 50 }, () => signed()));
  expect(signatures.every((one) => verifies(publicKey, "ES256", data, one))).toBe(true);
});

describe("keys that sign nothing", () => {
  const work = (asked: Work) => pool.perform("billing", asked, 60_000);
  const named = (label: "data" | "mac") => ({ id: idOf(label), checkValue: checkValues[label] });
  const [secret, aad] = [Buffer.from("a secret"), Buffer.from("whose")];
  const refused = { ckrName: "INPUT-REFUSED" };
  const changed = (bytes: Uint8Array, at: number) => Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)));

  test("AES-GCM: what was encrypted is opened, and nothing that was changed, nor with other further data; each iv is another", async () => {
    const [sealed, again] = [await work({ what: "encrypt", ...named("data"), data: secret, aad }), await work({ what: "encrypt", ...named("data"), data: secret, aad })];
    expect(sealed).toHaveLength(12 + secret.length + 16);
    expect(Buffer.from(sealed.subarray(0, 12))).not.toEqual(Buffer.from(again.subarray(0, 12)));
    const open = (data: Uint8Array, with_ = aad) => work({ what: "decrypt", ...named("data"), data, aad: with_ });
    expect(Buffer.from(await open(sealed))).toEqual(secret);
    for (const at of [0, 14, sealed.length - 1]) await expect(open(changed(sealed, at))).rejects.toMatchObject(refused);
    await expect(open(sealed, Buffer.from("other"))).rejects.toMatchObject(refused);
    await expect(open(sealed.subarray(0, 20))).rejects.toMatchObject(refused);
    expect(Buffer.from(await open(again))).toEqual(secret);
  });

  test("a key that is another than the register has is not used", async () => {
    const other = { ...named("data"), checkValue: "000000" };
    await expect(work({ what: "encrypt", ...other, data: secret, aad })).rejects.toMatchObject({ ckrName: "KEY-NOT-AS-RECORDED" });
    const kek = { id: idOf("kek"), checkValue: "000000" };
    const by: readonly Work[] = [
      { what: "decrypt", ...other, data: Buffer.alloc(40), aad },
      { what: "mac", ...named("mac"), checkValue: "000000", data: secret },
      { what: "verify-mac", ...named("mac"), checkValue: "000000", data: secret, mac: Buffer.alloc(32) },
      { what: "wrap", ...kek, data: Buffer.alloc(32) },
      { what: "unwrap", ...kek, by: "AES-KWP", data: Buffer.alloc(40) },
    ];
    for (const one of by) await expect(work(one)).rejects.toMatchObject({ ckrName: "KEY-NOT-AS-RECORDED" });
  });

  test("a data key is wrapped and unwrapped (RFC 5649), and nothing that was changed", async () => {
    const data = Buffer.alloc(32, 7);
    expect(checkValues.kek).toMatch(/^[0-9a-f]{6}$/);
    const kek = { id: idOf("kek"), checkValue: checkValues.kek };
    const wrapped = await work({ what: "wrap", ...kek, data });
    expect(wrapped).toHaveLength(40);
    const unwrap = (bytes: Uint8Array) => work({ what: "unwrap", by: "AES-KWP", ...kek, data: bytes });
    expect(Buffer.from(await unwrap(wrapped))).toEqual(data);
    await expect(unwrap(changed(wrapped, 3))).rejects.toMatchObject(refused);
  });

  test("HMAC: a MAC is right or it is not", async () => {
    const mac = await work({ what: "mac", ...named("mac"), data: secret });
    const check = async (one: Uint8Array) => [...(await work({ what: "verify-mac", ...named("mac"), data: secret, mac: one }))];
    expect([await check(mac), await check(changed(mac, 5)), await check(mac.subarray(0, 8))]).toEqual([[1], [0], [0]]);
  });

  test("RSA-OAEP: what was encrypted to the public half is opened, and unwrapped; anything else is refused", async () => {
    const key = createPublicKey({ key: Buffer.from(made.box), format: "der", type: "spki" });
    const sealed = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, secret);
    expect(Buffer.from(await work({ what: "open", id: idOf("box"), data: sealed }))).toEqual(secret);
    await expect(work({ what: "open", id: idOf("box"), data: changed(sealed, 9) })).rejects.toMatchObject(refused);
    const wrapped = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, Buffer.alloc(32, 7));
    expect(Buffer.from(await work({ what: "unwrap", by: "RSA-OAEP", id: idOf("box"), data: wrapped }))).toEqual(Buffer.alloc(32, 7));
    await expect(work({ what: "unwrap", by: "RSA-OAEP", id: idOf("box"), data: changed(wrapped, 9) })).rejects.toMatchObject(refused);
  });
});

test("a work that is none is refused by itself, and those beside it are done", async () => {
  const long: Work = { what: "verify-mac", id: idOf("mac"), checkValue: null, data, mac: new Uint8Array(65) };
  const all = await Promise.allSettled([signed(), pool.perform("billing", long, 60_000), signed(), pool.perform("other", { ...long, id: new Uint8Array() }, 60_000), signed()]);
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
});

describe("nobody notices", () => {
  test("that a session was closed: another process takes the work", async () => {
    make("session-closed");
    expect(await Promise.all(Array.from({ length: 20 }, () => isGood(signed())))).not.toContain(false);
    await usable();
  });

  test("that a process died in the module", async () => {
    make("crash");
    expect(await Promise.all(Array.from({ length: 20 }, () => isGood(signed())))).not.toContain(false);
    await usable();
  });
});

test("nobody waits for a process that hangs beyond the time given, and it is replaced", async () => {
  await usable();
  const before = said.length;
  let late: unknown = null;
  // It may be a process that is only looked after which hangs, or one that was merely slow: then the next one.
  while (!(late instanceof PoolBusy) || existsSync(faultFile)) {
    await usable();
    make("hang");
    late = await signed(1_000).catch((fault: unknown) => fault);
  }
  expect(late.why).toBe("DEADLINE-PASSED");
  await expect.poll(() => said.length, { timeout: 60_000 }).toBeGreaterThan(before);
  await usable();
  expect(await isGood(signed())).toBe(true);
});

test("a device that answers with errors is said to be unusable, and is used again when they are over, without anybody's asking", async () => {
  make("device-error");
  await expect(signed()).rejects.toMatchObject({ ckrName: "CKR_DEVICE_ERROR" });
  // A byte that was drawn before may be told after.
  await expect.poll(() => pool.health.fault, { timeout: 60_000 }).toBe("CKR_DEVICE_ERROR");
  rmSync(faultFile);
  await usable();
  expect(await isGood(signed())).toBe(true);
});

test("a signature that is wrong never leaves, and the processes that made it are replaced", async () => {
  make("wrong-signature");
  await expect(signed()).rejects.toMatchObject({ ckrName: expect.stringMatching(/^(?:SIGNATURE-DOES-NOT-VERIFY|KEY-NOT-AS-RECORDED)$/) as string });
  rmSync(faultFile);
  await usable();
  expect(await isGood(signed())).toBe(true);
});

test("where only the first signature is verified, a later wrong one leaves: that is the price of the setting", async () => {
  // One process and no other: whoever made the first makes the later one.
  const alone = poolOf(1, () => undefined);
  const unchecked = () => isGood(signed(60_000, false, alone));
  expect(await unchecked()).toBe(true);
  make("wrong-signature");
  expect(await unchecked()).toBe(false);
  rmSync(faultFile);
  expect(await unchecked()).toBe(true);
  await alone.close();
});

test("a token that goes away is missed also while nobody asks, and served again when it is back", async () => {
  await usable();
  const tokens = path.join(token.folder, "tokens");
  renameSync(tokens, `${tokens}.away`);
  await expect.poll(() => pool.health.ready, { timeout: 60_000 }).toBe(0);
  await expect(signed(200)).rejects.toMatchObject({ why: "DEADLINE-PASSED" });
  const waiting = signed();
  renameSync(`${tokens}.away`, tokens);
  expect(await isGood(waiting)).toBe(true);
  await usable();
});

test("a PIN that was changed is tried once; who is logged in goes on, and all do when it is put right", async () => {
  await usable();
  const keeper = childKeeper({ ...place(), environment: token.options.environment, never: [] });
  await keeper.perform({ task: "change-pin", holder: "user", oldPin: Buffer.from(CANARY_PIN), newPin: Buffer.from("another-pin") });
  make("crash");
  expect(await isGood(signed())).toBe(true);
  await expect.poll(() => pool.health.pinRefused, { timeout: 60_000 }).toBe(true);
  expect([pinRefusals, pool.health.ready]).toEqual([1, 1]);
  expect(await isGood(signed())).toBe(true);
  writeFileSync(token.pinFile, "another-pin\n");
  pool.tryPinAgain();
  await usable();
  expect(pinRefusals).toBe(1);
});
