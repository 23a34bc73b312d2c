import { realpathSync } from "node:fs";
import { TokenFault, TokenGone } from "#lib/token/fault";
import { PROFILES } from "#lib/token/profile";
import type { TokenIdentity } from "#lib/token/token";
import { Cryptoki } from "./cryptoki";
import { makeTrustedKey } from "./trusted-key";
import { identityOf, OpenToken } from "./open-token";
import { readPin } from "./pin-source";
import { type AddOnConstants, CK, nameTable, wrongConstants } from "./pkcs11-constants";
import type { Handle, Pkcs11Module } from "./pkcs11-module";
import type { StartConfig } from "./protocol";

/** The add-on, handed in by the one file that imports it. */
export interface AddOn {
  readonly module: Pkcs11Module;
  readonly constants: AddOnConstants;
}

/** The process a module is started in: its environment, its lock, and whether anybody still waits for it. */
export interface Host {
  readonly environment: Record<string, string | undefined>;
  readonly lock: (name: string) => Promise<void>;
  readonly mayPersist: () => void;
}

type ServeConfig = Extract<StartConfig, { mode: "serve" }>;
type IdentifyConfig = Extract<StartConfig, { mode: "identify" }>;
type InitialiseConfig = Extract<StartConfig, { mode: "initialise" }>;

/** A start that may succeed if tried again in a moment: another program was just writing the token. The PIN was not looked at. */
export class StartAgain extends TokenFault {}

/**
 * Starts the module and logs in to the token with this label and serial: exactly one, never the first that comes. All of it happens
 * under a lock that is held for the life of the process, because a login rewrites SoftHSM's token file under the eyes of others.
 */
export async function openToken(config: ServeConfig, addOn: AddOn, host: Host): Promise<OpenToken> {
  const profile = PROFILES[config.profile];
  const pin = readPin(config.pin, host.environment);
  await lockModule(config, host);
  const cryptoki = startModule(config, addOn);
  const { slot, identity } = retryable(() => selectToken(cryptoki, config.label, config.serial));
  if (config.copy !== true) await lockToken(config, identity, host);
  const session = cryptoki.openSession(slot);
  try {
    cryptoki.login(session, "user", pin.reveal());
  } catch (error) {
    if (error instanceof TokenFault && error.ckr === CK.CKR_USER_PIN_NOT_INITIALIZED) throw new StartAgain(error.call, error.ckr, error.ckrName);
    throw error;
  } finally {
    pin.forget();
  }
  const names = { mechanism: nameTable(addOn.constants, "CKM_"), keyType: nameTable(addOn.constants, "CKK_") };
  return new OpenToken({ cryptoki, profile, names, slot, serial: identity.serial, session, mayPersist: host.mayPersist });
}

/** Who the token with this label is: exactly one, and with the serial number given, if one is. Nobody logs in. */
export async function identifyToken(config: IdentifyConfig, addOn: AddOn, host: Host): Promise<TokenIdentity> {
  await lockModule(config, host);
  const cryptoki = startModule(config, addOn);
  return config.slot ? freeSlot(cryptoki, config.label).identity : retryable(() => selectToken(cryptoki, config.label, config.serial)).identity;
}

/** A slot without a token, in which one of this label can be made; refused when a token of that label exists already. */
export function freeSlot(cryptoki: Cryptoki, label: string): { slot: Handle; identity: TokenIdentity } {
  const tokens = listTokens(cryptoki);
  const isMade = ({ identity }: { identity: TokenIdentity }) => identity.flags.includes("TOKEN_INITIALIZED");
  if (tokens.some((one) => one.identity.label === label && isMade(one))) throw new TokenFault("C_InitToken", null, "TOKEN-EXISTS");
  const free = tokens.find((one) => !isMade(one));
  if (!free) throw new TokenFault("C_InitToken", null, "NO-FREE-SLOT");
  return free;
}

/**
 * Initialises a fresh token and sets its user PIN; refuses when a token of that label exists already. NSS has one ready-made token
 * whose security officer has no PIN yet; there only the user PIN is set.
 */
