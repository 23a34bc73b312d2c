import type { SignatureAlgorithm } from "#lib/token/algorithm";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import { judgeExport } from "#lib/token/export-proof";
import { BadTokenArgument, TokenFault, type TokenRefusal } from "#lib/token/fault";
import type { TokenProfile } from "#lib/token/profile";
import { ecdsaSignatureDer } from "#lib/token/spki";
import { type KeyTemplate, unsoundness } from "#lib/token/template";
import type {
  ExportProof,
  KeyLookup,
  KeyTarget,
  KeyTest,
  Mechanism,
  PreparedKey,
  Sealed,
  SignOptions,
  Token,
  TokenIdentity,
  Transport,
  WrappedKey,
} from "#lib/token/token";
import { ok, refuse, type Result } from "#lib/result";
import { sealsAsOutside } from "./cipher-test";
import type { Session } from "./cryptoki";
import { tryToExport } from "./export-attempts";
import { generate, type KeyHandles, offersGeneration } from "./key-maker";
import { findRemains, lookUp, tokenObjects, type LocatedKey, type LocatedObject } from "./key-lookup";
import { testUses } from "./key-test";
import { makeTransport, unwrapKey, wrapKey } from "./key-transport";
import { acceptsMac, macsAsOutside } from "./mac-test";
import { checkValueOf, macBytes, openOaep, openSealed, sealBytes, signBytes } from "./key-use";
import { readObject, readSpki } from "./object-reader";
import type { OpenToken } from "./open-token";
import { CK, flagNames, MECHANISM_FLAGS } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import { attempt } from "./scratch";

interface Prepared {
  readonly template: KeyTemplate;
  readonly session: Session;
  readonly key: KeyHandles;
  readonly kept: boolean;
}

