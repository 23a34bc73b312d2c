import { createHash, createHmac, type KeyObject, privateDecrypt, randomBytes } from "node:crypto";
import { ok, refuse, type Result } from "#lib/result";
import { shapeOf, type SignatureAlgorithm } from "./algorithm";
import { type AttributeName, type AttributeReading, type KeyReading, noReadings, type ObjectReading } from "./attributes";
import { judgeExport } from "./export-proof";
import { checkValueOf, fits, gcmOpen, gcmSeal, generate, type Material, rawSign, rawVerify, spkiOf, unwrapMaterial, works, wrapMaterial } from "./fake-key.under-test";
import { BadTokenArgument, TokenFault, TokenGone, type TokenRefusal } from "./fault";
import { PROFILES, type TokenProfile } from "./profile";
import { ecdsaSignatureDer } from "./spki";
import { expectedAttributes, type ExpectedAttributes, type KeyOrigin, type KeyTemplate, unsoundness } from "./template";
import { sameBytes } from "#lib/log/digest";
import type { ExportAttempt, ExportProof, KeyLookup, KeyTarget, KeyTest, Mechanism, PreparedKey, Sealed, SignOptions, Token, TokenIdentity, Transport, WrappedKey } from "./token";

type Call = keyof Omit<Token, "profile">;
type Flavour = "not-done" | "done-but-reply-lost";
export interface FakeObject {
  reading: ObjectReading;
  material: Material;
}

/** What outlives a process: put it into a new `FakeToken` to see what a killed one left. */
export class FakeTokenMemory {
  readonly serial: string;
  readonly label: string;
  objects: FakeObject[] = [];

  constructor(label = "fake", serial = "fa4e000000000001") {
    this.label = label;
    this.serial = serial;
  }
}

/** Ways a module may fall short; each must be found by a check. */
export interface FakeFlaws {
  readonly wrapsUnextractable?: boolean;
  /** Attributes that read back otherwise than ordered, as opencryptoki's C_UnwrapKey does. */
  readonly overrides?: Partial<Record<AttributeName, AttributeReading>>;
  readonly signsNonsense?: boolean;
  readonly acceptsAnyMac?: boolean;
  /** It takes no key from outside and keeps no check value: nothing tells a secret key but its name. */
  readonly saysNoCheckValue?: boolean;
  /** What the check of a mechanism with a known key comes to; it agrees by default. */
  readonly macMechanism?: boolean | "not offered";
  readonly cipherMechanism?: boolean | "not offered";
}

/** A token in memory with real keys. Each call can be told to fail once, before it is done or after. */
export class FakeToken implements Token {
  readonly profile: TokenProfile;
  readonly #memory: FakeTokenMemory;
  readonly #flaws: FakeFlaws;
  readonly #prepared = new Map<string, { template: KeyTemplate; objects: FakeObject[]; kept: boolean }>();
  readonly #failures = new Map<Call, Flavour>();
  readonly #transports = new Map<string, KeyObject>();
  #gone = false;
  #count = 0;

  constructor(memory = new FakeTokenMemory(), profile: TokenProfile = PROFILES.softhsm2, flaws: FakeFlaws = {}) {
    this.#memory = memory;
    this.profile = profile;
    this.#flaws = flaws;
  }

  /** The next call of this name kills the token's process, before or after its effect. */
  failNext(call: Call, flavour: Flavour): void {
    this.#failures.set(call, flavour);
  }

  info(): Promise<TokenIdentity> {
    const { label, serial } = this.#memory;
    const flags = ["LOGIN_REQUIRED", "RNG", "TOKEN_INITIALIZED", "USER_PIN_INITIALIZED"];
    const sizes = { pinLength: { least: 4, most: 255 }, freePublicMemory: null, freePrivateMemory: null };
    return this.#serve("info", () => ({ label, serial, manufacturer: "Fake", model: "Memory", hardwareVersion: "1.0", firmwareVersion: "1.0", flags, ...sizes }));
  }