export async function initialiseToken(config: InitialiseConfig, addOn: AddOn, host: Host): Promise<TokenIdentity> {
  const profile = PROFILES[config.profile];
  if (!profile.initialise) throw new TokenFault("C_InitToken", null, "PROFILE-CANNOT-INITIALISE");
  const pin = readPin(config.pin, host.environment);
  if (config.trustedKey && !profile.wrapsWithTrusted) throw new TokenFault("C_GenerateKey", null, "TRUSTED-WRAPPING-NOT-OFFERED");
  const ready = profile.libraryParameters === "nss-configdir";
  const securityOfficerPin = ready ? null : readPin(config.securityOfficerPin, host.environment);
  await lockModule(config, host);
  const cryptoki = startModule(config, addOn);
  const tokens = listTokens(cryptoki);
  const named = tokens.filter(({ identity }) => identity.label === config.label);
  const inUse = ready ? "USER_PIN_INITIALIZED" : "TOKEN_INITIALIZED";
  if (named.some(({ identity }) => identity.flags.includes(inUse))) throw new TokenFault("C_InitToken", null, "TOKEN-EXISTS");
  const chosen = ready ? named[0] : tokens.find(({ identity }) => !identity.flags.includes("TOKEN_INITIALIZED"));
  if (chosen === undefined) throw new TokenFault("C_InitToken", null, "NO-FREE-SLOT");
  if (securityOfficerPin !== null) cryptoki.initToken(chosen.slot, securityOfficerPin.reveal(), config.label);
  const session = cryptoki.openSession(chosen.slot);
  cryptoki.login(session, "security-officer", securityOfficerPin?.reveal() ?? "");
  cryptoki.initPin(session, pin.reveal());
  if (config.trustedKey) await makeTrustedKey(cryptoki, session);
  cryptoki.logout(session);
  return identityOf(cryptoki.tokenInfo(chosen.slot));
}

/** Two configurations of one module are two worlds; the label keeps apart the tokens of one. */
export function lockModule(config: StartConfig, host: Host): Promise<void> {
  const world = PROFILES[config.profile].environment.map((name) => `${name}=${host.environment[name] ?? ""}`);
  return host.lock(["module", config.modulePath, config.configDirectory ?? "", ...world, config.label].join("|"));
}

/** The token itself, whatever way leads to it. A token that is a directory has the serial of every other: the directory tells it apart. */
export function lockToken(config: StartConfig, { manufacturer, model, serial }: TokenIdentity, host: Host): Promise<void> {
  const directory = config.configDirectory === null ? [] : [realpathSync(config.configDirectory)];
  return host.lock([manufacturer, model, serial, ...directory].join("|"));
}

export function startModule(config: StartConfig, addOn: AddOn): Cryptoki {
  const wrong = wrongConstants(addOn.constants);
  if (wrong.length > 0) throw new TokenFault("start", null, `ADD-ON-CONSTANTS-DIFFER ${wrong.join(" ")}`);
  const cryptoki = new Cryptoki(addOn.module, nameTable(addOn.constants, "CKR_"));
  let parameters: string | null = null;
  if (PROFILES[config.profile].libraryParameters === "nss-configdir") {
    if (config.configDirectory === null) throw new TokenFault("start", null, "CONFIG-DIRECTORY-MISSING");
    parameters = `configdir='sql:${config.configDirectory}' certPrefix='' keyPrefix='' secmod='secmod.db' flags=`;
  }
  retryable(() => cryptoki.start(config.modulePath, parameters));
  return cryptoki;
}

function listTokens(cryptoki: Cryptoki): { slot: Handle; identity: TokenIdentity }[] {
  return cryptoki.slots().map((slot) => ({ slot, identity: identityOf(cryptoki.tokenInfo(slot)) }));
}

export function selectToken(cryptoki: Cryptoki, label: string, serial: string | null): { slot: Handle; identity: TokenIdentity } {
  const matching = listTokens(cryptoki).filter(
    ({ identity }) => identity.label === label && (serial === null || identity.serial === serial),
  );
  const [first] = matching;
  if (first === undefined) throw new StartAgain("C_GetSlotList", null, "TOKEN-NOT-FOUND");
  if (matching.length > 1) throw new TokenFault("C_GetSlotList", null, "SEVERAL-TOKENS-WITH-THIS-LABEL");
  return first;
}

/** A module that answers "general error" while another program writes its token answers properly a moment later. */
function retryable<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TokenFault && error.ckr === CK.CKR_GENERAL_ERROR) throw new StartAgain(error.call, error.ckr, error.ckrName);
    throw error;
  }
}

/** Throws once nobody waits for this process any more; getppid changes at the moment the parent dies, before any event arrives. */
export function parentGuard(parent: () => number, connected: () => boolean): () => void {
  const original = parent();
  return () => {
    if (parent() !== original || !connected()) throw new TokenGone("mayPersist", "WORKER-GONE");
  };
}