/** The token port over one PKCS#11 module in this process. Serves one call at a time. */
export class Pkcs11Token implements Token {
  readonly profile: TokenProfile;
  readonly #token: OpenToken;
  readonly #prepared = new Map<string, Prepared>();
  readonly #transports = new Map<string, { session: Session; privateKey: Handle }>();
  #count = 0;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(token: OpenToken) {
    this.#token = token;
    this.profile = token.profile;
  }

  info(): Promise<TokenIdentity> {
    return this.#serve(() => this.#token.identity());
  }

  mechanisms(): Promise<readonly Mechanism[]> {
    return this.#serve(() => {
      const { cryptoki, slot, names } = this.#token;
      const list = cryptoki.mechanismCodes(slot).map((code) => {
        const { minKeySize, maxKeySize, flags } = cryptoki.mechanismInfo(slot, code);
        return { name: names.mechanism(code), minKeySize, maxKeySize, flags: flagNames(flags, MECHANISM_FLAGS) };
      });
      return list.sort((a, b) => compare(a.name, b.name));
    });
  }

  prepareKey(template: KeyTemplate): Promise<Result<PreparedKey, TokenRefusal>> {
    return this.#serve(async () => {
      const wrong = unsoundness(template);
      if (wrong.length > 0) return refuse<TokenRefusal>({ reason: "TEMPLATE-UNSOUND", facts: { label: template.label, wrong } });
      const taken = this.#taken(template);
      if (taken !== null) return refuse(taken);
      if (template.wrapWithTrusted && !this.profile.wrapsWithTrusted) {
        return refuse<TokenRefusal>({ reason: "TRUSTED-WRAPPING-NOT-OFFERED", facts: { label: template.label } });
      }
      if (!offersGeneration(this.#token, template)) {
        return refuse<TokenRefusal>({ reason: "ALGORITHM-NOT-OFFERED", facts: { algorithm: template.algorithm } });
      }
      const kept = !this.profile.copyObject;
      if (kept) this.#token.mayPersist();
      return ok(await this.#generate(template, kept));
    });
  }

  readBack(handle: string): Promise<KeyReading> {
    return this.#serve(() => this.#reading(this.#preparedKey(handle).key));
  }

  testKey(target: KeyTarget): Promise<readonly KeyTest[]> {
    return this.#serve(() => {
      const key = "handle" in target ? this.#preparedKey(target.handle).key : this.#complete("testKey", target.id).handles;
      return testUses(this.#token, key, readObject(this.#token, key.use));
    });
  }

  keepKey(handle: string): Promise<Result<KeyReading, TokenRefusal>> {
    return this.#serve(async () => {
      const prepared = this.#preparedKey(handle);
      if (!prepared.kept) {
        const taken = this.#taken(prepared.template);
        if (taken !== null) {
          this.#forget(handle, prepared);
          return refuse(taken);
        }
        await this.#copyToToken(prepared.key);
      }
      this.#forget(handle, prepared);
      return ok(this.#complete("keepKey", prepared.template.id).reading);
    });
  }

  discardKey(handle: string): Promise<void> {
    return this.#serve(async () => {
      const prepared = this.#preparedKey(handle);
      if (prepared.kept) await this.#destroy(prepared.template.id);
      this.#forget(handle, prepared);
    });
  }

  lookById(id: Uint8Array): Promise<KeyLookup> {
    return this.#serve(() => {
      const found = lookUp(this.#token, id);
      return found.found === "complete" ? { found: "complete", key: found.located.reading } : found;
    });
  }

  listObjects(): Promise<readonly ObjectReading[]> {
    return this.#serve(() =>
      tokenObjects(this.#token, new Map())
        .map(({ reading }) => reading)
        .sort((a, b) => compare(sortKey(a), sortKey(b))),
    );
  }

  exportPublicKey(id: Uint8Array): Promise<Uint8Array> {
    return this.#serve(() => this.#pair("exportPublicKey", id).spki);
  }

  destroyById(id: Uint8Array): Promise<number> {
    return this.#serve(() => this.#destroy(id));
  }

  destroyAll(): Promise<number> {
    return this.#serve(() => {
      const all = tokenObjects(this.#token, new Map());
      const isKey = ({ reading }: LocatedObject): boolean => reading.objectClass === "private-key" || reading.objectClass === "secret-key";
      for (const { handle } of [...all.filter(isKey), ...all.filter((object) => !isKey(object))]) this.#destroyObject(handle);
      return all.length;
    });
  }

  checkValue(id: Uint8Array): Promise<string | null> {
    return this.#serve(() => {
      const { reading, handles } = this.#complete("checkValue", id);
      return reading.kind === "pair" ? null : checkValueOf(this.#token, handles.use, reading.secretKey);
    });
  }

  sign(id: Uint8Array, algorithm: SignatureAlgorithm, bytes: Uint8Array, options: SignOptions = {}): Promise<Uint8Array> {
    return this.#serve(async () => {
      const { use, spki } = this.#pair("sign", id);
      const signature = await signBytes(this.#token, use, spki, algorithm, bytes);
      return algorithm.startsWith("ES") && options.ecdsa !== "raw" ? ecdsaSignatureDer(signature) : signature;
    });
  }

  mac(id: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
    return this.#serve(() => macBytes(this.#token, this.#complete("mac", id).handles.use, bytes));
  }

  verifyMac(id: Uint8Array, bytes: Uint8Array, mac: Uint8Array): Promise<boolean> {
    return this.#serve(() => acceptsMac(this.#token, this.#complete("verifyMac", id).handles.use, bytes, mac));
  }

  checkMacMechanism(): Promise<boolean | "not offered"> {
    return this.#serve(() => macsAsOutside(this.#token));
  }

  checkCipherMechanism(): Promise<boolean | "not offered"> {
    return this.#serve(() => sealsAsOutside(this.#token));
  }

  decryptOaep(id: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
    return this.#serve(() => openOaep(this.#token, this.#pair("decryptOaep", id).use, ciphertext));
  }

  encrypt(id: Uint8Array, plaintext: Uint8Array, aad?: Uint8Array): Promise<Sealed> {
    return this.#serve(() => sealBytes(this.#token, this.#complete("encrypt", id).handles.use, plaintext, aad));
  }

  decrypt(id: Uint8Array, sealed: Sealed, aad?: Uint8Array): Promise<Uint8Array> {
    return this.#serve(() => openSealed(this.#token, this.#complete("decrypt", id).handles.use, sealed, aad));
  }

  openTransport(): Promise<Transport> {
    return this.#serve(async () => {
      const session = this.#token.cryptoki.openSession(this.#token.slot);
      const { privateKey, spki } = await makeTransport(this.#token, session);
      this.#count += 1;
      const handle = `transport-${this.#count}`;
      this.#transports.set(handle, { session, privateKey });
      return { handle, spki };
    });
  }

  wrapTo(id: Uint8Array, transport: Uint8Array): Promise<Result<WrappedKey, TokenRefusal>> {
    return this.#serve(() => {
      const { use } = this.#complete("wrapTo", id).handles;
      return wrapKey(this.#token, use, readObject(this.#token, use), transport);
    });
  }

  unwrapFrom(handle: string, wrapped: WrappedKey, template: KeyTemplate, spki: Uint8Array | null): Promise<Result<PreparedKey, TokenRefusal>> {
    return this.#serve(async () => {
      const wrong = unsoundness(template);
      if (wrong.length > 0) return refuse<TokenRefusal>({ reason: "TEMPLATE-UNSOUND", facts: { label: template.label, wrong } });
      const taken = this.#taken(template);
      if (taken !== null) return refuse(taken);
      const transport = this.#transports.get(handle);
      if (transport === undefined) throw new BadTokenArgument("unwrapFrom", "NO-SUCH-TRANSPORT");
      this.#transports.delete(handle);
      return this.#unwrap(transport, wrapped, template, spki);
    });
  }

  proveNotExportable(id: Uint8Array): Promise<ExportProof> {
    return this.#serve(async () => {
      const { handles } = this.#complete("proveNotExportable", id);
      const attempts = await tryToExport(this.#token, handles.use, readObject(this.#token, handles.use));
      // Read again: an attempt that changed the key itself must show.
      return judgeExport(readObject(this.#token, handles.use), attempts);
    });
  }

  random(length: number): Promise<Uint8Array> {
    return this.#serve(() => Uint8Array.from(this.#token.cryptoki.random(this.#token.session, length)));
  }

  /** Queues the call and, when it faults, puts the session in order before the next one. */
  /** Nobody is logged in afterwards, and no key of the token can be used. */
  logOut(): Promise<void> {
    return this.#serve(() => this.#token.cryptoki.logout(this.#token.session));
  }

  #serve<T>(act: () => T | Promise<T>): Promise<T> {
    const served = this.#tail.then(async () => {
      try {
        return await act();
      } catch (error) {
        throw error instanceof TokenFault ? this.#token.afterFault(error) : error;
      }
    });
    this.#tail = served.catch(() => undefined);
    return served;
  }

  /** Each prepared key has a session of its own: it ends with that session, and no fault elsewhere takes it along. */
  async #generate(template: KeyTemplate, kept: boolean): Promise<PreparedKey> {
    const { cryptoki, slot } = this.#token;
    const session = cryptoki.openSession(slot);
    try {
      const started = performance.now();
      const key = await generate(this.#token, session, template, kept);
      const milliseconds = Math.round(performance.now() - started);
      this.#count += 1;
      const handle = `prepared-${this.#count}`;
      this.#prepared.set(handle, { template, session, key, kept });
      return { handle, kept, milliseconds };
    } catch (error) {
      await attempt(this.#token, () => cryptoki.closeSession(session));
      throw error;
    }
  }

  /** The session of the transport becomes that of the prepared key; where there is none, it ends, and the one-time keys with it. */
  async #unwrap(
    { session, privateKey }: { session: Session; privateKey: Handle },
    wrapped: WrappedKey,
    template: KeyTemplate,
    spki: Uint8Array | null,
  ): Promise<Result<PreparedKey, TokenRefusal>> {
    const kept = !this.profile.copyObject;
    if (kept) this.#token.mayPersist();
    try {
      const started = performance.now();
      const key = await unwrapKey(this.#token, session, privateKey, wrapped, { template, spki, onToken: kept });
      if (!key.ok) {
        this.#token.cryptoki.closeSession(session);
        return key;
      }
      this.#count += 1;
      const handle = `prepared-${this.#count}`;
      this.#prepared.set(handle, { template, session, key: key.value, kept });
      return ok({ handle, kept, milliseconds: Math.round(performance.now() - started) });
    } catch (error) {
      await attempt(this.#token, () => this.#token.cryptoki.closeSession(session));
      throw error;
    }
  }

  #preparedKey(handle: string): Prepared {
    const prepared = this.#prepared.get(handle);
    if (prepared === undefined) throw new BadTokenArgument("preparedKey", "NO-SUCH-PREPARED-KEY");
    return prepared;
  }

  #forget(handle: string, { session }: Prepared): void {
    this.#prepared.delete(handle);
    this.#token.cryptoki.closeSession(session);
  }

  #taken(template: KeyTemplate): TokenRefusal | null {
    const labelled = tokenObjects(this.#token, new Map([[CK.CKA_LABEL, template.label]]));
    if (labelled.length > 0) return { reason: "LABEL-TAKEN", facts: { label: template.label } };
    const withId = tokenObjects(this.#token, new Map([[CK.CKA_ID, template.id]]));
    return withId.length > 0 ? { reason: "ID-TAKEN", facts: { label: template.label, id: hex(template.id) } } : null;
  }

  /** Public half first: while the private half is not there, nothing on the token can be used. */
  async #copyToToken(key: KeyHandles): Promise<void> {
    const { cryptoki, session } = this.#token;
    const onToken = new Map([[CK.CKA_TOKEN, true]]);
    this.#token.mayPersist();
    const publicCopy = key.publicKey === null ? null : cryptoki.copy(session, key.publicKey, onToken);
    try {
      this.#token.mayPersist();
      cryptoki.copy(session, key.use, onToken);
    } catch (error) {
      if (publicCopy !== null) await attempt(this.#token, () => cryptoki.destroy(this.#token.session, publicCopy));
      throw error;
    }
  }

  #reading({ use, publicKey }: KeyHandles): KeyReading {
    if (publicKey === null) return { kind: "secret", secretKey: readObject(this.#token, use) };
    const spki = readSpki(this.#token, publicKey);
    if (spki === null) throw new TokenFault("readBack", null, "PUBLIC-KEY-NOT-READABLE");
    return { kind: "pair", privateKey: readObject(this.#token, use), publicKey: readObject(this.#token, publicKey), spki };
  }

  #complete(call: string, id: Uint8Array): LocatedKey {
    const found = lookUp(this.#token, id);
    if (found.found !== "complete") throw new TokenFault(call, null, found.found === "half" ? "KEY-IS-HALF" : "NO-SUCH-KEY");
    return found.located;
  }

  #pair(call: string, id: Uint8Array): { use: Buffer; spki: Uint8Array } {
    const { reading, handles } = this.#complete(call, id);
    if (reading.kind !== "pair") throw new TokenFault(call, null, "NOT-A-KEY-PAIR");
    return { use: handles.use, spki: reading.spki };
  }

  async #destroy(id: Uint8Array): Promise<number> {
    const keys = tokenObjects(this.#token, new Map([[CK.CKA_ID, id]])).filter(
      ({ reading }) => reading.objectClass !== "certificate" && reading.objectClass !== "data",
    );
    const order = [...keys].sort((a, b) => compare(a.reading.objectClass, b.reading.objectClass));
    for (const { handle } of order) this.#destroyObject(handle);
    // Remains that the module will not let go of are litter; they must not keep a key from being made.
    let cleared = 0;
    for (const { handle } of findRemains(this.#token)) if (!("fault" in (await attempt(this.#token, () => this.#destroyObject(handle))))) cleared += 1;
    return order.length + cleared;
  }

  #destroyObject(handle: Buffer): void {
    this.#token.mayPersist();
    this.#token.cryptoki.destroy(this.#token.session, handle);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const sortKey = (reading: ObjectReading): string => `${reading.objectClass}\0${reading.label}\0${hex(reading.id)}`;
