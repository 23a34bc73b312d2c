import { createPublicKey, type KeyObject } from "node:crypto";
import { BadTokenArgument, TokenFault } from "#lib/token/fault";
import { fits, signatureInput, verifies } from "../token/key-use";
import { checkValueNow, OAEP, openNow, sealNow, unwrapNow, wrapNow } from "./key-work-now";
import type { OpenToken } from "../token/open-token";
import { CK } from "../token/pkcs11-constants";
import type { Handle } from "../token/pkcs11-module";
import { INPUT_REFUSED, type SignWork, type Work } from "./signing-protocol";

interface FoundKey {
  readonly handle: Handle;
  readonly publicKey: KeyObject;
  readonly spki: Buffer;
  /** One signature by it has verified: it is the register's key and no other of that id. */
  proved: boolean;
}

const isGood = ({ publicKey }: FoundKey, { algorithm, data }: SignWork, signature: Uint8Array): boolean =>
  verifies(publicKey, algorithm, data, signature);

const HMAC = { code: CK.CKM_SHA256_HMAC };
const MAC_REFUSALS: readonly number[] = [CK.CKR_SIGNATURE_INVALID, CK.CKR_SIGNATURE_LEN_RANGE];
const DEVICE: readonly number[] = [CK.CKR_DEVICE_ERROR, CK.CKR_DEVICE_MEMORY, CK.CKR_HOST_MEMORY];

/** Keys whose handles are remembered; far more than a token's applications use at a time. */
const MOST_KEYS = 256;

/** One session on one token, which signs one thing after the other without ever waiting for anything else. */
export class SigningSession {
  readonly #token: OpenToken;
  readonly #keys = new Map<string, FoundKey>();
  readonly #handles = new Map<string, Handle>();
  readonly #checked = new Set<string>();

  constructor(token: OpenToken) {
    this.#token = token;
  }

