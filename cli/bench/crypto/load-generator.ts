import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import { answerOf } from "./child-answer";
import type { LoadOrder, LoadReport } from "./load";

/** The process that plays the applications. */
export class LoadGenerator {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(path.join(import.meta.dirname, "load.ts"), { execArgv: ["--import", "tsx"], serialization: "advanced" });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Rejects when it ended, as it does where a connection breaks. */
  async run(order: LoadOrder): Promise<LoadReport> {
    this.#child.send(order);
    return (await answerOf(this.#child, "the process that plays the applications")) as LoadReport;
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}
