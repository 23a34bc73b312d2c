import { createHash, randomBytes } from "node:crypto";
import type { Application } from "./application.under-test";
import type { KeyProcess } from "./key-grounds.under-test";

export interface Answered {
  readonly status: number;
  readonly use: string;
  /** SHA-256 of what was sent, in hex. */
  readonly digest: string;
}

/**
 * Asks for signatures by the alias `seal` without a pause, so many at a time, until told to stop, each time for another one; answers what
 * came of each. Those that are there already stand in `answered`, where one is given.
 */
export async function load(process: KeyProcess, by: Application, atOnce: number, isOver: () => boolean, answered: Answered[] = []): Promise<Answered[]> {
  const token = await process.access(by);
  const one = async () => {
    while (!isOver()) {
      const bytes = randomBytes(24);
      try {
        const response = await process.post(token, "/api/v1/keys/seal/sign", { algorithm: "ES256", data: bytes.toString("base64url") });
        const digest = createHash("sha256").update(bytes).digest("hex");
        answered.push({ status: response.status, use: ((await response.json()) as { use: string }).use, digest });
      } catch {
        // The connection went with the process: no answer.
        if (!isOver()) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return answered;
}
