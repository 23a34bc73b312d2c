import { setTimeout as sleep } from "node:timers/promises";
import { type ProfileId, PROFILES } from "#lib/token/profile";
import type { TokenIdentity } from "#lib/token/token";
import { forgetTask, type PinTask, type TokenKeeper } from "#lib/token/token-keeper";
import { ChildLink, type Environment, StartFailed } from "./child-link";

export interface KeeperOptions {
  readonly profile: ProfileId;
  readonly modulePath: string;
  readonly label: string;
  /** Null while there is no token yet, only a slot for one. */
  readonly serial: string | null;
  readonly configDirectory: string | null;
  readonly environment: Environment;
  /** Serial numbers of tokens that are not to be touched. */
  readonly never: readonly string[];
}

const PATIENCE_MS = 5_000;
const RETRY_MS = 250;

/**
 * Work on a token's PINs, each task in a child process of its own that ends afterwards: PINs go to it over the channel between the
 * two, and every copy of them goes with it. A start is tried again only while no PIN has been looked at.
 */
export function childKeeper({ environment, never, ...options }: KeeperOptions): TokenKeeper {
  return {
    profile: PROFILES[options.profile],
    async perform(task: PinTask): Promise<TokenIdentity> {
      const config = { mode: "keep" as const, ...options, never: [...never], task };
      const deadline = performance.now() + PATIENCE_MS;
      try {
        for (;;) {
          const onWaiting = () => link.kill("HELD-BY-ANOTHER-PROCESS");
          const link = new ChildLink(config, environment, { onWaiting, onEnd: () => undefined });
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
      } finally {
        forgetTask(task);
      }
    },
  };
}
