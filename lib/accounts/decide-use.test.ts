import { describe, expect, test } from "vitest";
import { accepted, expectAccepted, expectRefused } from "#lib/ceremony/refused.under-test";
import { RecordedCeremonies, changeOf, dayAt, endorsed } from "#lib/register/evidence.under-test";
import type { EndorsedChange } from "#lib/register/key-change";
import { decideCipher, decidePublicKey, decideRandom, decideUse, publishedKeys, type Ask, type CipherAsk } from "./decide-use";
import { grantOf, inForce } from "./grant.under-test";

const PAIR = { operation: "generate-key-pair", algorithm: "EC-P256", usage: ["sign"], extractable: false };
const held = new RecordedCeremonies();
await held.hold("first", 0, { ...PAIR, label: "old" });
await held.hold("second", 30, { ...PAIR, label: "new" });
const activeOld = await endorsed(changeOf(held.key("old"), "active", 1));
const TOKEN = held.key("old").places[0]?.token ?? "";
const [oldKey, newKey] = [held.key("old").key, held.key("new").key];

const keysWith = (...changes: EndorsedChange[]) => new Map(held.register(changes).keys.map((key) => [key.key, key]));
const grant = inForce(grantOf({ keys: [{ alias: "jwt", keys: [newKey, oldKey], operations: ["sign", "verify"], algorithms: ["ES256"], tokens: null }] }));
const ask = (change: Partial<Ask> = {}): Ask => ({ operation: "sign", name: "jwt", algorithm: "ES256", ...change });
const on = (asked: Ask, { changes = [activeOld], token = TOKEN, at = dayAt(40), given = grant } = {}) => decideUse(given, keysWith(...changes), token, asked, at);

test("[GRANT-SCOPE] accepts what the grant names, by alias and by key", async () => {
  expect(await accepted(on(ask()))).toMatchObject({ key: { label: "old" }, algorithm: "ES256", ckaId: held.key("old").places[0]?.ckaId });
  expect(await accepted(on(ask({ name: oldKey, algorithm: null })))).toMatchObject({ key: { label: "old" }, algorithm: "ES256" });
  await expectAccepted(decideRandom(inForce(grantOf({ random: true })), dayAt(40)));
});

test.each<[string, Ask]>([
  ["another alias", ask({ name: "master" })],
  ["a key that it does not name, whether there is one or not", ask({ name: "00".repeat(32) })],
  ["another operation", ask({ operation: "issue-token" })],
  ["another algorithm", ask({ algorithm: "RS256" })],
  ["a key by a mark that none of its keys has", ask({ which: () => false })],
])("[GRANT-SCOPE] refuses %s", async (_, asked) => {
  await expectRefused(on(asked), "GRANT-SCOPE");
  await expectRefused(decideRandom(grant, dayAt(40)), "GRANT-SCOPE");
});

test("[GRANT-TIME] accepts until its end", async () => {
  await expectAccepted(on(ask(), { at: dayAt(89) }));
});

test("[GRANT-TIME] refuses from its end on, whatever is asked", async () => {
  await expectRefused(on(ask(), { at: grant.grant.until }), "GRANT-TIME");
  await expectRefused(on(ask({ name: "master" }), { at: dayAt(500) }), "GRANT-TIME");
  await expectRefused(decideRandom(inForce(grantOf({ random: true })), dayAt(500)), "GRANT-TIME");
});

describe("behind an alias", () => {
  test("the newest key that may sign does, as soon as it is active, and the old one still verifies", async () => {
    const activeNew = await endorsed(changeOf(held.key("new"), "active", 35));
    const changes = [activeOld, activeNew];
    expect((await accepted(on(ask(), { changes }))).key.label).toBe("new");
    const old = await accepted(on(ask({ operation: "verify", which: ({ key }) => key === oldKey }), { changes }));
    expect(old.key.label).toBe("old");
  });

  test("a key that may not is refused as the register refuses it", async () => {
    await expectRefused(on(ask(), { changes: [] }), "KEY-STATE");
    await expectRefused(on(ask({ name: newKey })), "KEY-STATE");
    await expectRefused(on(ask(), { token: "another" }), "KEY-STATE");
    await expectRefused(on(ask({ name: oldKey }), { token: "another" }), "KEY-RECORDED");
    const unknown = inForce(grantOf({ keys: [{ alias: "jwt", keys: ["ab".repeat(32)], operations: ["sign"], algorithms: ["ES256"], tokens: null }] }));
    await expectRefused(on(ask(), { given: unknown }), "KEY-RECORDED");
  });

  test("an algorithm that the grant names and the key is not for is refused by the key's purpose", async () => {
    const loose = inForce(grantOf({ keys: [{ alias: "jwt", keys: [oldKey], operations: ["sign"], algorithms: ["ES256", "RS256"], tokens: null }] }));
    await expectRefused(on(ask({ algorithm: "RS256" }), { given: loose }), "KEY-PURPOSE");
  });
});

