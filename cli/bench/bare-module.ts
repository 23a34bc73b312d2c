import { readFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import pkcs11js from "pkcs11js";

/**
 * The PKCS#11 module called straight, in one process, without any of our parts: what key generation costs by itself. Asked by
 * its parent for one key after the other; answers the milliseconds, and how long the event loop stood still meanwhile.
 */
export interface BareStart {
  readonly modulePath: string;
  readonly label: string;
  readonly pinFile: string;
}
export type BareKey = "EC-P256" | "RSA-4096";
export interface BareAnswer {
  readonly milliseconds: number;
  readonly longestLag: number;
}

const module = new pkcs11js.PKCS11();
let session: Buffer | null = null;

function open({ modulePath, label, pinFile }: BareStart): void {
  module.load(modulePath);
  module.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK });
  const slot = module.C_GetSlotList(true).find((one) => module.C_GetTokenInfo(one).label.trim() === label);
  if (!slot) throw new Error("no such token");
  session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION);
  module.C_Login(session, pkcs11js.CKU_USER, readFileSync(pinFile, "utf8").trim());
}

function generate(key: BareKey): void {
  if (!session) throw new Error("not opened");
  const id = { type: pkcs11js.CKA_ID, value: randomBytes(32) };
  const named = [id, { type: pkcs11js.CKA_LABEL, value: "bare" }, { type: pkcs11js.CKA_TOKEN, value: true }];
  const secret = [
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: false },
    { type: pkcs11js.CKA_SIGN, value: true },
  ];
  const shape =
    key === "EC-P256"
      ? [{ type: pkcs11js.CKA_EC_PARAMS, value: Buffer.from("06082a8648ce3d030107", "hex") }]
      : [
          { type: pkcs11js.CKA_MODULUS_BITS, value: 4096 },
          { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
        ];
  const mechanism = { mechanism: key === "EC-P256" ? pkcs11js.CKM_EC_KEY_PAIR_GEN : pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN };
  module.C_GenerateKeyPair(
    session,
    mechanism,
    [...named, ...shape, { type: pkcs11js.CKA_VERIFY, value: true }],
    [...named, ...secret],
  );
}

async function measured(key: BareKey): Promise<BareAnswer> {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const began = performance.now();
  generate(key);
  const milliseconds = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 5));
  lag.disable();
  return { milliseconds, longestLag: lag.max / 1e6 };
}

process.on("message", (message: BareStart | BareKey) => {
  if (typeof message !== "string") {
    open(message);
    process.send?.("ready");
    return;
  }
  void measured(message).then((answer) => process.send?.(answer));
});
process.on("disconnect", () => process.exit());