  /**
   * Does one work. Throws `TokenFault`: KEY-NOT-ON-TOKEN, TWO-KEYS-UNDER-ONE-ID, KEY-DOES-NOT-FIT-ALGORITHM, KEY-NOT-AS-RECORDED,
   * SIGNATURE-DOES-NOT-VERIFY, INPUT-REFUSED for what this key does not open, or what the module answers; `gone` when only a new
   * process can go on.
   */
  perform(work: Work): Uint8Array {
    try {
      return this.#perform(work);
    } catch (error) {
      if (!(error instanceof TokenFault) || error instanceof BadTokenArgument || error.ckr === null) throw error;
      // Handles may have gone with whatever happened.
      for (const kept of [this.#keys, this.#handles, this.#checked]) kept.clear();
      const fault = this.#token.afterFault(error);
      throw !fault.gone && isRefusal(work, error) ? new TokenFault(error.call, null, INPUT_REFUSED) : fault;
    }
  }

  #perform(work: Work): Uint8Array {
    const { cryptoki, session } = this.#token;
    switch (work.what) {
      case "sign":
        return this.#sign(work);
      case "encrypt":
        return sealNow(this.#token, this.#secret(work), work.data, work.aad);
      case "decrypt":
        return openNow(this.#token, this.#secret(work), work.data, work.aad);
      case "open":
        return cryptoki.decryptNow(session, OAEP, this.#handle(work.id, CK.CKO_PRIVATE_KEY), work.data);
      case "wrap":
        return wrapNow(this.#token, this.#secret(work), work.data);
      case "unwrap":
        return unwrapNow(this.#token, work.by, work.by === "RSA-OAEP" ? this.#handle(work.id, CK.CKO_PRIVATE_KEY) : this.#secret(work), work.data);
      case "mac":
        return cryptoki.signNow(session, HMAC, this.#secret(work), work.data);
      case "verify-mac":
        return Uint8Array.of(this.#isMac(work) ? 1 : 0);
      case "random":
        return cryptoki.random(session, work.length);
    }
  }

  /** Modules answer a wrong MAC by different numbers, and always from C_Verify itself. */
  #isMac(work: Extract<Work, { what: "verify-mac" }>): boolean {
    try {
      this.#token.cryptoki.verifyNow(this.#token.session, HMAC, this.#secret(work), work.data, work.mac);
      return true;
    } catch (error) {
      if (error instanceof TokenFault && error.call === "C_Verify" && error.ckr !== null && MAC_REFUSALS.includes(error.ckr)) return false;
      throw error;
    }
  }

  #sign(work: SignWork): Uint8Array {
    const key = this.#find(work.id, work.spki);
    if (!fits(key.publicKey, work.algorithm)) throw new TokenFault("sign", null, "KEY-DOES-NOT-FIT-ALGORITHM");
    if (!key.proved) return this.#prove(key, work);
    const signature = this.#signature(key, work);
    if (work.check && !isGood(key, work, signature)) throw new TokenFault("C_Sign", null, "SIGNATURE-DOES-NOT-VERIFY");
    return signature;
  }

  /** Whether it is another key under this id, or a module that once went wrong, the second signature tells. */
  #prove(key: FoundKey, work: SignWork): Uint8Array {
    for (let tries = 0; tries < 2; tries += 1) {
      const signature = this.#signature(key, work);
      if (!isGood(key, work, signature)) continue;
      key.proved = true;
      return signature;
    }
    throw new TokenFault("C_Sign", null, "KEY-NOT-AS-RECORDED");
  }

  #signature({ handle }: FoundKey, { algorithm, data }: SignWork): Uint8Array {
    const [use, input] = signatureInput(algorithm, data);
    return this.#token.cryptoki.signNow(this.#token.session, use, handle, input);
  }

  #find(id: Uint8Array, spki: Uint8Array): FoundKey {
    const name = Buffer.from(id).toString("hex");
    const known = this.#keys.get(name);
    if (known?.spki.equals(spki)) return known;
    const handle = this.#look(id, CK.CKO_PRIVATE_KEY);
    const bytes = Buffer.from(spki);
    const key = { handle, publicKey: createPublicKey({ key: bytes, format: "der", type: "spki" }), spki: bytes, proved: false };
    this.#remember(this.#keys, name, key);
    return key;
  }

  /**
   * A secret key shows itself by its check value, where the register has one, before anything is done by it: once in each process, which
   * logs in once. One that shows another, or none, is another key under this id.
   */
  #secret({ id, checkValue = null, what }: SecretWork): Handle {
    const handle = this.#handle(id, CK.CKO_SECRET_KEY);
    const name = `${Buffer.from(id).toString("hex")} ${checkValue ?? ""}`;
    if (checkValue === null || this.#checked.has(name)) return handle;
    if (checkValueNow(this.#token, handle) !== checkValue) throw new TokenFault(what, null, "KEY-NOT-AS-RECORDED");
    if (this.#checked.size >= MOST_KEYS) this.#checked.clear();
    this.#checked.add(name);
    return handle;
  }

  #handle(id: Uint8Array, kind: number): Handle {
    const name = `${String(kind)} ${Buffer.from(id).toString("hex")}`;
    const known = this.#handles.get(name);
    if (known) return known;
    const handle = this.#look(id, kind);
    this.#remember(this.#handles, name, handle);
    return handle;
  }

  #look(id: Uint8Array, kind: number): Handle {
    const found = this.#token.find(
      new Map<number, number | boolean | Uint8Array>([
        [CK.CKA_CLASS, kind],
        [CK.CKA_TOKEN, true],
        [CK.CKA_ID, id],
      ]),
    );
    const [handle] = found;
    if (handle === undefined) throw new TokenFault("C_FindObjects", null, "KEY-NOT-ON-TOKEN");
    if (found.length > 1) throw new TokenFault("C_FindObjects", null, "TWO-KEYS-UNDER-ONE-ID");
    return handle;
  }

  #remember<T>(among: Map<string, T>, name: string, one: T): void {
    if (among.size >= MOST_KEYS) among.clear();
    among.set(name, one);
  }
}

type SecretWork = Extract<Work, { readonly checkValue?: string | null | undefined }>;

/** Whether it is the input that was refused, and not the device that failed. Which of its faults it was is told to nobody. */
const isRefusal = ({ what }: Work, { call, ckr }: TokenFault): boolean =>
  ((what === "decrypt" || what === "open") && call === "C_Decrypt" && !isDevice(ckr)) || (what === "unwrap" && call === "C_UnwrapKey" && !isDevice(ckr));

const isDevice = (ckr: number | null): boolean => ckr !== null && DEVICE.includes(ckr);
