import type { ProfileId } from "#lib/token/profile";
import type { TokenIdentity } from "#lib/token/token";
import { ChildLink, type Environment, StartFailed } from "./child-link";
import type { PinSource } from "./pin-source";

export interface InitTokenOptions {
  readonly profile: ProfileId;
  readonly modulePath: string;
  readonly label: string;
  readonly configDirectory?: string;
  readonly pin: PinSource;
  readonly securityOfficerPin: PinSource;
  readonly environment: Environment;
  /** Whether the security officer makes a trusted wrapping key on it as well; not, if left out. */
  readonly trustedKey?: boolean;
}

/**
 * Initialises a token and its user PIN in a child of its own, which reads both PINs itself and ends afterwards. Throws `TokenFault`
 * with TOKEN-EXISTS when a token of this label is there already: nothing is ever initialised over.
 */
export async function initToken(options: InitTokenOptions): Promise<TokenIdentity> {
  const { profile, modulePath, label, configDirectory, pin, securityOfficerPin, environment, trustedKey = false } = options;
  const link = new ChildLink(
    { mode: "initialise", profile, modulePath, label, configDirectory: configDirectory ?? null, pin, securityOfficerPin, trustedKey },
    environment,
    { onWaiting: () => undefined, onEnd: () => undefined },
  );
  try {
    return await link.ready;
  } catch (error) {
    throw error instanceof StartFailed ? error.cause : error;
  } finally {
    link.kill();
    await link.ended;
  }
}
