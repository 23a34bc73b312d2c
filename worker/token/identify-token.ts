import { setTimeout as sleep } from "node:timers/promises";
import type { ProfileId } from "#lib/token/profile";
import type { TokenIdentity } from "#lib/token/token";
import { ChildLink, type Environment, StartFailed } from "./child-link";

export interface IdentifyOptions {
  readonly profile: ProfileId;
  readonly modulePath: string;
  readonly label: string;
  readonly serial: string | null;
  readonly configDirectory: string | null;
  /** The slot in which a token of this label can still be made, in place of the token. */
  readonly slot?: boolean;
  readonly environment: Environment;
  /** How long the start is tried again while the token is not to be seen or just being written. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 1_500;
const RETRY_MS = 250;

/**
 * Who the token with this label is, asked in a child of its own that does not log in and ends afterwards. Throws `TokenFault`:
 * TOKEN-NOT-FOUND when it is not there, SEVERAL-TOKENS-WITH-THIS-LABEL when the label does not tell.
 */
export async function identifyToken({ environment, patienceMs, ...config }: IdentifyOptions): Promise<TokenIdentity> {
  const deadline = performance.now() + (patienceMs ?? PATIENCE_MS);
  for (;;) {
    const onWaiting = () => link.kill("HELD-BY-ANOTHER-PROCESS");
    const link = new ChildLink({ mode: "identify", ...config }, environment, { onWaiting, onEnd: () => undefined });
    try {
      return await link.ready;
    } catch (error) {
      if (!(error instanceof StartFailed)) throw error;
      if (!error.retryable || performance.now() > deadline) throw error.cause;
      await sleep(RETRY_MS);
    } finally {
      link.kill();
      await link.ended;
    }
  }
}
