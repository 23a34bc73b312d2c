import { BadTokenArgument, PinRefused, TokenFault } from "#lib/token/fault";
import { CK, CK_PARAMS, CKZ_DATA_SPECIFIED } from "./pkcs11-constants";
import type { Handle, Pkcs11Module, RawMechanism, RawTemplate, RawTokenInfo, RawValue } from "./pkcs11-module";

export type Session = Handle;
export type AttributeValue = boolean | number | string | Uint8Array;
/** Attribute number to value. */
export type Template = ReadonlyMap<number, AttributeValue>;

/** The only mechanism parameters there are; each structure is built here, none is taken over from a caller. */
export type Parameter =
  | { readonly kind: "gcm"; readonly iv: Uint8Array; readonly aad: Uint8Array }
  | { readonly kind: "pss-sha256" }
  | { readonly kind: "oaep-sha1" }
  | { readonly kind: "ecdh"; readonly publicPoint: Uint8Array }
  | { readonly kind: "cbc"; readonly iv: Uint8Array };

export interface MechanismUse {
  readonly code: number;
  readonly parameter?: Parameter;
}

const MAX_UINT32 = 0xffff_ffff;
const MAX_VALUE_BYTES = 1 << 16;
const MAX_DATA_BYTES = 1 << 24;
const MAX_OBJECTS = 100_000;
const PIN_REFUSALS: readonly number[] = [
  CK.CKR_PIN_INCORRECT,
  CK.CKR_PIN_INVALID,
  CK.CKR_PIN_LEN_RANGE,
  CK.CKR_PIN_EXPIRED,
  CK.CKR_PIN_LOCKED,
];

/**
 * The add-on behind a front that checks every argument: wrongly typed ones crash the process (double frees in its error paths), and
 * its errors come in three shapes. In: values of exactly four kinds. Out: values, or `TokenFault` with number and name.
 * Uses only the synchronous and the `*Async` forms; the callback forms lose their buffers to the garbage collector.
 */
export class Cryptoki {
  readonly #module: Pkcs11Module;
  readonly #returnName: (code: number) => string;
  /** Where `signNow` has its signatures written, one after the other. */
  readonly #signature = Buffer.alloc(1024);

  constructor(module: Pkcs11Module, returnName: (code: number) => string) {
    this.#module = module;
    this.#returnName = returnName;
  }

  /** Loads and initialises with locking, once in the life of the process. A missing file is a fault without a number. */
  start(path: string, libraryParameters: string | null): void {
    // The add-on drops the last character of the parameters; a blank is no loss.
    const parameters = libraryParameters === null ? {} : { libraryParameters: `${libraryParameters} ` };
    this.#call("load", () => this.#module.load(path));
    this.#call("C_Initialize", () => this.#module.C_Initialize({ flags: CK.CKF_OS_LOCKING_OK, ...parameters }));
  }

  slots(): Handle[] {
    return this.#call("C_GetSlotList", () => this.#module.C_GetSlotList(true));
  }

  tokenInfo(slot: Handle): RawTokenInfo {
    return this.#call("C_GetTokenInfo", () => this.#module.C_GetTokenInfo(handle(slot)));
  }

  mechanismCodes(slot: Handle): number[] {
    return this.#call("C_GetMechanismList", () => this.#module.C_GetMechanismList(handle(slot)));
  }

  mechanismInfo(slot: Handle, code: number): { minKeySize: number; maxKeySize: number; flags: number } {
    return this.#call("C_GetMechanismInfo", () => this.#module.C_GetMechanismInfo(handle(slot), uint32(code)));
  }

  initToken(slot: Handle, pin: string, label: string): void {
    this.#call("C_InitToken", () => this.#module.C_InitToken(handle(slot), pin, label.padEnd(32, " ")));
  }

  initPin(session: Session, pin: string): void {
    this.#call("C_InitPIN", () => this.#module.C_InitPIN(handle(session), pin));
  }

  /** Changes the PIN of whoever is logged in. One try: a refused old PIN is `PinRefused`. */
  setPin(session: Session, oldPin: string, newPin: string): void {
    try {
      this.#call("C_SetPIN", () => this.#module.C_SetPIN(handle(session), oldPin, newPin));
    } catch (error) {
      if (!(error instanceof TokenFault) || (error.ckr !== CK.CKR_PIN_INCORRECT && error.ckr !== CK.CKR_PIN_LOCKED)) throw error;
      throw new PinRefused(error.ckr, error.ckrName);
    }
  }

  /** Always read-write: AWS CloudHSM refuses the other kind. */
  openSession(slot: Handle): Session {
    return this.#call("C_OpenSession", () => this.#module.C_OpenSession(handle(slot), CK.CKF_SERIAL_SESSION | CK.CKF_RW_SESSION));
  }

