import { readFileSync, unlinkSync } from "node:fs";
import type { AddOn } from "../token/module-start";
import type { Pkcs11Module } from "../token/pkcs11-module";

/** What a module can be made to do, beside what it does. Written into a file that every child over it reads before each call. */
export type Fault =
  /** CKR_DEVICE_ERROR of everything that the device does, until the file is gone. */
  | "device-error"
  /** The session of whoever calls next is really closed, once. */
  | "session-closed"
  /** One bit of each signature is another, until the file is gone. */
  | "wrong-signature"
  /** The process of whoever calls next dies in the module, once. */
  | "crash"
  /** Whoever calls next never comes back from the module, once. */
  | "hang";

/** A real module, and before it what a faulty one does. */
export function faultyAddOn({ module, constants }: AddOn, file: string): AddOn {
  const said = (): Fault | null => {
    try {
      return readFileSync(file, "utf8") as Fault;
    } catch {
      return null;
    }
  };
  const before = (session: Buffer): void => {
    const fault = said();
    if (fault === "device-error") throw Object.assign(new Error("CKR_DEVICE_ERROR"), { code: 0x30 });
    if (fault !== "session-closed" && fault !== "crash" && fault !== "hang") return;
    try {
      unlinkSync(file);
    } catch {
      return; // another process was quicker: once is once
    }
    if (fault === "crash") process.kill(process.pid, "SIGSEGV");
    else if (fault === "hang") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    else module.C_CloseSession(session);
  };
  const changed: Partial<Pkcs11Module> = {
    C_SignInit(session, ...rest) {
      before(session);
      module.C_SignInit(session, ...rest);
    },
    C_GenerateRandom(session, ...rest) {
      before(session);
      return module.C_GenerateRandom(session, ...rest);
    },
    C_Sign(session, data, out) {
      const signature = module.C_Sign(session, data, out);
      if (said() === "wrong-signature") signature.writeUInt8(signature.readUInt8(9) ^ 1, 9);
      return signature;
    },
  };
  const faulty = new Proxy(module, {
    get(target, name) {
      const own = (changed as Record<string | symbol, unknown>)[name];
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value as (...given: unknown[]) => unknown).bind(target) : value;
    },
  });
  return { module: faulty, constants };
}
