import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import pkcs11js from "pkcs11js";

/**
 * What others sign by, in a process of their own: graphene-pk11 and node-webcrypto-p11 over the same module and token, and the
 * add-on below them in a loop that does nothing else. Asked by its parent for one slice of time after the other; answers how
 * many signatures were made, and in how many milliseconds. Locking is asked for, without which their calls from several threads
 * end the process.
 */
export interface PeerStart {
  readonly modulePath: string;
  readonly label: string;
  readonly pinFile: string;
  readonly sessions: number;
}
export const PEER_WAYS = ["graphene", "graphene_waiting", "webcrypto", "bare"] as const;
export interface PeerOrder {
  readonly way: (typeof PEER_WAYS)[number];
  readonly algorithm: "RS256" | "ES256";
  /** CKA_ID, hex. */
  readonly id: string;
  /** What is signed, base64; what a raw mechanism is given for it. */
  readonly data: string;
  readonly input: string;
  readonly milliseconds: number;
}
export interface PeerAnswer {
  readonly made: number;
  readonly milliseconds: number;
}

// Both are CommonJS, whose names an import does not find.
const require = createRequire(import.meta.url);
const graphene = require("graphene-pk11") as typeof import("graphene-pk11");
const { Crypto } = require("node-webcrypto-p11") as typeof import("node-webcrypto-p11");

type Session = import("graphene-pk11").Session;
type WebCrypto = import("node-webcrypto-p11").Crypto;

const addOn = new pkcs11js.PKCS11();
const sessions: Session[] = [];
const cryptos: WebCrypto[] = [];

function open({ modulePath, label, pinFile, sessions: many }: PeerStart): void {
  const module = graphene.Module.load(modulePath, "bench");
  module.initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK });
  addOn.load(modulePath);
  const listed = module.getSlots(true);
  const slots = Array.from({ length: listed.length }, (_, i) => listed.items(i));
  const slot = slots.find((one) => one.getToken().label.trim() === label);
  if (!slot) throw new Error("no such token");
  const pin = readFileSync(pinFile, "utf8").trim();
  for (let i = 0; i < many; i += 1) sessions.push(slot.open());
  sessions[0]?.login(pin);
  for (const session of sessions) {
    const crypto = new Crypto({ session, name: "bench" });
    crypto.login(pin);
    cryptos.push(crypto);
  }
}

/** Signs again and again on one session, until its time is over; answers how often. */
type Signer = (session: Session, crypto: WebCrypto, order: PeerOrder, until: number) => Promise<number>;

const privateKey = (session: Session, id: string) => {
  const found = session.find({ class: graphene.ObjectClass.PRIVATE_KEY, id: Buffer.from(id, "hex") });
  if (found.length !== 1) throw new Error("no such key");
  return found.items(0).toType<import("graphene-pk11").PrivateKey>();
};
const mechanism = ({ algorithm }: PeerOrder): string => (algorithm === "RS256" ? "RSA_PKCS" : "ECDSA");

const SIGNERS: Readonly<Record<PeerOrder["way"], Signer>> = {
  /** The form that does not stand still: each session's next signature by a thread of the pool. */
  async graphene(session, _, order, until) {
    const [key, input] = [privateKey(session, order.id), Buffer.from(order.input, "base64")];
    let made = 0;
    for (; performance.now() < until; made += 1) {
      await new Promise<void>((done, failed) => {
        session.createSign(mechanism(order), key).once(input, (fault: Error | null) => (fault === null ? done() : failed(fault)));
      });
    }
    return made;
  },
  /** The form that waits for each signature. */
  graphene_waiting(session, _, order, until) {
    const [key, input] = [privateKey(session, order.id), Buffer.from(order.input, "base64")];
    let made = 0;
    for (; performance.now() < until; made += 1) session.createSign(mechanism(order), key).once(input);
    return Promise.resolve(made);
  },
  /** Given the data itself, as WebCrypto is. */
  async webcrypto(_, crypto, order, until) {
    const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const names = await crypto.keyStorage.keys();
    const name = names.find((one) => one.startsWith("private") && one.endsWith(order.id)) ?? "none";
    const key = await crypto.keyStorage.getItem(name, order.algorithm === "RS256" ? rsa : { name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
    const [algorithm, data] = [order.algorithm === "RS256" ? rsa : { name: "ECDSA", hash: "SHA-256" }, Buffer.from(order.data, "base64")];
    let made = 0;
    for (; performance.now() < until; made += 1) await crypto.subtle.sign(algorithm, key, data);
    return made;
  },
  /** The add-on alone: what processes that talk to nobody reach. */
  bare(session, _, order, until) {
    const [{ handle: key }, input, out] = [privateKey(session, order.id), Buffer.from(order.input, "base64"), Buffer.alloc(1024)];
    const raw = { mechanism: order.algorithm === "RS256" ? pkcs11js.CKM_RSA_PKCS : pkcs11js.CKM_ECDSA };
    let made = 0;
    for (; performance.now() < until; made += 1) {
      addOn.C_SignInit(session.handle, raw, key);
      addOn.C_Sign(session.handle, input, out);
    }
    return Promise.resolve(made);
  },
};

/** One process has one session at work where each signature is waited for; others would only wait for it. */
const WAITING: readonly PeerOrder["way"][] = ["graphene_waiting", "bare"];

async function measured(order: PeerOrder): Promise<PeerAnswer> {
  const [began, taking] = [performance.now(), WAITING.includes(order.way) ? 1 : sessions.length];
  const until = began + order.milliseconds;
  const signing = sessions.slice(0, taking).map((session, i) => {
    const crypto = cryptos[i];
    if (!crypto) throw new Error("not opened");
    return SIGNERS[order.way](session, crypto, order, until);
  });
  const made = await Promise.all(signing);
  return { made: made.reduce((sum, one) => sum + one, 0), milliseconds: performance.now() - began };
}

process.on("message", (message: PeerStart | PeerOrder) => {
  if ("way" in message) {
    void measured(message).then((answer) => process.send?.(answer));
    return;
  }
  open(message);
  process.send?.("ready");
});
process.on("disconnect", () => process.exit());