  closeSession(session: Session): void {
    this.#call("C_CloseSession", () => this.#module.C_CloseSession(handle(session)));
  }

  /** One try. A refused PIN is `PinRefused`; whoever is logged in already stays so. */
  login(session: Session, user: "user" | "security-officer", pin: string): void {
    try {
      this.#call("C_Login", () => this.#module.C_Login(handle(session), user === "user" ? CK.CKU_USER : CK.CKU_SO, pin));
    } catch (error) {
      if (!(error instanceof TokenFault) || error.ckr === null) throw error;
      if (error.ckr === CK.CKR_USER_ALREADY_LOGGED_IN) return;
      if (PIN_REFUSALS.includes(error.ckr)) throw new PinRefused(error.ckr, error.ckrName);
      throw error;
    }
  }

  logout(session: Session): void {
    this.#call("C_Logout", () => this.#module.C_Logout(handle(session)));
  }

  find(session: Session, template: Template): Handle[] {
    this.#call("C_FindObjectsInit", () => this.#module.C_FindObjectsInit(handle(session), rawTemplate(template)));
    const found: Handle[] = [];
    for (;;) {
      const some = this.#call("C_FindObjects", () => this.#module.C_FindObjects(handle(session), 64));
      found.push(...some);
      if (some.length === 0) break;
      if (found.length > MAX_OBJECTS) throw new TokenFault("C_FindObjects", null, "TOO-MANY-OBJECTS");
    }
    this.#call("C_FindObjectsFinal", () => this.#module.C_FindObjectsFinal(handle(session)));
    return found;
  }

