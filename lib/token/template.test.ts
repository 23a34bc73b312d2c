import { describe, expect, test } from "vitest";
import type { AttributeName, KeyReading } from "./attributes";
import { FakeToken } from "./fake-token.under-test";
import { obtainKey } from "./obtain-key";
import { PROFILES } from "./profile";
import { differences, type KeyTemplate, unsoundness } from "./template";
import { freshTemplate } from "./token-contract.under-test";

const sound = freshTemplate("EC-P256");

describe("a sound template", () => {
  const unsound: [string, Partial<Record<keyof KeyTemplate, unknown>>, string][] = [
    ["unknown algorithm", { algorithm: "RSA-1024" }, "unknown algorithm"],
    ["empty label", { label: "" }, "1 to 64 bytes"],
    ["label of 65 bytes", { label: "ä".repeat(32) + "x" }, "1 to 64 bytes"],
    ["label with blanks at its ends", { label: " key" }, "printable"],
    ["label with a control character", { label: "a\u0007b" }, "printable"],
    ["label with an invisible direction mark", { label: "a\u202eb" }, "printable"],
    ["label not in NFC", { label: "u\u0308" }, "NFC"],
    ["no id", { id: new Uint8Array() }, "1 to 32 bytes"],
    ["long id", { id: new Uint8Array(33) }, "1 to 32 bytes"],
    ["readable key", { sensitive: false }, "sensitive"],
    ["no use", { usage: {} }, "no use"],
    ["uses that are all false", { usage: { sign: false } }, "no use"],
    ["EC that decrypts", { usage: { decrypt: true } }, "EC-P256 cannot decrypt"],
    ["RSA that derives", { algorithm: "RSA-2048", usage: { derive: true } }, "RSA-2048 cannot derive"],
    ["AES that signs", { algorithm: "AES-256", usage: { sign: true } }, "AES-256 cannot sign"],
    ["AES that only decrypts", { algorithm: "AES-256", usage: { decrypt: true } }, "cannot be tested"],
    ["HMAC that only verifies", { algorithm: "HMAC-SHA256", usage: { verify: true } }, "cannot be tested"],
  ];
  for (const [name, change, sentence] of unsound) {
    test(`refuses: ${name}`, () => {
      expect(unsoundness({ ...sound, ...change } as KeyTemplate).join("; ")).toContain(sentence);
    });
  }

  test("accepts every algorithm with its uses, any script and a label of 64 bytes", () => {
    for (const algorithm of ["RSA-4096", "EC-P384", "AES-256", "HMAC-SHA256"] as const) expect(unsoundness(freshTemplate(algorithm))).toEqual([]);
    expect(unsoundness({ ...sound, label: "ключ 鍵 k".padEnd(50, "x") })).toEqual([]);
    expect(unsoundness({ ...sound, label: "x".repeat(64) })).toEqual([]);
  });
});

describe("a key compared with its template", () => {
  const readings = async (template: KeyTemplate): Promise<KeyReading> => {
    const made = await obtainKey(new FakeToken(), template);
    if (!made.ok) throw new Error(made.refusal.reason);
    return made.value.reading;
  };
  const changed = (reading: KeyReading, name: AttributeName, value: boolean | "not offered"): KeyReading =>
    reading.kind === "pair"
      ? { ...reading, privateKey: { ...reading.privateKey, attributes: { ...reading.privateKey.attributes, [name]: value } } }
      : { ...reading, secretKey: { ...reading.secretKey, attributes: { ...reading.secretKey.attributes, [name]: value } } };

  test("every ordered attribute that reads otherwise is one difference", async () => {
    const ordered = ["TOKEN", "PRIVATE", "LOCAL", "SENSITIVE", "ALWAYS_SENSITIVE", "EXTRACTABLE", "NEVER_EXTRACTABLE", "SIGN", "DERIVE"] as const;
    for (const algorithm of ["EC-P256", "HMAC-SHA256"] as const) {
      const template = freshTemplate(algorithm);
      const reading = await readings(template);
      const attributes = reading.kind === "pair" ? reading.privateKey.attributes : reading.secretKey.attributes;
      for (const name of ordered) {
        for (const value of [!attributes[name], "not offered"] as const) {
          expect(differences(template, changed(reading, name, value), PROFILES.softhsm2)).toEqual([expect.stringContaining(`${name} reads ${value}`)]);
        }
      }
    }
  });

  test("an attribute the profile knows to be missing is no difference, and a wrong value of it is one", async () => {
    const template = freshTemplate("EC-P256");
    const reading = await readings(template);
    const profile = { ...PROFILES.softhsm2, evidence: { local: true, notOffered: ["DERIVE"] as AttributeName[] } };
    expect(differences(template, changed(reading, "DERIVE", "not offered"), profile)).toEqual([]);
    expect(differences(template, changed(reading, "DERIVE", false), profile)).toHaveLength(1);
    expect(differences(template, changed(reading, "LOCAL", false), PROFILES["nss-softokn"])).toEqual([]);
  });

  test("another label, id, size or kind is a difference", async () => {
    const template = freshTemplate("EC-P256");
    const reading = await readings(template);
    expect(differences({ ...template, label: "other" }, reading, PROFILES.softhsm2)).toHaveLength(2);
    expect(differences({ ...template, id: Uint8Array.of(1) }, reading, PROFILES.softhsm2)).toHaveLength(2);
    expect(differences({ ...template, algorithm: "EC-P384" }, reading, PROFILES.softhsm2)).toHaveLength(2);
    expect(differences({ ...template, algorithm: "AES-256" }, reading, PROFILES.softhsm2)).toEqual(["a key pair where a secret key was ordered"]);
    const secret = freshTemplate("AES-256");
    expect(differences({ ...secret, algorithm: "EC-P256" }, await readings(secret), PROFILES.softhsm2)).toEqual(["a secret key where a key pair was ordered"]);
  });

  test("a private half that hides its curve is taken for what its family says", async () => {
    const template = freshTemplate("EC-P256");
    const reading = await readings(template);
    if (reading.kind !== "pair") throw new Error("a pair was made");
    const hidden = { ...reading, privateKey: { ...reading.privateKey, algorithm: null } };
    expect(differences(template, hidden, PROFILES.softhsm2)).toEqual([]);
    const foreign = { ...reading, privateKey: { ...reading.privateKey, algorithm: null, keyType: "RSA" } };
    expect(differences(template, foreign, PROFILES.softhsm2)).toHaveLength(1);
  });
});