describe("published", () => {
  const issuing = (operations: ("sign" | "verify" | "issue-token")[]) =>
    inForce(grantOf({ keys: [{ alias: "jwt", keys: [newKey, oldKey], operations, algorithms: ["ES256"], tokens: null }] }));
  const labels = (at: string, ...changes: EndorsedChange[]) => publishedKeys([issuing(["issue-token"])], keysWith(...changes), at).map(({ key }) => key.label).sort();

  test("are the key that signs, the next one before its first signature, and none when the grant is over", async () => {
    expect(labels(dayAt(40), activeOld)).toEqual(["new", "old"]);
    expect(labels(dayAt(500), activeOld)).toEqual([]);
  });

  test("is no suspended or compromised key", async () => {
    const suspended = await endorsed(changeOf(held.key("old", [activeOld]), "suspended", 36));
    expect(labels(dayAt(40), activeOld, suspended)).toEqual(["new"]);
  });

  test("is nothing by which nobody issues tokens, least of all what signs whatever it is given", () => {
    expect(publishedKeys([issuing(["sign", "verify"])], keysWith(activeOld), dayAt(40))).toEqual([]);
  });

  test("outlasts the grant by as long as a token lives", () => {
    const until = Date.parse(issuing([]).grant.until);
    const at = (minutes: number) => labels(new Date(until + minutes * 60_000).toISOString(), activeOld);
    expect([at(0).includes("old"), at(14).includes("old"), at(15)]).toEqual([true, true, []]);
  });
});

describe("encryption, wrapping and MACs", async () => {
  const make = (algorithm: string, usage: string[], operation = "generate-secret-key") => ({ operation, algorithm, usage, extractable: false });
  const ceremonies = new RecordedCeremonies();
  await ceremonies.hold("one", 0, { ...make("AES-256", ["encrypt", "decrypt"]), label: "data" });
  await ceremonies.hold("two", 1, { ...make("AES-256", ["wrap", "unwrap"]), label: "kek" });
  await ceremonies.hold("three", 2, { ...make("HMAC-SHA256", ["sign", "verify"]), label: "mac" });
  await ceremonies.hold("four", 3, { ...make("RSA-2048", ["decrypt"], "generate-key-pair"), label: "box" });
  await ceremonies.hold("five", 4, { ...make("AES-256", ["encrypt", "decrypt"]), label: "newer" });
  const labels = ["data", "kek", "mac", "box"];
  const active = await Promise.all([...labels, "newer"].map((label) => endorsed(changeOf(ceremonies.key(label), "active", 5))));
  const keys = new Map(ceremonies.register(active).keys.map((key) => [key.key, key]));
  const all = ["encrypt", "decrypt", "wrap", "unwrap", "mac", "verify-mac", "public-key", "sign"] as const;
  const id = (label: string) => ceremonies.key(label).key;
  const names = labels.map((label) => ({
    ...{ alias: label, keys: label === "data" ? [id("newer"), id("data")] : [id(label)], operations: [...all], tokens: null },
    algorithms: ["RSA-OAEP" as const, "AES-GCM" as const, "AES-KWP" as const, "HS256" as const, "RS256" as const],
  }));
  const given = inForce(grantOf({ keys: names }));
  const serial = ceremonies.key("data").places[0]?.token ?? "";
  const may = (operation: CipherAsk["operation"], name: string, change: Partial<CipherAsk> = {}, on = serial) =>
    decideCipher(given, keys, on, { operation, name, algorithm: null, key: null, ...change }, dayAt(6));

  test.each<[CipherAsk["operation"], string, string, boolean]>([
    ["encrypt", "data", "AES-GCM", true],
    ["decrypt", "data", "AES-GCM", true],
    ["wrap", "kek", "AES-KWP", true],
    ["unwrap", "kek", "AES-KWP", true],
    ["mac", "mac", "HS256", true],
    ["verify-mac", "mac", "HS256", true],
    ["encrypt", "box", "RSA-OAEP", false],
    ["decrypt", "box", "RSA-OAEP", true],
  ])("%s by %s is done by %s", async (operation, name, algorithm, onToken) => {
    const permitted = await accepted(may(operation, name));
    expect([permitted.algorithm, permitted.ckaId !== null]).toEqual([algorithm, onToken]);
    await (onToken ? expectRefused(may(operation, name, {}, "another"), "KEY-RECORDED") : expectAccepted(may(operation, name, {}, "another")));
  });

  test("no key does what it was not made for, whatever its grant says", async () => {
    for (const [operation, name] of [["encrypt", "kek"], ["wrap", "data"], ["mac", "data"], ["unwrap", "box"], ["encrypt", "mac"], ["mac", "box"]] as const) {
      await expectRefused(may(operation, name), "KEY-PURPOSE");
    }
    await expectRefused(decideUse(given, keys, serial, { operation: "sign", name: "box", algorithm: "RS256" }, dayAt(6)), "KEY-PURPOSE");
    await expectRefused(decideUse(given, keys, serial, { operation: "sign", name: "mac", algorithm: null }, dayAt(6)), "KEY-PURPOSE");
    await expectRefused(may("encrypt", "data", { algorithm: "HS256" }), "KEY-PURPOSE");
  });

  test("the newest key encrypts, and the one that a ciphertext names decrypts", async () => {
    expect((await accepted(may("encrypt", "data"))).key.label).toBe("newer");
    expect((await accepted(may("decrypt", "data", { key: id("data") }))).key.label).toBe("data");
    await expectRefused(may("decrypt", "data", { key: id("kek") }), "GRANT-SCOPE");
  });

  test("the public key of what only decrypts is told, and stands in no key set", async () => {
    const told = await accepted(decidePublicKey(given, keys, "another", "box", dayAt(6)));
    expect([told.key.label, told.algorithm]).toEqual(["box", "RSA-OAEP"]);
    expect(publishedKeys([given], keys, dayAt(6))).toEqual([]);
  });
});