  mechanisms(): Promise<readonly Mechanism[]> {
    return this.#serve("mechanisms", () => [
      { name: "AES_GCM", minKeySize: 16, maxKeySize: 32, flags: ["DECRYPT", "ENCRYPT"] },
      { name: "EC_KEY_PAIR_GEN", minKeySize: 256, maxKeySize: 521, flags: ["GENERATE_KEY_PAIR"] },
      { name: "RSA_PKCS_KEY_PAIR_GEN", minKeySize: 2048, maxKeySize: 4096, flags: ["GENERATE_KEY_PAIR"] },
    ]);
  }

  prepareKey(template: KeyTemplate): Promise<Result<PreparedKey, TokenRefusal>> {
    return this.#serve("prepareKey", async () => {
      const wrong = unsoundness(template);
      if (wrong.length > 0) return refuse<TokenRefusal>({ reason: "TEMPLATE-UNSOUND", facts: { label: template.label, wrong } });
      const taken = this.#taken(template);
      if (taken !== null) return refuse(taken);
      if (template.wrapWithTrusted && !this.profile.wrapsWithTrusted) {
        return refuse<TokenRefusal>({ reason: "TRUSTED-WRAPPING-NOT-OFFERED", facts: { label: template.label } });
      }
      const started = performance.now();
      const material = await generate(template);
      return ok({ ...this.#prepare(template, material, "made"), milliseconds: Math.round(performance.now() - started) });
    });
  }

  #prepare(template: KeyTemplate, material: Material, origin: KeyOrigin): PreparedKey {
    const kept = !this.profile.copyObject;
    const objects = this.#objects(template, material, kept, origin);
    if (kept) this.#memory.objects.push(...objects);
    this.#count += 1;
    const handle = `prepared-${this.#count}`;
    this.#prepared.set(handle, { template, objects, kept });
    return { handle, kept, milliseconds: 0 };
  }

  readBack(handle: string): Promise<KeyReading> {
    return this.#serve("readBack", () => readingOf(this.#preparedKey(handle).objects));
  }

  testKey(key: KeyTarget): Promise<readonly KeyTest[]> {
    return this.#serve("testKey", () => {
      const objects = "handle" in key ? this.#preparedKey(key.handle).objects : this.#complete("testKey", key.id);
      const [{ reading, material }] = used(objects);
      const may = (name: AttributeName): boolean => reading.attributes[name] === true;
      const named: [boolean, KeyTest["test"]][] =
        material.kind === "pair"
          ? [[may("SIGN"), "sign-verify"], [may("DECRYPT"), "decrypt"], [may("UNWRAP"), "unwrap"], [may("DERIVE"), "derive"]]
          : [[may("SIGN"), "mac"], [may("ENCRYPT"), "encrypt-decrypt"], [may("WRAP"), "wrap-unwrap"]];
      const passed = this.#flaws.signsNonsense !== true && works(material, reading.algorithm);
      return named.filter(([allowed]) => allowed).map(([, test]) => ({ test, passed, ckrName: null }));
    });
  }

  keepKey(handle: string): Promise<Result<KeyReading, TokenRefusal>> {
    return this.#serve("keepKey", () => {
      const { template, objects, kept } = this.#preparedKey(handle);
      this.#prepared.delete(handle);
      if (kept) return ok(readingOf(objects));
      const taken = this.#taken(template);
      if (taken !== null) return refuse(taken);
      const copies = objects.map(({ reading, material }) => ({ material, reading: { ...reading, attributes: { ...reading.attributes, TOKEN: true } } }));
      this.#memory.objects.push(...copies);
      return ok(readingOf(copies));
    });
  }

  discardKey(handle: string): Promise<void> {
    return this.#serve("discardKey", () => {
      const { objects } = this.#preparedKey(handle);
      this.#prepared.delete(handle);
      this.#memory.objects = this.#memory.objects.filter((object) => !objects.includes(object));
    });
  }

  lookById(id: Uint8Array): Promise<KeyLookup> {
    return this.#serve("lookById", () => this.#lookUp(id));
  }

  listObjects(): Promise<readonly ObjectReading[]> {
    return this.#serve("listObjects", () => {
      const key = ({ objectClass, label, id }: ObjectReading): string => `${objectClass}\0${label}\0${Buffer.from(id).toString("hex")}`;
      return this.#memory.objects.map(({ reading }) => reading).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    });
  }

  exportPublicKey(id: Uint8Array): Promise<Uint8Array> {
    return this.#serve("exportPublicKey", () => spkiOf(this.#pair("exportPublicKey", id).publicKey));
  }

  destroyById(id: Uint8Array): Promise<number> {
    return this.#serve("destroyById", () => {
      const before = this.#memory.objects.length;
      this.#memory.objects = this.#memory.objects.filter(({ reading }) => !sameBytes(reading.id, id));
      return before - this.#memory.objects.length;
    });
  }

  destroyAll(): Promise<number> {
    return this.#serve("destroyAll", () => this.#memory.objects.splice(0).length);
  }

  checkValue(id: Uint8Array): Promise<string | null> {
    return this.#serve("checkValue", () => {
      const [{ material, reading }] = used(this.#complete("checkValue", id));
      return material.kind === "pair" || this.#flaws.saysNoCheckValue ? null : checkValueOf(material.value, reading.attributes);
    });
  }

  sign(id: Uint8Array, algorithm: SignatureAlgorithm, bytes: Uint8Array, options: SignOptions = {}): Promise<Uint8Array> {
    return this.#serve("sign", () => {
      const { privateKey, publicKey } = this.#pair("sign", id);
      const [{ reading }] = used(this.#complete("sign", id));
      if (!fits(reading.algorithm, algorithm)) throw new TokenFault("sign", null, "KEY-DOES-NOT-FIT-ALGORITHM");
      if (reading.attributes.SIGN !== true) throw new TokenFault("C_SignInit", 0x68, "CKR_KEY_FUNCTION_NOT_PERMITTED");
      const signature = rawSign(privateKey, algorithm, bytes);
      if (this.#flaws.signsNonsense || !rawVerify(publicKey, algorithm, bytes, signature)) throw new TokenFault("C_Sign", null, "SIGNATURE-DOES-NOT-VERIFY");
      return algorithm.startsWith("ES") && options.ecdsa !== "raw" ? ecdsaSignatureDer(signature) : signature;
    });
  }

  mac(id: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
    return this.#serve("mac", () => Uint8Array.from(createHmac("sha256", this.#secret("mac", id, "SIGN")).update(bytes).digest()));
  }

  verifyMac(id: Uint8Array, bytes: Uint8Array, mac: Uint8Array): Promise<boolean> {
    return this.#serve("verifyMac", () => {
      const right = createHmac("sha256", this.#secret("verifyMac", id, "VERIFY")).update(bytes).digest();
      return this.#flaws.acceptsAnyMac === true || sameBytes(right, mac);
    });
  }

  checkMacMechanism(): Promise<boolean | "not offered"> {
    return this.#serve("checkMacMechanism", () => this.#flaws.macMechanism ?? true);
  }

  checkCipherMechanism(): Promise<boolean | "not offered"> {
    return this.#serve("checkCipherMechanism", () => this.#flaws.cipherMechanism ?? true);
  }

  decryptOaep(id: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
    return this.#serve("decryptOaep", () => {
      const { privateKey } = this.#pair("decryptOaep", id);
      const [{ reading }] = used(this.#complete("decryptOaep", id));
      if (reading.attributes.DECRYPT !== true) throw new TokenFault("C_DecryptInit", 0x68, "CKR_KEY_FUNCTION_NOT_PERMITTED");
      try {
        return Uint8Array.from(privateDecrypt(privateKey, ciphertext));
      } catch {
        throw new TokenFault("C_Decrypt", 0x40, "CKR_ENCRYPTED_DATA_INVALID");
      }
    });
  }

  encrypt(id: Uint8Array, plaintext: Uint8Array, aad: Uint8Array = new Uint8Array()): Promise<Sealed> {
    return this.#serve("encrypt", () => gcmSeal(this.#secret("encrypt", id, "ENCRYPT"), plaintext, aad));
  }

  decrypt(id: Uint8Array, sealed: Sealed, aad: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
    return this.#serve("decrypt", () => {
      try {
        return gcmOpen(this.#secret("decrypt", id, "DECRYPT"), sealed, aad);
      } catch (error) {
        throw error instanceof TokenFault ? error : new TokenFault("C_Decrypt", 0x40, "CKR_ENCRYPTED_DATA_INVALID");
      }
    });
  }

  openTransport(): Promise<Transport> {
    return this.#serve("openTransport", async () => {
      const material = await generate({ algorithm: "RSA-2048" });
      if (material.kind !== "pair") throw new Error("RSA makes a pair");
      this.#count += 1;
      const handle = `transport-${this.#count}`;
      this.#transports.set(handle, material.privateKey);
      return { handle, spki: spkiOf(material.publicKey) };
    });
  }

  wrapTo(id: Uint8Array, transport: Uint8Array): Promise<Result<WrappedKey, TokenRefusal>> {
    return this.#serve("wrapTo", () => {
      const [{ material, reading }] = used(this.#complete("wrapTo", id));
      if (reading.attributes.EXTRACTABLE !== true) return refuse<TokenRefusal>({ reason: "NOT-EXTRACTABLE", facts: { label: reading.label } });
      const trusted = this.#memory.objects.some((object) => object.reading.attributes.TRUSTED === true);
      if (reading.attributes.WRAP_WITH_TRUSTED === true && !trusted) {
        return refuse<TokenRefusal>({ reason: "WRAPS-WITH-TRUSTED-ONLY", facts: { label: reading.label } });
      }
      return ok(wrapMaterial(material, transport));
    });
  }

  unwrapFrom(handle: string, wrapped: WrappedKey, template: KeyTemplate, spki: Uint8Array | null): Promise<Result<PreparedKey, TokenRefusal>> {
    return this.#serve("unwrapFrom", () => {
      const taken = this.#taken(template);
      if (taken !== null) return refuse(taken);
      const transport = this.#transports.get(handle);
      if (transport === undefined) throw new BadTokenArgument("unwrapFrom", "NO-SUCH-TRANSPORT");
      this.#transports.delete(handle);
      return ok(this.#prepare(template, this.#unwrapped(wrapped, transport, spki), "brought"));
    });
  }

  #unwrapped(wrapped: WrappedKey, transport: KeyObject, spki: Uint8Array | null): Material {
    try {
      return unwrapMaterial(wrapped, transport, spki === null ? "secret" : "pair");
    } catch {
      throw new TokenFault("C_UnwrapKey", 0x110, "CKR_WRAPPED_KEY_INVALID");
    }
  }

  proveNotExportable(id: Uint8Array): Promise<ExportProof> {
    return this.#serve("proveNotExportable", () => {
      const [{ reading }] = used(this.#complete("proveNotExportable", id));
      const open = reading.attributes.EXTRACTABLE === true;
      const answers = (name: string, allowed: boolean, ckr: number, ckrName: string): ExportAttempt =>
        allowed ? { attempt: name, answer: "allowed", ckr: 0, ckrName: "CKR_OK" } : { attempt: name, answer: "refused", ckr, ckrName };
      return judgeExport(reading, [
        answers(reading.keyType === "RSA" ? "read PRIVATE_EXPONENT" : "read VALUE", false, 0x11, "CKR_ATTRIBUTE_SENSITIVE"),
        answers("set EXTRACTABLE=true", false, 0x10, "CKR_ATTRIBUTE_READ_ONLY"),
        answers("wrap by AES-KEY-WRAP-PAD", open || this.#flaws.wrapsUnextractable === true, 0x6a, "CKR_KEY_UNEXTRACTABLE"),
      ]);
    });
  }

  random(length: number): Promise<Uint8Array> {
    return this.#serve("random", () => {
      if (!Number.isInteger(length) || length < 1 || length > 1024) throw new BadTokenArgument("random", "length must be 1 to 1024");
      return Uint8Array.from(randomBytes(length));
    });
  }

  async #serve<T>(call: Call, act: () => T | Promise<T>): Promise<T> {
    if (this.#gone) throw new TokenGone(call, "TOKEN-IS-GONE");
    const flavour = this.#failures.get(call);
    this.#failures.delete(call);
    if (flavour === undefined) return act();
    if (flavour === "done-but-reply-lost") await act();
    this.#gone = true;
    this.#prepared.clear();
    throw new TokenGone(call, "CHILD-ENDED SIGKILL");
  }

  #preparedKey(handle: string): { template: KeyTemplate; objects: FakeObject[]; kept: boolean } {
    const prepared = this.#prepared.get(handle);
    if (prepared === undefined) throw new BadTokenArgument("preparedKey", "NO-SUCH-PREPARED-KEY");
    return prepared;
  }

  #taken({ label, id }: KeyTemplate): TokenRefusal | null {
    const { objects } = this.#memory;
    if (objects.some(({ reading }) => reading.label === label)) return { reason: "LABEL-TAKEN", facts: { label } };
    const withId = objects.some(({ reading }) => sameBytes(reading.id, id));
    return withId ? { reason: "ID-TAKEN", facts: { label, id: Buffer.from(id).toString("hex") } } : null;
  }

  #lookUp(id: Uint8Array): KeyLookup {
    const objects = this.#memory.objects.filter(({ reading }) => sameBytes(reading.id, id));
    const [first] = objects;
    if (first === undefined) return { found: "nothing" };
    if (first.material.kind === "pair" && objects.length === 1) return { found: "half", parts: objects.map(({ reading }) => reading) };
    return { found: "complete", key: readingOf(objects) };
  }

  #complete(call: string, id: Uint8Array): FakeObject[] {
    const found = this.#lookUp(id);
    if (found.found !== "complete") throw new TokenFault(call, null, found.found === "half" ? "KEY-IS-HALF" : "NO-SUCH-KEY");
    return this.#memory.objects.filter(({ reading }) => sameBytes(reading.id, id));
  }

  #pair(call: string, id: Uint8Array): Extract<Material, { kind: "pair" }> {
    const [{ material }] = used(this.#complete(call, id));
    if (material.kind !== "pair") throw new TokenFault(call, null, "NOT-A-KEY-PAIR");
    return material;
  }

  #secret(call: string, id: Uint8Array, use: AttributeName): Buffer {
    const [{ material, reading }] = used(this.#complete(call, id));
    if (material.kind !== "secret") throw new TokenFault(call, 0x63, "CKR_KEY_TYPE_INCONSISTENT");
    if (reading.attributes[use] !== true) throw new TokenFault(call, 0x68, "CKR_KEY_FUNCTION_NOT_PERMITTED");
    return material.value;
  }

  #objects(template: KeyTemplate, material: Material, kept: boolean, origin: KeyOrigin): FakeObject[] {
    const expected = expectedAttributes(template, this.profile, origin);
    const history = origin === "made" ? {} : { LOCAL: false, ALWAYS_SENSITIVE: false, NEVER_EXTRACTABLE: false };
    const { algorithm, label, id } = template;
    const shape = shapeOf(algorithm);
    const object = (objectClass: ObjectReading["objectClass"], attributes: ExpectedAttributes, spki: Uint8Array | null): FakeObject => ({
      material,
      reading: {
        objectClass,
        label,
        id: Uint8Array.from(id),
        keyType: shape.family === "HMAC" ? "GENERIC_SECRET" : shape.family,
        algorithm,
        modulusBits: shape.family === "RSA" ? shape.bits : "not offered",
        keyGenMechanism: { RSA: "RSA_PKCS_KEY_PAIR_GEN", EC: "EC_KEY_PAIR_GEN", EC_EDWARDS: "EC_EDWARDS_KEY_PAIR_GEN", AES: "AES_KEY_GEN", HMAC: "GENERIC_SECRET_KEY_GEN" }[shape.family],
        attributes: { ...noReadings(), MODIFIABLE: true, ...history, ...attributes, TOKEN: kept, ...(objectClass === "public-key" ? {} : this.#flaws.overrides) },
        spkiSha256: spki === null ? null : createHash("sha256").update(spki).digest("hex"),
      },
    });
    if (expected.kind === "secret") return [object("secret-key", expected.secretKey, null)];
    if (material.kind !== "pair") throw new Error("a pair was ordered");
    return [object("private-key", expected.privateKey, null), object("public-key", { PRIVATE: false, ...expected.publicKey }, spkiOf(material.publicKey))];
  }
}

function used(objects: FakeObject[]): [FakeObject] {
  const object = objects.find(({ reading }) => reading.objectClass !== "public-key");
  if (object === undefined) throw new Error("a key has a private or secret object");
  return [object];
}

function readingOf(objects: FakeObject[]): KeyReading {
  const [{ reading, material }] = used(objects);
  if (material.kind === "secret") return { kind: "secret", secretKey: reading };
  const publicKey = objects.find((object) => object.reading.objectClass === "public-key");
  if (publicKey === undefined) throw new Error("a pair has a public object");
  return { kind: "pair", privateKey: reading, publicKey: publicKey.reading, spki: spkiOf(material.publicKey) };
}
