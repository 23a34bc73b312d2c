import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import { signatureInput } from "#worker/token/key-use";
import type { TestToken } from "#worker/token/test-token.under-test";
import { DATA, type BenchKey } from "./bench-keys";
import { answerOf } from "./child-answer";
import type { PeerAnswer, PeerOrder } from "./peer";

/** The process that signs by other packages. */
export class Peers {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** With twice as many sessions as processors, and as many threads for them: with these they do best. */
  static async start({ options, pinFile }: TestToken, processors: number): Promise<Peers> {
    const sessions = 2 * processors;
    const child = fork(path.join(import.meta.dirname, "peer.ts"), {
      env: { ...process.env, ...options.environment, UV_THREADPOOL_SIZE: String(sessions) },
      execArgv: ["--import", "tsx"],
    });
    const started = new Peers(child);
    child.send({ modulePath: options.modulePath, label: options.label, pinFile, sessions });
    await started.#answer();
    return started;
  }

  /** Signatures a second. Throws when its process ended. */
  async slice(way: PeerOrder["way"], { signature, id }: BenchKey, milliseconds: number): Promise<number> {
    const [, input] = signatureInput(signature, DATA);
    const order: PeerOrder = {
      ...{ way, algorithm: signature, id: Buffer.from(id).toString("hex"), milliseconds },
      ...{ data: DATA.toString("base64"), input: input.toString("base64") },
    };
    this.#child.send(order);
    const { made, milliseconds: took } = (await this.#answer()) as PeerAnswer;
    return made / (took / 1e3);
  }

  #answer(): Promise<unknown> {
    return answerOf(this.#child, "the process that signs by other packages");
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}
