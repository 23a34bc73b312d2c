import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { cosignedMessage, openCheckpoint, readTreeHead } from "#lib/log/checkpoint";
import { fromBase64, sameBytes, utf8 } from "#lib/log/digest";
import { EMPTY_ROOT, rootsFromConsistency } from "#lib/log/merkle";
import { NOTE_COSIGNATURE, readNote, signatureLine, vkey, type NoteKey } from "#lib/log/note";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";

type Answer = { readonly status: number; readonly body: string; readonly type?: string };

/** A witness over HTTP as C2SP tlog-witness describes it, clause by clause, with an Ed25519 key. It knows the logs it is told of. */
export class SpecWitness {
  readonly #pair = generateKeyPairSync("ed25519");
  readonly key: NoteKey;
  readonly #seen = new Map<string, { readonly size: number; readonly root: Uint8Array }>();
  readonly #server = createServer((request, reply) => {
    void this.#hear(request).then(({ status, body, type = "text/plain" }) => {
      this.answered.push(status);
      reply.writeHead(status, { "content-type": type }).end(body);
    });
  });
  /** The status of every answer. */
  readonly answered: number[] = [];
  /** What it says in place of what it should; null when it does as it should. */
  instead: Answer | null = null;

  private constructor(
    readonly logs: Map<string, NoteKey>,
    name: string,
  ) {
    const spki = this.#pair.publicKey.export({ type: "spki", format: "der" });
    this.key = { name, kind: NOTE_COSIGNATURE, publicKey: new Uint8Array(spki.subarray(-32)) };
  }

  static async start(logs: Map<string, NoteKey>, name = "witness.example/w1"): Promise<SpecWitness> {
    const witness = new SpecWitness(logs, name);
    await new Promise<void>((ready) => witness.#server.listen(0, "127.0.0.1", ready));
    return witness;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/w1`;
  }
  get vkey(): string {
    return vkey(this.key);
  }
  seen(origin: string): number {
    return this.#seen.get(origin)?.size ?? 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  async #hear(request: IncomingMessage): Promise<Answer> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (this.instead) return this.instead;
    if (request.method !== "POST" || request.url !== "/w1/add-checkpoint") return { status: 404, body: "" };
    return this.#addCheckpoint(Buffer.concat(parts).toString("utf8"));
  }

  async #addCheckpoint(body: string): Promise<Answer> {
    const split = body.indexOf("\n\n");
    const [first = "", ...lines] = body.slice(0, Math.max(0, split)).split("\n");
    const old = Number(/^old (0|[1-9][0-9]*)$/.exec(first)?.[1] ?? NaN);
    const note = utf8(body.slice(split + 2));
    const read = readNote(note);
    const head = read && readTreeHead(read.text);
    if (split < 0 || Number.isNaN(old) || !read || !head || lines.length > 63) return { status: 400, body: "" };
    const log = this.logs.get(head.origin);
    if (!log) return { status: 404, body: "" };
    if (typeof (await openCheckpoint(note, { origin: head.origin, keys: [log] }, [], webCryptoVerifier)) === "string") return { status: 403, body: "" };
    if (old > head.size) return { status: 400, body: "" };
    const latest = this.#seen.get(head.origin) ?? { size: 0, root: EMPTY_ROOT };
    if (old !== latest.size) return { status: 409, body: `${String(latest.size)}\n`, type: "text/x.tlog.size" };
    if (!grewFrom(latest, head, lines.map(fromBase64))) return { status: 422, body: "" };
    this.#seen.set(head.origin, { size: head.size, root: head.root });
    return { status: 200, body: this.sign(read.text) };
  }

  /** Its line under a checkpoint. */
  sign(text: string, seconds = BigInt(Math.floor(Date.now() / 1000))): string {
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(0, seconds);
    return signatureLine(this.key, Uint8Array.of(...time, ...sign(null, utf8(cosignedMessage(text, seconds)), this.#pair.privateKey)));
  }
}

type Tree = { readonly size: number; readonly root: Uint8Array };

function grewFrom(latest: Tree, head: Tree, proof: readonly Uint8Array[]): boolean {
  if (head.size === 0) return proof.length === 0 && sameBytes(head.root, EMPTY_ROOT);
  if (latest.size === 0) return proof.length === 0;
  if (latest.size === head.size) return proof.length === 0 && sameBytes(latest.root, head.root);
  const roots = rootsFromConsistency(latest.size, head.size, latest.root, proof);
  return roots !== null && sameBytes(roots.old, latest.root) && sameBytes(roots.new, head.root);
}
