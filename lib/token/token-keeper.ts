import type { PinHolder, TokenProfile } from "./profile";
import type { TokenIdentity } from "./token";

/** What is done to a token with its PINs and to none of its keys. PINs are bytes, so that they can be overwritten. */
export type PinTask =
  | { readonly task: "initialise"; readonly label: string; readonly securityOfficerPin: Uint8Array; readonly userPin: Uint8Array }
  | { readonly task: "change-pin"; readonly holder: PinHolder; readonly oldPin: Uint8Array; readonly newPin: Uint8Array }
  | { readonly task: "check-pin"; readonly userPin: Uint8Array };

/**
 * The port to a token for the work on its PINs. It knows no key, each task is a process of its own, and whoever asks for one holds
 * the PINs only for as long as it takes. Every task logs in with what it has set before it answers.
 */
export interface TokenKeeper {
  readonly profile: TokenProfile;
  /**
   * Does the task and answers who the token is afterwards. Throws `PinRefused` at the first refusal of a PIN, `TokenFault` for
   * everything else; whoever catches either does not try again.
   */
  perform(task: PinTask): Promise<TokenIdentity>;
}

/** Why a module of this profile cannot do a task, by a stable name; null when it can. */
export function inability({ initialise, changesPin }: TokenProfile, task: PinTask["task"], holder: PinHolder = "user"): string | null {
  switch (task) {
    case "initialise":
      if (!initialise) return "PROFILE-CANNOT-INITIALISE";
      return changesPin.includes("security-officer") ? null : "PROFILE-HAS-NO-SECURITY-OFFICER-PIN";
    case "change-pin":
      return changesPin.includes(holder) ? null : "PROFILE-CANNOT-CHANGE-PIN";
    case "check-pin":
      return null;
  }
}

/** Overwrites every PIN of a task. */
export function forgetTask(task: PinTask): void {
  for (const value of Object.values(task)) if (value instanceof Uint8Array) value.fill(0);
}
