import { TokenFault, TokenGone } from "#lib/token/fault";
import type { TokenProfile } from "#lib/token/profile";
import type { TokenIdentity } from "#lib/token/token";
import type { Cryptoki, Session, Template } from "./cryptoki";
import { CK, flagNames, TOKEN_FLAGS } from "./pkcs11-constants";
import type { Handle, RawTokenInfo, RawVersion } from "./pkcs11-module";

/** Codes after which the session, the login or the token is lost for this process whatever is tried. */
const LOST: readonly number[] = [
  CK.CKR_DEVICE_REMOVED,
  CK.CKR_TOKEN_NOT_PRESENT,
  CK.CKR_TOKEN_NOT_RECOGNIZED,
  CK.CKR_SESSION_CLOSED,
  CK.CKR_SESSION_HANDLE_INVALID,
  CK.CKR_USER_NOT_LOGGED_IN,
  CK.CKR_CRYPTOKI_NOT_INITIALIZED,
];

/** What the mechanism, key type and return code tables of the add-on are asked. */
export interface Names {
  readonly mechanism: (code: number) => string;
  readonly keyType: (code: number) => string;
}

/** One token in one process: logged in, one working session, everything the parts of the adapter share. */
export class OpenToken {
  readonly cryptoki: Cryptoki;
  readonly profile: TokenProfile;
  readonly names: Names;
  readonly slot: Handle;
  readonly serial: string;
  /** Throws unless somebody is still waiting for the result; called right before anything is put on the token or taken off it. */
  readonly mayPersist: () => void;
  #session: Session;

  constructor(parts: {
    cryptoki: Cryptoki;
    profile: TokenProfile;
    names: Names;
    slot: Handle;
    serial: string;
    session: Session;
    mayPersist: () => void;
  }) {
    this.cryptoki = parts.cryptoki;
    this.profile = parts.profile;
    this.names = parts.names;
    this.slot = parts.slot;
    this.serial = parts.serial;
    this.mayPersist = parts.mayPersist;
    this.#session = parts.session;
  }

  get session(): Session {
    return this.#session;
  }

  identity(): TokenIdentity {
    return identityOf(this.cryptoki.tokenInfo(this.slot));
  }

  /** Throws `TokenGone` unless the slot still holds the token that was opened. An empty search alone proves nothing. */
  assertPresent(call: string): void {
    let serial: string;
    try {
      serial = this.identity().serial;
    } catch (error) {
      throw new TokenGone(call, "TOKEN-DOES-NOT-ANSWER", error instanceof TokenFault ? error.ckr : null);
    }
    if (serial !== this.serial) throw new TokenGone(call, "OTHER-TOKEN-IN-SLOT");
  }

  /** Finds objects; believes an empty answer only after the token itself has answered. */
  find(template: Template): Handle[] {
    const found = this.cryptoki.find(this.session, template);
    if (found.length === 0) this.assertPresent("C_FindObjects");
    return found;
  }

  /**
   * After a fault: an operation may still be active in the session, so a new one takes its place, opened before the old one is
   * closed because the login ends with the last session. Answers the fault, as `TokenGone` when the token is no longer there.
   */
  afterFault(fault: TokenFault): TokenFault {
    if (fault.gone) return fault;
    if (fault.ckr !== null && LOST.includes(fault.ckr)) return new TokenGone(fault.call, fault.ckrName, fault.ckr);
    try {
      this.assertPresent(fault.call);
      const fresh = this.cryptoki.openSession(this.slot);
      this.cryptoki.closeSession(this.#session);
      this.#session = fresh;
    } catch (error) {
      return error instanceof TokenGone ? error : new TokenGone(fault.call, fault.ckrName, fault.ckr);
    }
    return fault;
  }
}

/** CK_TOKEN_INFO as the port names things; padding removed, "information not available" is null. */
export function identityOf(raw: RawTokenInfo): TokenIdentity {
  return {
    label: trimmed(raw.label),
    manufacturer: trimmed(raw.manufacturerID),
    model: trimmed(raw.model),
    serial: trimmed(raw.serialNumber),
    hardwareVersion: version(raw.hardwareVersion),
    firmwareVersion: version(raw.firmwareVersion),
    flags: flagNames(raw.flags, TOKEN_FLAGS),
    pinLength: { least: known(raw.minPinLen) ?? 0, most: known(raw.maxPinLen) ?? 0 },
    freePublicMemory: known(raw.freePublicMemory),
    freePrivateMemory: known(raw.freePrivateMemory),
  };
}

const trimmed = (padded: string): string => padded.replaceAll("\0", " ").trim();
const version = ({ major, minor }: RawVersion): string => `${major}.${minor}`;

/** CK_UNAVAILABLE_INFORMATION is all ones, which arrives as -1 or as a number no integer can hold. */
function known(bytes: number): number | null {
  return Number.isSafeInteger(bytes) && bytes >= 0 && bytes < 0xffff_ffff ? bytes : null;
}