  /** One attribute; one request for many fails as a whole when one of them is secret or unknown. */
  attribute(session: Session, object: Handle, type: number): Buffer {
    const rows = this.#call("C_GetAttributeValue", () =>
      this.#module.C_GetAttributeValue(handle(session), handle(object), [{ type: uint32(type) }]),
    );
    const value = rows[0]?.value;
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
  }

  setAttributes(session: Session, object: Handle, template: Template): void {
    this.#call("C_SetAttributeValue", () =>
      this.#module.C_SetAttributeValue(handle(session), handle(object), rawTemplate(template)),
    );
  }

  createObject(session: Session, template: Template): Handle {
    return this.#call("C_CreateObject", () => this.#module.C_CreateObject(handle(session), rawTemplate(template)));
  }

  copy(session: Session, object: Handle, template: Template): Handle {
    return this.#call("C_CopyObject", () => this.#module.C_CopyObject(handle(session), handle(object), rawTemplate(template)));
  }

  destroy(session: Session, object: Handle): void {
    this.#call("C_DestroyObject", () => this.#module.C_DestroyObject(handle(session), handle(object)));
  }

  generateKey(session: Session, code: number, template: Template): Promise<Handle> {
    const [mechanism, raw] = [{ mechanism: uint32(code) }, rawTemplate(template)];
    return this.#callAsync("C_GenerateKey", () => this.#module.C_GenerateKeyAsync(handle(session), mechanism, raw));
  }

  generateKeyPair(
    session: Session,
    code: number,
    publicTemplate: Template,
    privateTemplate: Template,
  ): Promise<{ publicKey: Handle; privateKey: Handle }> {
    const mechanism = { mechanism: uint32(code) };
    const [forPublic, forPrivate] = [rawTemplate(publicTemplate), rawTemplate(privateTemplate)];
    return this.#callAsync("C_GenerateKeyPair", () =>
      this.#module.C_GenerateKeyPairAsync(handle(session), mechanism, forPublic, forPrivate),
    );
  }

  sign(session: Session, use: MechanismUse, key: Handle, data: Uint8Array): Promise<Buffer> {
    const [mechanism, input, out] = [rawMechanism(use), dataBuffer(data), Buffer.alloc(1024)];
    this.#call("C_SignInit", () => this.#module.C_SignInit(handle(session), mechanism, handle(key)));
    return this.#callAsync("C_Sign", () => this.#module.C_SignAsync(handle(session), input, out));
  }

  /** Throws `TokenFault` with the module's answer when the signature is not good. */
  async verify(session: Session, use: MechanismUse, key: Handle, data: Uint8Array, signature: Uint8Array): Promise<void> {
    const [mechanism, input, given] = [rawMechanism(use), dataBuffer(data), dataBuffer(signature)];
    this.#call("C_VerifyInit", () => this.#module.C_VerifyInit(handle(session), mechanism, handle(key)));
    const good = await this.#callAsync("C_Verify", () => this.#module.C_VerifyAsync(handle(session), input, given));
    if (!good) throw new TokenFault("C_Verify", CK.CKR_SIGNATURE_INVALID, this.#returnName(CK.CKR_SIGNATURE_INVALID));
  }

  /** `ivMade` is the iv the module used: some write their own into the buffer they are given. */
  async encrypt(session: Session, use: MechanismUse, key: Handle, data: Uint8Array): Promise<{ output: Buffer; ivMade: Buffer | null }> {
    const [mechanism, input, out] = [rawMechanism(use), dataBuffer(data), Buffer.alloc(data.length + 64)];
    this.#call("C_EncryptInit", () => this.#module.C_EncryptInit(handle(session), mechanism, handle(key)));
    const output = await this.#callAsync("C_Encrypt", () => this.#module.C_EncryptAsync(handle(session), input, out));
    return { output, ivMade: ivIn(mechanism) };
  }

  decrypt(session: Session, use: MechanismUse, key: Handle, data: Uint8Array): Promise<Buffer> {
    const [mechanism, input, out] = [rawMechanism(use), dataBuffer(data), Buffer.alloc(data.length + 64)];
    this.#call("C_DecryptInit", () => this.#module.C_DecryptInit(handle(session), mechanism, handle(key)));
    return this.#callAsync("C_Decrypt", () => this.#module.C_DecryptAsync(handle(session), input, out));
  }

  wrap(session: Session, use: MechanismUse, wrappingKey: Handle, key: Handle): Promise<Buffer> {
    const [mechanism, out] = [rawMechanism(use), Buffer.alloc(16_384)];
    return this.#callAsync("C_WrapKey", () =>
      this.#module.C_WrapKeyAsync(handle(session), mechanism, handle(wrappingKey), handle(key), out),
    );
  }

  unwrap(session: Session, use: MechanismUse, key: Handle, wrapped: Uint8Array, template: Template): Promise<Handle> {
    const [mechanism, input, raw] = [rawMechanism(use), dataBuffer(wrapped), rawTemplate(template)];
    return this.#callAsync("C_UnwrapKey", () => this.#module.C_UnwrapKeyAsync(handle(session), mechanism, handle(key), input, raw));
  }

  // The same without a turn of the event loop: for a process that does nothing else, where handing over costs more than waiting.

  signNow(session: Session, use: MechanismUse, key: Handle, data: Uint8Array): Buffer {
    const [mechanism, input] = [rawMechanism(use), dataBuffer(data)];
    this.#call("C_SignInit", () => this.#module.C_SignInit(handle(session), mechanism, handle(key)));
    return Buffer.from(this.#call("C_Sign", () => this.#module.C_Sign(handle(session), input, this.#signature)));
  }

  verifyNow(session: Session, use: MechanismUse, key: Handle, data: Uint8Array, signature: Uint8Array): void {
    const [mechanism, input, given] = [rawMechanism(use), dataBuffer(data), dataBuffer(signature)];
    this.#call("C_VerifyInit", () => this.#module.C_VerifyInit(handle(session), mechanism, handle(key)));
    const good = this.#call("C_Verify", () => this.#module.C_Verify(handle(session), input, given));
    if (!good) throw new TokenFault("C_Verify", CK.CKR_SIGNATURE_INVALID, this.#returnName(CK.CKR_SIGNATURE_INVALID));
  }

  encryptNow(session: Session, use: MechanismUse, key: Handle, data: Uint8Array): { output: Buffer; ivMade: Buffer | null } {
    const [mechanism, input, out] = [rawMechanism(use), dataBuffer(data), Buffer.alloc(data.length + 64)];
    this.#call("C_EncryptInit", () => this.#module.C_EncryptInit(handle(session), mechanism, handle(key)));
    return { output: this.#call("C_Encrypt", () => this.#module.C_Encrypt(handle(session), input, out)), ivMade: ivIn(mechanism) };
  }

  decryptNow(session: Session, use: MechanismUse, key: Handle, data: Uint8Array): Buffer {
    const [mechanism, input, out] = [rawMechanism(use), dataBuffer(data), Buffer.alloc(data.length + 64)];
    this.#call("C_DecryptInit", () => this.#module.C_DecryptInit(handle(session), mechanism, handle(key)));
    return this.#call("C_Decrypt", () => this.#module.C_Decrypt(handle(session), input, out));
  }

  wrapNow(session: Session, use: MechanismUse, wrappingKey: Handle, key: Handle): Buffer {
    const [mechanism, out] = [rawMechanism(use), Buffer.alloc(16_384)];
    return this.#call("C_WrapKey", () => this.#module.C_WrapKey(handle(session), mechanism, handle(wrappingKey), handle(key), out));
  }

  unwrapNow(session: Session, use: MechanismUse, key: Handle, wrapped: Uint8Array, template: Template): Handle {
    const [mechanism, input, raw] = [rawMechanism(use), dataBuffer(wrapped), rawTemplate(template)];
    return this.#call("C_UnwrapKey", () => this.#module.C_UnwrapKey(handle(session), mechanism, handle(key), input, raw));
  }

  derive(session: Session, use: MechanismUse, key: Handle, template: Template): Promise<Handle> {
    const [mechanism, raw] = [rawMechanism(use), rawTemplate(template)];
    return this.#callAsync("C_DeriveKey", () => this.#module.C_DeriveKeyAsync(handle(session), mechanism, handle(key), raw));
  }

  random(session: Session, length: number): Buffer {
    if (!Number.isInteger(length) || length < 1 || length > 1024) throw new BadTokenArgument("random", "length must be 1 to 1024");
    return this.#call("C_GenerateRandom", () => this.#module.C_GenerateRandom(handle(session), Buffer.alloc(length)));
  }

  #call<T>(call: string, act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw this.#fault(call, error);
    }
  }

  async #callAsync<T>(call: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw this.#fault(call, error);
    }
  }

  /** Folds `Pkcs11Error{code}`, bare `Error("CKR_X:16")` and the add-on's own errors into one. Never carries the add-on's text on. */
  #fault(call: string, error: unknown): TokenFault {
    if (error instanceof TokenFault) return error;
    const { message, code } = error as { message?: unknown; code?: unknown };
    const named = /(CKR_\w+):(\d+)/.exec(String(message));
    const number = named ? Number(named[2]) : typeof code === "number" && code !== 0 ? code : null;
    if (number !== null) return new TokenFault(call, number, this.#returnName(number));
    if (error instanceof TypeError) return new BadTokenArgument(call, "ADD-ON-REFUSED-ARGUMENT");
    return new TokenFault(call, null, call === "load" ? "MODULE-NOT-LOADED" : "ADD-ON-FAULT");
  }
}

