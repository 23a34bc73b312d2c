import { PinRefused, TokenFault } from "#lib/token/fault";
import { PROFILES } from "#lib/token/profile";
import type { TokenIdentity } from "#lib/token/token";
import { inability } from "#lib/token/token-keeper";
import type { Cryptoki } from "./cryptoki";
import { type AddOn, freeSlot, type Host, lockModule, lockToken, selectToken, startModule } from "./module-start";
import { identityOf } from "./open-token";
import { takePin } from "./pin-source";
import { CK } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import type { StartConfig } from "./protocol";

type KeepConfig = Extract<StartConfig, { mode: "keep" }>;
type Task = KeepConfig["task"];

/**
 * Does one task on a token's PINs and answers who it is afterwards. Each PIN is offered once: what is refused is `PinRefused`, and
 * nothing is tried after it. The tokens in `never` are left alone whatever their label: one of them holds the recorder's key.
 */
export async function workOnPins(config: KeepConfig, addOn: AddOn, host: Host): Promise<TokenIdentity> {
  const { task } = config;
  const unable = inability(PROFILES[config.profile], task.task, task.task === "change-pin" ? task.holder : undefined);
  if (unable !== null) throw new TokenFault(task.task, null, unable);
  await lockModule(config, host);
  const cryptoki = startModule(config, addOn);
  const { slot, identity } = config.serial === null ? freeSlot(cryptoki, config.label) : selectToken(cryptoki, config.label, config.serial);
  if (config.never.includes(identity.serial)) throw new TokenFault(task.task, null, "TOKEN-OF-THE-WORKER");
  await lockToken(config, identity, host);
  host.mayPersist();
  perform(cryptoki, slot, task);
  return identityOf(cryptoki.tokenInfo(slot));
}

function perform(cryptoki: Cryptoki, slot: Handle, task: Task): void {
  switch (task.task) {
    case "initialise": {
      const [officer, user] = [takePin(task.securityOfficerPin), takePin(task.userPin)];
      refusing(() => cryptoki.initToken(slot, officer, task.label));
      within(cryptoki, slot, "security-officer", officer, (session) => cryptoki.initPin(session, user));
      return within(cryptoki, slot, "user", user);
    }
    case "change-pin": {
      const [before, after] = [takePin(task.oldPin), takePin(task.newPin)];
      within(cryptoki, slot, task.holder, before, (session) => cryptoki.setPin(session, before, after));
      return within(cryptoki, slot, task.holder, after);
    }
    case "check-pin":
      return within(cryptoki, slot, "user", takePin(task.userPin));
  }
}

/** Logged in for as long as it takes; that the login succeeds is what a task ends with. */
function within(cryptoki: Cryptoki, slot: Handle, holder: "security-officer" | "user", pin: string, act: (session: Handle) => void = () => undefined): void {
  const session = cryptoki.openSession(slot);
  cryptoki.login(session, holder, pin);
  act(session);
  cryptoki.logout(session);
  cryptoki.closeSession(session);
}

/** C_InitToken asks for the security officer's PIN of a token that has one (PKCS#11 2.40, section 5.5). */
function refusing(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof TokenFault) || (error.ckr !== CK.CKR_PIN_INCORRECT && error.ckr !== CK.CKR_PIN_LOCKED)) throw error;
    throw new PinRefused(error.ckr, error.ckrName);
  }
}
