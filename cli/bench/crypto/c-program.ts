import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import { signatureInput } from "#worker/token/key-use";
import type { TestToken } from "#worker/token/test-token.under-test";
import { DATA, type BenchKey } from "./bench-keys";

const MECHANISMS = { RS256: 0x1, ES256: 0x1041 } as const;

/** sign.c, compiled with the headers that pkcs11js brings, and asked for one slice of time after the other. */
export class CProgram {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #folder: string;

  private constructor(child: ChildProcess, lines: Interface, folder: string) {
    this.#child = child;
    this.#lines = lines[Symbol.asyncIterator]();
    this.#folder = folder;
  }

  /** Logged in to the token, with a session for each thread. Throws where there is no C compiler. */
  static async start({ options, pinFile }: Pick<TestToken, "options" | "pinFile">, threads: number): Promise<CProgram> {
    const folder = mkdtempSync(path.join(tmpdir(), "claviger-bench-c-"));
    const program = path.join(folder, "sign");
    const source = path.join(import.meta.dirname, "sign.c");
    const headers = path.join(path.dirname(createRequire(import.meta.url).resolve("pkcs11js")), "includes", "pkcs11");
    execFileSync("cc", ["-O2", "-I", headers, source, "-o", program, "-ldl", "-lpthread"], { stdio: "inherit" });
    const env = { ...process.env, ...options.environment };
    const words = [options.modulePath, options.label, pinFile, String(threads)];
    const child = spawn(program, words, { env, stdio: ["pipe", "pipe", "inherit"] });
    const started = new CProgram(child, createInterface({ input: child.stdout }), folder);
    if ((await started.#line()) !== "ready") throw new Error("the C program did not start");
    return started;
  }

  /** Signatures a second over so many milliseconds, by all threads together. */
  async slice({ signature, id }: Pick<BenchKey, "signature" | "id">, milliseconds: number): Promise<number> {
    const [, input] = signatureInput(signature, DATA);
    const asked = [MECHANISMS[signature], Buffer.from(id).toString("hex"), input.toString("hex"), milliseconds];
    this.#child.stdin?.write(`${asked.join(" ")}\n`);
    const [made = NaN, took = NaN] = (await this.#line()).split(" ").map(Number);
    return made / (took / 1e3);
  }

  async #line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done === true) throw new Error("the C program ended");
    return next.value;
  }

  stop(): void {
    this.#child.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
