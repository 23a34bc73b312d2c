import { constants, createHash, createPublicKey, publicEncrypt, randomBytes, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KeyAlgorithm, SignatureAlgorithm } from "./algorithm";
import { ATTRIBUTE_NAMES, type KeyReading } from "./attributes";
import { refuse } from "#lib/result";
import { TokenFault } from "./fault";
import { obtainKey } from "./obtain-key";
import { differences, type KeyTemplate, type KeyUsage } from "./template";
import type { ExportProof, Token } from "./token";

export interface ContractSubject {
  readonly token: Token;
  readonly close: () => Promise<void>;
}

export interface ContractExpectations {
  /** What the proof of a key that is not exportable comes to; a module that wraps such keys must be found out. */
  readonly unexportable?: Pick<ExportProof, "verdict" | "findings">;
  /** The algorithms to make; by default all but those that the module does not have. */
  readonly algorithms?: readonly KeyAlgorithm[];
  readonly notOffered?: readonly KeyAlgorithm[];
  /** The algorithms of which a wrapped key is taken over. */
  readonly wrapped?: readonly KeyAlgorithm[];
}

const PROVEN: Pick<ExportProof, "verdict" | "findings"> = { verdict: "not-exportable", findings: [] };
const USAGES: Readonly<Record<"RSA" | "EC" | "Ed25519" | "AES" | "HMAC", KeyUsage>> = {
  RSA: { sign: true, decrypt: true },
  EC: { sign: true, derive: true },
  Ed25519: { sign: true },
  AES: { encrypt: true, decrypt: true, wrap: true, unwrap: true },
  HMAC: { sign: true, verify: true },
};
const NOBODY = Uint8Array.of(0xff, 0xee, 0xdd);

/** A template nobody used before. */
export function freshTemplate(algorithm: KeyAlgorithm, usage?: KeyUsage, extractable = false): KeyTemplate {
  const id = Uint8Array.from(randomBytes(16));
  const family = algorithm.split("-")[0] as keyof typeof USAGES;
  return { algorithm, label: `${algorithm} ${Buffer.from(id).toString("hex")}`, id, usage: usage ?? USAGES[family], extractable, sensitive: true };
}

/** Checks a signature outside the token; ECDSA in the encoding named. */
export function verifiesOutside(spki: Uint8Array, algorithm: SignatureAlgorithm, bytes: Uint8Array, signature: Uint8Array, ecdsa: "der" | "ieee-p1363"): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  const hash = { RS256: "sha256", PS256: "sha256", ES256: "sha256", ES384: "sha384", ES512: "sha512", EdDSA: null }[algorithm];
  return verify(hash, bytes, algorithm === "PS256" ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : { key, dsaEncoding: ecdsa }, signature);
}