function handle(value: unknown): Handle {
  if (!Buffer.isBuffer(value) || value.length < 4 || value.length > 8) throw new BadTokenArgument("handle", "NOT-A-HANDLE");
  return value;
}

function uint32(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > MAX_UINT32) throw new BadTokenArgument("number", "NOT-A-UINT32");
  return value;
}

function dataBuffer(value: Uint8Array): Buffer {
  if (!(value instanceof Uint8Array) || value.length > MAX_DATA_BYTES) throw new BadTokenArgument("data", "NOT-BYTES-OR-TOO-MANY");
  return Buffer.from(value);
}

function rawValue(value: AttributeValue): RawValue {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return uint32(value);
  const bytes = typeof value === "string" ? Buffer.from(value, "utf8") : dataBuffer(value);
  if (bytes.length > MAX_VALUE_BYTES) throw new BadTokenArgument("template", "VALUE-TOO-LONG");
  return bytes;
}

function rawTemplate(template: Template): RawTemplate {
  return [...template].map(([type, value]) => ({ type: uint32(type), value: rawValue(value) }));
}

/** The iv in a mechanism's parameter, which some modules write their own into. */
function ivIn({ parameter }: RawMechanism): Buffer | null {
  const iv = parameter !== undefined && !Buffer.isBuffer(parameter) ? parameter["iv"] : undefined;
  return Buffer.isBuffer(iv) ? iv : null;
}

function rawMechanism(use: MechanismUse): RawMechanism {
  const mechanism = uint32(use.code);
  return use.parameter === undefined ? { mechanism } : { mechanism, parameter: rawParameter(use.parameter) };
}

function rawParameter(parameter: Parameter): Exclude<RawMechanism["parameter"], undefined> {
  switch (parameter.kind) {
    case "gcm": {
      const iv = dataBuffer(parameter.iv);
      if (iv.length !== 12) throw new BadTokenArgument("parameter", "IV-NOT-12-BYTES");
      const aad = dataBuffer(parameter.aad);
      return { type: CK_PARAMS.CK_PARAMS_AES_GCM_v240, iv, ivBits: 96, tagBits: 128, ...(aad.length > 0 ? { aad } : {}) };
    }
    case "pss-sha256":
      return { type: CK_PARAMS.CK_PARAMS_RSA_PSS, hashAlg: CK.CKM_SHA256, mgf: CK.CKG_MGF1_SHA256, saltLen: 32 };
    case "oaep-sha1":
      return { type: CK_PARAMS.CK_PARAMS_RSA_OAEP, hashAlg: CK.CKM_SHA_1, mgf: CK.CKG_MGF1_SHA1, source: CKZ_DATA_SPECIFIED };
    case "ecdh":
      return { type: CK_PARAMS.CK_PARAMS_EC_DH, kdf: CK.CKD_NULL, publicData: dataBuffer(parameter.publicPoint) };
    case "cbc": {
      const iv = dataBuffer(parameter.iv);
      if (iv.length !== 16) throw new BadTokenArgument("parameter", "IV-NOT-16-BYTES");
      return iv;
    }
  }
}