/** The rules every token keeps, whatever stands behind it. */
export function tokenContract(name: string, open: () => Promise<ContractSubject>, expectations: ContractExpectations = {}): void {
  describe(`token contract: ${name}`, () => {
    let token: Token;
    let close: () => Promise<void>;
    beforeAll(async () => ({ token, close } = await open()));
    afterAll(() => close());

    const make = async (template: KeyTemplate): Promise<KeyReading> => {
      const made = await obtainKey(token, template);
      if (!made.ok) throw new Error(JSON.stringify(made.refusal));
      expect(made.value.tests.every(({ passed }) => passed)).toBe(true);
      return made.value.reading;
    };

    test("says who it is and what it can do", async () => {
      const info = await token.info();
      expect(info.label).toBe(info.label.trim());
      expect(info.flags).toContain("TOKEN_INITIALIZED");
      const mechanisms = await token.mechanisms();
      expect(mechanisms.map((mechanism) => mechanism.name)).toContain("RSA_PKCS_KEY_PAIR_GEN");
      expect([...mechanisms].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(mechanisms);
    });

    test("absent is an answer: nothing stands under an unused id", async () => {
      expect(await token.lookById(NOBODY)).toEqual({ found: "nothing" });
      expect(await token.destroyById(NOBODY)).toBe(0);
    });

    const made: [KeyAlgorithm, SignatureAlgorithm | null][] = [
      ["RSA-2048", "RS256"], ["RSA-3072", "PS256"], ["RSA-4096", "RS256"], ["EC-P256", "ES256"],
      ["EC-P384", "ES384"], ["EC-P521", "ES512"], ["Ed25519", "EdDSA"], ["AES-128", null], ["AES-256", null], ["HMAC-SHA256", null],
    ];
    for (const algorithm of expectations.notOffered ?? []) {
      test(`[ALGORITHM-NOT-OFFERED] refuses ${algorithm} by name, and makes nothing`, async () => {
        const template = freshTemplate(algorithm);
        expect(await token.prepareKey(template)).toEqual(refuse({ reason: "ALGORITHM-NOT-OFFERED", facts: { algorithm } }));
        expect((await token.lookById(template.id)).found).toBe("nothing");
      });
    }

    const { algorithms = made.map(([algorithm]) => algorithm), notOffered = [] } = expectations;
    for (const [algorithm, signature] of made.filter(([wanted]) => algorithms.includes(wanted) && !notOffered.includes(wanted))) {
      test(`makes ${algorithm} as ordered, reads every attribute back and finds it again`, async () => {
        const template = freshTemplate(algorithm);
        const reading = await make(template);
        expect(differences(template, reading, token.profile)).toEqual([]);
        expect(await token.lookById(template.id)).toEqual({ found: "complete", key: reading });
        const listed = (await token.listObjects()).filter((object) => object.label === template.label);
        expect(listed).toEqual(reading.kind === "pair" ? [reading.privateKey, reading.publicKey] : [reading.secretKey]);
        for (const object of listed) expect(Object.keys(object.attributes).sort()).toEqual([...ATTRIBUTE_NAMES].sort());
        if (signature !== null && reading.kind === "pair") {
          const spki = await token.exportPublicKey(template.id);
          expect(spki).toEqual(reading.spki);
          expect(reading.publicKey.spkiSha256).toBe(createHash("sha256").update(spki).digest("hex"));
          const bytes = randomBytes(1000);
          expect(verifiesOutside(spki, signature, bytes, await token.sign(template.id, signature, bytes), "der")).toBe(true);
          const raw = await token.sign(template.id, signature, bytes, { ecdsa: "raw" });
          expect(verifiesOutside(spki, signature, bytes, raw, "ieee-p1363")).toBe(true);
          expect(verifiesOutside(spki, signature, randomBytes(1000), raw, "ieee-p1363")).toBe(false);
        }
      }, 120_000);
    }

    test("a prepared key is not on the token until it is kept", async () => {
      const template = freshTemplate("EC-P256");
      const prepared = await token.prepareKey(template);
      if (!prepared.ok) throw new Error(prepared.refusal.reason);
      const { handle, kept } = prepared.value;
      expect(kept).toBe(!token.profile.copyObject);
      const listed = (await token.listObjects()).filter((object) => object.label === template.label);
      expect(listed.length).toBe(kept ? 2 : 0);
      expect((await token.lookById(template.id)).found).toBe(kept ? "complete" : "nothing");
      expect(differences(template, await token.readBack(handle), token.profile, kept)).toEqual([]);
      await token.discardKey(handle);
      expect((await token.lookById(template.id)).found).toBe("nothing");
      await expect(token.readBack(handle)).rejects.toMatchObject({ name: "BadTokenArgument" });
    });

    test("an order carried out twice makes one key", async () => {
      const template = freshTemplate("EC-P256");
      const first = await make(template);
      const again = await obtainKey(token, template);
      expect(again).toMatchObject({ ok: true, value: { recovered: true, reading: first } });
      expect((await token.listObjects()).filter((object) => object.label === template.label)).toHaveLength(2);
    });

    test("[LABEL-TAKEN] refuses a label that any object has", async () => {
      const template = freshTemplate("AES-256");
      await make(template);
      const other = { ...freshTemplate("EC-P256"), label: template.label };
      expect(await token.prepareKey(other)).toMatchObject({ ok: false, refusal: { reason: "LABEL-TAKEN" } });
    });

    test("[ID-TAKEN] refuses an id that any object has", async () => {
      const template = freshTemplate("AES-256");
      await make(template);
      const other = { ...freshTemplate("EC-P256"), id: template.id };
      expect(await token.prepareKey(other)).toMatchObject({ ok: false, refusal: { reason: "ID-TAKEN" } });
    });

    test("[LABEL-TAKEN] refuses to keep what was taken meanwhile", async () => {
      const template = freshTemplate("EC-P256");
      const [one, two] = [await token.prepareKey(template), await token.prepareKey(template)];
      if (!one.ok) throw new Error("label and id were free");
      expect(await token.keepKey(one.value.handle)).toMatchObject({ ok: true });
      const second = two.ok ? await token.keepKey(two.value.handle) : two;
      expect(second).toMatchObject({ ok: false, refusal: { reason: "LABEL-TAKEN" } });
      expect((await token.listObjects()).filter((object) => object.label === template.label)).toHaveLength(2);
    });

    test("[TEMPLATE-UNSOUND] refuses a template that no key could fulfil", async () => {
      const unsound = freshTemplate("RSA-2048", { derive: true });
      expect(await token.prepareKey(unsound)).toMatchObject({ ok: false, refusal: { reason: "TEMPLATE-UNSOUND" } });
    });

    test("signs only with the key's own kind of algorithm", async () => {
      const template = freshTemplate("EC-P256");
      await make(template);
      for (const wrong of ["RS256", "ES384"] as const) {
        await expect(token.sign(template.id, wrong, randomBytes(8))).rejects.toMatchObject({ ckrName: "KEY-DOES-NOT-FIT-ALGORITHM" });
      }
      expect((await token.sign(template.id, "ES256", randomBytes(8))).length).toBeGreaterThan(60);
    });

    test("does not use a key for what its attributes do not allow", async () => {
      const template = freshTemplate("AES-256", { wrap: true, unwrap: true });
      await make(template);
      await expect(token.encrypt(template.id, randomBytes(8))).rejects.toBeInstanceOf(TokenFault);
      expect((await token.lookById(template.id)).found).toBe("complete");
    });

    test("opens what it sealed, and nothing that was changed", async () => {
      const template = freshTemplate("AES-256");
      await make(template);
      const [plaintext, aad] = [randomBytes(100), randomBytes(10)];
      const sealed = await token.encrypt(template.id, plaintext, aad);
      expect(sealed.ciphertext).toHaveLength(116);
      expect(Buffer.from(await token.decrypt(template.id, sealed, aad))).toEqual(plaintext);
      expect((await token.encrypt(template.id, plaintext, aad)).iv).not.toEqual(sealed.iv);
      const changed = { ...sealed, ciphertext: sealed.ciphertext.map((byte, index) => (index === 5 ? byte ^ 1 : byte)) };
      await expect(token.decrypt(template.id, changed, aad)).rejects.toBeInstanceOf(TokenFault);
      await expect(token.decrypt(template.id, sealed, randomBytes(10))).rejects.toBeInstanceOf(TokenFault);
      expect(Buffer.from(await token.decrypt(template.id, sealed, aad))).toEqual(plaintext);
    });

    test("macs the same message alike and another one otherwise", async () => {
      const template = freshTemplate("HMAC-SHA256");
      await make(template);
      const mac = await token.mac(template.id, Buffer.from("a"));
      expect(mac).toHaveLength(32);
      expect(await token.mac(template.id, Buffer.from("a"))).toEqual(mac);
      expect(await token.mac(template.id, Buffer.from("b"))).not.toEqual(mac);
    });

    test("accepts its own mac, and no changed, cut or foreign one", async () => {
      const template = freshTemplate("HMAC-SHA256");
      await make(template);
      const message = randomBytes(50);
      const mac = await token.mac(template.id, message);
      expect(await token.verifyMac(template.id, message, mac)).toBe(true);
      expect(await token.verifyMac(template.id, message, mac.map((byte, i) => (i === 9 ? byte ^ 1 : byte)))).toBe(false);
      expect(await token.verifyMac(template.id, message, mac.subarray(0, 31))).toBe(false);
      expect(await token.verifyMac(template.id, randomBytes(50), mac)).toBe(false);
      expect(await token.verifyMac(template.id, message, mac)).toBe(true);
    });

    test("macs with a key known outside as the outside does", async () => {
      expect(await token.checkMacMechanism()).toBe(true);
    });

    test("seals with a key known outside as the outside does, and opens what was sealed there", async () => {
      expect(await token.checkCipherMechanism()).toBe(true);
    });

    test("decrypts what was encrypted outside with the public key, and nothing that was changed", async () => {
      const template = freshTemplate("RSA-2048");
      const { spki } = (await make(template)) as Extract<KeyReading, { kind: "pair" }>;
      const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
      const plaintext = Uint8Array.from(randomBytes(32));
      const ciphertext = Uint8Array.from(publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, plaintext));
      expect(await token.decryptOaep(template.id, ciphertext)).toEqual(plaintext);
      const changed = Uint8Array.from(ciphertext, (byte, i) => (i === 200 ? byte ^ 1 : byte));
      await expect(token.decryptOaep(template.id, changed)).rejects.toBeInstanceOf(TokenFault);
    }, 60_000);

    for (const algorithm of ["RSA-2048", "EC-P256", "AES-256"] as const) {
      test(`tries every way of exporting ${algorithm} and names what it found`, async () => {
        const template = freshTemplate(algorithm);
        const before = await make(template);
        const proof = await token.proveNotExportable(template.id);
        expect({ verdict: proof.verdict, findings: proof.findings }).toEqual(expectations.unexportable ?? PROVEN);
        expect(proof.attempts.length).toBeGreaterThan(2);
        expect(await token.lookById(template.id)).toEqual({ found: "complete", key: before });
      }, 60_000);

      test(`finds ${algorithm} exportable when it was ordered so, and leaves it as it was`, async () => {
        const template = freshTemplate(algorithm, undefined, true);
        const before = await make(template);
        const proof = await token.proveNotExportable(template.id);
        expect(proof).toMatchObject({ verdict: "exportable" });
        expect(proof.findings).toEqual(expect.arrayContaining(["MARKED-EXTRACTABLE", "WRAPPED"]));
        expect(await token.lookById(template.id)).toEqual({ found: "complete", key: before });
      }, 60_000);
    }

    test("destroys a key wholly and only that key", async () => {
      const [one, other] = [freshTemplate("EC-P256"), freshTemplate("EC-P256")];
      await make(one);
      await make(other);
      expect(await token.destroyById(one.id)).toBe(2);
      expect((await token.lookById(one.id)).found).toBe("nothing");
      expect((await token.lookById(other.id)).found).toBe("complete");
    });

    test("a secret key is told by its check value, and a pair by its public key", async () => {
      const [aes, hmac, wraps, pair] = [freshTemplate("AES-256"), freshTemplate("HMAC-SHA256"), freshTemplate("AES-256", { wrap: true, unwrap: true }), freshTemplate("EC-P256")];
      for (const template of [aes, hmac, wraps, pair]) await make(template);
      const value = await token.checkValue(aes.id);
      expect(value).toMatch(/^[0-9a-f]{6}$/);
      expect(await token.checkValue(aes.id)).toBe(value);
      expect(await token.checkValue(hmac.id)).toBe(Buffer.from(await token.mac(hmac.id, Buffer.alloc(16))).toString("hex", 0, 3));
      const other = freshTemplate("AES-256", { wrap: true, unwrap: true });
      await make(other);
      expect(await token.checkValue(wraps.id)).toMatch(/^[0-9a-f]{6}$/);
      expect(await token.checkValue(wraps.id)).not.toBe(await token.checkValue(other.id));
      expect(await token.checkValue(pair.id)).toBeNull();
    });

    for (const algorithm of expectations.wrapped ?? (["RSA-2048", "EC-P256", "AES-256", "HMAC-SHA256"] as const)) {
      test(`takes ${algorithm} over, wrapped to a transport of its own, as the template says`, async () => {
        const original = freshTemplate(algorithm, undefined, true);
        const copy = { ...freshTemplate(algorithm), usage: original.usage };
        const before = await make(original);
        const transport = await token.openTransport();
        const wrapped = await token.wrapTo(original.id, transport.spki);
        if (!wrapped.ok) throw new Error(wrapped.refusal.reason);
        const spki = before.kind === "pair" ? before.spki : null;
        const prepared = await token.unwrapFrom(transport.handle, wrapped.value, copy, spki);
        if (!prepared.ok) throw new Error(prepared.refusal.reason);
        const { handle, kept } = prepared.value;
        expect(kept).toBe(!token.profile.copyObject);
        expect(differences(copy, await token.readBack(handle), token.profile, kept, "brought")).toEqual([]);
        const tests = await token.testKey({ handle });
        expect(tests.length).toBeGreaterThan(0);
        expect(tests.every(({ passed }) => passed)).toBe(true);
        const keeping = await token.keepKey(handle);
        if (!keeping.ok) throw new Error(keeping.refusal.reason);
        expect(differences(copy, keeping.value, token.profile, true, "brought")).toEqual([]);
        if (keeping.value.kind === "pair") expect(keeping.value.spki).toEqual(spki);
        else expect(await token.checkValue(copy.id)).toBe(await token.checkValue(original.id));
        await expect(token.unwrapFrom(transport.handle, wrapped.value, freshTemplate(algorithm), spki)).rejects.toMatchObject({ ckrName: "NO-SUCH-TRANSPORT" });
        expect(await token.lookById(original.id)).toEqual({ found: "complete", key: before });
      }, 60_000);
    }

    test("a key that only wraps has the check value that it has where it may encrypt", async () => {
      const original = freshTemplate("AES-256", { wrap: true, unwrap: true }, true);
      const copy = freshTemplate("AES-256", { encrypt: true, decrypt: true });
      await make(original);
      const transport = await token.openTransport();
      const wrapped = await token.wrapTo(original.id, transport.spki);
      if (!wrapped.ok) throw new Error(wrapped.refusal.reason);
      const prepared = await token.unwrapFrom(transport.handle, wrapped.value, copy, null);
      if (!prepared.ok) throw new Error(prepared.refusal.reason);
      expect((await token.keepKey(prepared.value.handle)).ok).toBe(true);
      expect(await token.checkValue(original.id)).toBe(await token.checkValue(copy.id));
    });

    test("[NOT-EXTRACTABLE] refuses to wrap a key that is marked so, whatever the module would do", async () => {
      const template = freshTemplate("EC-P256");
      await make(template);
      const { spki } = await token.openTransport();
      expect(await token.wrapTo(template.id, spki)).toMatchObject({ ok: false, refusal: { reason: "NOT-EXTRACTABLE" } });
    });

    test("does not unwrap what was wrapped to another transport, and leaves nothing behind", async () => {
      const [original, copy] = [freshTemplate("AES-256", undefined, true), freshTemplate("AES-256")];
      await make(original);
      const [meant, other] = [await token.openTransport(), await token.openTransport()];
      const wrapped = await token.wrapTo(original.id, meant.spki);
      if (!wrapped.ok) throw new Error(wrapped.refusal.reason);
      await expect(token.unwrapFrom(other.handle, wrapped.value, copy, null)).rejects.toBeInstanceOf(TokenFault);
      expect((await token.lookById(copy.id)).found).toBe("nothing");
    });

    test("a key that is not there is a named fault", async () => {
      for (const act of [() => token.exportPublicKey(NOBODY), () => token.mac(NOBODY, NOBODY), () => token.proveNotExportable(NOBODY)]) {
        await expect(act()).rejects.toMatchObject({ ckrName: "NO-SUCH-KEY", gone: false });
      }
    });

    test("gives random bytes, 1 to 1024", async () => {
      expect(await token.random(32)).toHaveLength(32);
      expect(await token.random(32)).not.toEqual(await token.random(32));
      await expect(token.random(0)).rejects.toMatchObject({ name: "BadTokenArgument" });
      await expect(token.random(1025)).rejects.toMatchObject({ name: "BadTokenArgument" });
    });

    test("destroys everything that is on it, when asked to", async () => {
      await make(freshTemplate("EC-P256"));
      const before = (await token.listObjects()).length;
      expect(await token.destroyAll()).toBe(before);
      expect(await token.listObjects()).toEqual([]);
      expect(await token.destroyAll()).toBe(0);
    });

    test("serves calls made together one after the other", async () => {
      const template = freshTemplate("EC-P256");
      const reading = await make(template);
      if (reading.kind !== "pair") throw new Error("a pair was made");
      const messages = Array.from({ length: 20 }, () => randomBytes(64));
      const signatures = await Promise.all(messages.map((message) => token.sign(template.id, "ES256", message)));
      for (const [index, message] of messages.entries()) {
        expect(verifiesOutside(reading.spki, "ES256", message, signatures[index]!, "der")).toBe(true);
      }
    });
  });
}
